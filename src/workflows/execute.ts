import { artifactText } from '../model/artifact';
import type { Json } from '../model/json';
import { isObject } from '../model/json';
import type { Operation, Outcome } from '../model/plan';
import { failure, LiftlockError } from '../model/problem';
import type { ProductKind, Server, WriteRequest } from '../products/product';
import { ServerError, type HttpResponse } from '../transport/transport';
import { FirstUseQueue, type SharedUse } from './first-use-queue';

/** Failures after which nothing more is to be written. */
const STOPPING: ReadonlySet<string> = new Set(['interrupted', 'run-not-recorded']);

/** How operations are run. */
export interface RunSettings {
  /** Operations under way at the same time: those that are started but not yet sent would look sent in the journal. */
  readonly limit: number;
  /** What an operation has in common with others (`planning/first-uses`). */
  readonly sharedUse?: (operation: Operation) => SharedUse;
  readonly ended?: (outcome: Outcome) => void;
}

/**
 * Runs operations as soon as what they depend on is done, side by side where they are independent. An operation whose
 * dependency failed is skipped with the reason; every operation gets an outcome. `run` performs one operation, and gives
 * back what is to be told of it besides.
 */
export async function runOperations(
  operations: readonly Operation[],
  run: (operation: Operation) => Promise<string | undefined>,
  settings: RunSettings,
): Promise<Outcome[]> {
  return new OperationRun(operations, run, settings).outcomes();
}

class OperationRun {
  private readonly started = new Map<string, Promise<Outcome>>();
  private readonly planned: ReadonlyMap<string, Operation>;
  private readonly told = new Set<string>();
  private readonly waiting: (() => void)[] = [];
  private readonly firstUses = new FirstUseQueue();
  private underWay = 0;
  private stopped = false;

  constructor(
    private readonly operations: readonly Operation[],
    private readonly run: (operation: Operation) => Promise<string | undefined>,
    private readonly settings: RunSettings,
  ) {
    this.planned = new Map(operations.map((operation) => [artifactText(operation), operation]));
  }

  outcomes(): Promise<Outcome[]> {
    return Promise.all(this.operations.map((operation) => this.outcomeOf(operation)));
  }

  private outcomeOf(operation: Operation): Promise<Outcome> {
    const name = artifactText(operation);
    const known = this.started.get(name);
    if (known) return known;
    const started = this.afterDependencies(operation).then((outcome) => {
      this.settings.ended?.(outcome);
      return outcome;
    });
    this.started.set(name, started);
    return started;
  }

  private async afterDependencies(operation: Operation): Promise<Outcome> {
    const { kind, key, action } = operation;
    const needed = operation.dependsOn.map((name) => this.planned.get(name)).filter((other) => other !== undefined);
    const before = await Promise.all(needed.map((other) => this.outcomeOf(other)));
    const broken = before.find((outcome) => outcome.status !== 'done');
    if (broken) {
      const reason = `it depends on ${artifactText(broken)}, which was not done`;
      return { kind, key, action, status: 'skipped', reason };
    }
    return this.firstUses.run(this.settings.sharedUse?.(operation) ?? { firstUses: [], alone: [] }, async () => {
      const result = await this.perform(operation);
      return { result, succeeded: result.status === 'done' };
    });
  }

