import { artifactText } from '../model/artifact';
import { LiftlockError } from '../model/problem';
import type { Change, ProductKind, Server } from '../products/product';
import type { ServerError } from '../transport/transport';
import { lookUp, sendWrites, type WriteObserver } from './execute';
import { isRefusal } from './refusal';

/** What is to be made, and what became of it so far. */
export interface Creation {
  readonly kind: ProductKind;
  readonly change: Change;
  /** The first request was accepted: what is there under the key is ours. */
  readonly isMade: boolean;
  /** In which fields what is there is not what is wanted; undefined when it is as wanted or cannot be read. */
  differs(id: string): Promise<readonly string[]>;
}

/**
 * Looks after a creation that the server has refused: it may have kept a part all the same, which often cannot even be
 * read, and which would stand in the way of the next apply. That is deleted again, but only where it is surely of this
 * run: its first request was accepted, or nobody can read it. Anything else may be somebody's, made since the plan was
 * made, and is left as it is. Gives back what is to be told when the artifact is there as it was wanted.
 * @throws {LiftlockError} the refusal, with what was found and done.
 */
export async function settleRefusedCreation(
  server: Server,
  creation: Creation,
  refusal: ServerError,
  observe: WriteObserver,
): Promise<string> {
  const { kind, change, isMade } = creation;
  const id = await lookUp(server, kind, change.key).catch((error: unknown) => {
    throw withMore(refusal, `Whether the server kept a part of it is not known: ${messageOf(error)}`);
  });
  if (id === undefined) throw refusal;
  if (refusal.status === 409 && !isMade) return settleTaken(creation, refusal, id);
  if (!isMade && (await canBeRead(creation, refusal, id))) throw withMore(refusal, leftAlone(creation, id));
  throw withMore(refusal, await removed(server, creation, id, observe));
}

/** @throws {LiftlockError} the refusal, where reading fails for another reason than that the server cannot show it. */
async function canBeRead({ differs }: Creation, refusal: ServerError, id: string): Promise<boolean> {
  try {
    await differs(id);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw withMore(refusal, `The server lists it under the id ${id}, which could not be read: ${messageOf(error)}`);
  }
}

function leftAlone({ kind, change }: Creation, id: string): string {
  const name = artifactText({ kind: kind.name, key: change.key });
  return `${name} is on the server all the same, under the id ${id}: the server kept a part of it, or somebody else has made it since the plan was made. It was left as it is. Plan again.`;
}

/** Somebody else has made it since the plan was made: it is left as it is. */
async function settleTaken({ differs, change, kind }: Creation, refusal: ServerError, id: string): Promise<string> {
  const paths = await differs(id).catch((error: unknown) => {
    throw withMore(refusal, `It is there, made by somebody else, and cannot be read: ${messageOf(error)}`);
  });
  if (paths.length === 0) return 'somebody else has made it since the plan was made, as it is in the files';
  const name = artifactText({ kind: kind.name, key: change.key });
  const where = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}`;
  throw withMore(
    refusal,
    `Somebody else has made ${name} since the plan was made; it differs in ${where} and was left as it is. Plan again.`,
  );
}

/** Deletes what is left behind, and says in a sentence what came of it. */
async function removed(server: Server, creation: Creation, id: string, observe: WriteObserver): Promise<string> {
  const { kind, change } = creation;
  const name = artifactText({ kind: kind.name, key: change.key });
  try {
    await sendWrites(server, kind, { key: change.key, id }, kind.calls.remove(change), observe);
    const still = await lookUp(server, kind, change.key);
    if (still === undefined) return `What the server had kept of ${name} was deleted again.`;
    return leftBehind(name, id, 'it is still there after its deletion');
  } catch (error) {
    return leftBehind(name, id, messageOf(error));
  }
}

function leftBehind(name: string, id: string, why: string): string {
  return `The server kept a part of ${name} under the id ${id}, which could not be deleted again (${why}). Delete it on the server before the next apply.`;
}

function messageOf(error: unknown): string {
  if (error instanceof LiftlockError) return error.message;
  throw error;
}

function withMore(refusal: ServerError, sentence: string): LiftlockError {
  const problems = refusal.problems.map((problem) => ({ ...problem, message: `${problem.message} ${sentence}` }));
  return new LiftlockError(problems, refusal.exitCode, { cause: refusal });
}