  private async perform(operation: Operation): Promise<Outcome> {
    const { kind, key, action } = operation;
    await this.enter();
    try {
      if (this.stopped)
        return { kind, key, action, status: 'skipped', reason: 'not started, because the run was stopped' };
      const reason = await this.run(operation);
      return { kind, key, action, status: 'done', ...(reason === undefined ? {} : { reason }) };
    } catch (error) {
      if (!(error instanceof LiftlockError)) throw error;
      this.stopped ||= error.problems.some(({ code }) => STOPPING.has(code));
      return { kind, key, action, status: 'failed', reason: reasonOf(error, this.told) };
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.underWay >= this.settings.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.underWay += 1;
  }

  /** The place goes to whoever waits longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.underWay -= 1;
  }
}

/** What happened and what to do; advice that concerns many artifacts is given once. */
function reasonOf(error: LiftlockError, told: Set<string>): string {
  const hints = error.problems.flatMap(({ hint }) => (hint === undefined || told.has(hint) ? [] : [hint]));
  for (const hint of hints) told.add(hint);
  return [error.message, ...hints].join(' ');
}

/** Called before and after each write, for the journal. */
export type WriteObserver = (event: {
  readonly artifact: string;
  readonly request: string;
  readonly phase: 'start' | 'end' | 'failed';
  readonly status?: number;
}) => Promise<void>;

/** The artifact that requests write: its server id when it exists, `created` is told the id of a new one. */
export interface WriteTarget {
  readonly key: string;
  readonly id?: string;
  readonly created?: (id: string | undefined) => void;
}

/**
 * Sends the writes of one artifact in order. The first request that creates gives the server id of a new one. A creation
 * whose fate is unknown is looked up by key before it is sent again; a refusal that comes from a race of the server or
 * that a fresh look contradicts is tried once more.
 */
export async function sendWrites(
  server: Server,
  kind: ProductKind,
  artifact: WriteTarget,
  requests: readonly WriteRequest[],
  observe: WriteObserver,
): Promise<string | undefined> {
  let id = artifact.id;
  for (const request of requests) {
    const send = (): Promise<HttpResponse> => sendObserved(server, kind, artifact.key, request, id, observe);
    const answer = await send().catch(async (error: unknown) => {
      if (await isWorthAnotherTry(server, kind, artifact.key, request, error)) return send();
      throw error;
    });
    if (request.creates) {
      id = createdId(answer) ?? (await lookUp(server, kind, artifact.key));
      artifact.created?.(id);
    }
  }
  return id;
}

async function sendObserved(
  server: Server,
  kind: ProductKind,
  key: string,
  request: WriteRequest,
  id: string | undefined,
  observe: WriteObserver,
): Promise<HttpResponse> {
  const event = { artifact: artifactText({ kind: kind.name, key }), request: requestText(request) };
  await observe({ ...event, phase: 'start' });
  try {
    const answer = await sendOne(server, kind, key, request, id);
    await observe({ ...event, phase: 'end', status: answer.status });
    return answer;
  } catch (error) {
    await observe({ ...event, phase: 'failed', ...(error instanceof ServerError ? { status: error.status } : {}) });
    throw error;
  }
}

/**
 * Whether a refusal is not the last word: it is one that the kind knows as a race of the server, or says that what was to
 * be created exists already. A creation is looked up first, and sent again only when nothing of it is there.
 */
async function isWorthAnotherTry(
  server: Server,
  kind: ProductKind,
  key: string,
  request: WriteRequest,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ServerError)) return false;
  const isRaced = kind.racedRefusals?.some(({ status, code }) => status === error.status && code === error.serverCode);
  if (!request.creates) return isRaced === true;
  if (!isRaced && error.status !== 409) return false;
  try {
    return (await lookUp(server, kind, key)) === undefined;
  } catch (problem) {
    if (problem instanceof LiftlockError) return false;
    throw problem;
  }
}

function sendOne(
  server: Server,
  kind: ProductKind,
  key: string,
  request: WriteRequest,
  id?: string,
): Promise<HttpResponse> {
  const path = request.path.map((segment) => (segment === '{id}' ? knownId(id, kind, key) : segment));
  const body = request.body === undefined ? {} : { body: withId(request.body, id) };
  const file = request.file ? { file: request.file } : {};
  const query = request.query ? { query: { ...request.query } } : {};
  const arrived = request.creates ? { arrived: () => arrivedAnswer(server, kind, key) } : {};
  return server.transport.send({ method: request.method, path, ...query, ...body, ...file, ...arrived });
}

function knownId(id: string | undefined, kind: ProductKind, key: string): string {
  if (id !== undefined) return id;
  throw failure('unknown-id', `The server did not say under which id it created ${kind.name}/${key}`);
}

function withId(body: Json, id: string | undefined): Json {
  if (body === '{id}') return id ?? body;
  if (Array.isArray(body)) return body.map((item) => withId(item, id));
  return isObject(body)
    ? Object.fromEntries(Object.entries(body).map(([field, value]) => [field, withId(value, id)]))
    : body;
}

/** The last segment of Location (the host in it is the server's own view of itself), or the id in the body. */
function createdId(answer: HttpResponse): string | undefined {
  const location = answer.headers.location;
  const last = location?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);
  if (last !== undefined) return decodeURIComponent(last);
  return isObject(answer.body) && typeof answer.body.id === 'string' ? answer.body.id : undefined;
}

/** The server id of the artifact with this key in a fresh list; undefined when it is not there. */
export async function lookUp(server: Server, kind: ProductKind, key: string): Promise<string | undefined> {
  const listed = await kind.calls.list(server.fresh());
  return listed.find((item) => item.key === key)?.id;
}

async function arrivedAnswer(server: Server, kind: ProductKind, key: string): Promise<HttpResponse | undefined> {
  const id = await lookUp(server, kind, key);
  return id === undefined
    ? undefined
    : { status: 201, headers: { location: `/${encodeURIComponent(id)}` }, body: { id } };
}

/** A request as plans and journals show it: method and path below the API root, ids not filled in. */
export function requestText(request: WriteRequest): string {
  const [first, second, third, ...rest] = request.path;
  const below =
    first === 'api' && second === 'server'
      ? rest
      : [first, second, third, ...rest].filter((part) => part !== undefined);
  return `${request.method} ${below.join('/')}`;
}
