import { setTimeout as pause } from 'node:timers/promises';
import { canonicalise } from '../compare/canonical';
import { artifactText } from '../model/artifact';
import type { Json } from '../model/json';
import type { Operation, Outcome, Plan, RunResult } from '../model/plan';
import { EXIT, errorProblem, failure, LiftlockError, type Problem } from '../model/problem';
import { fingerprint } from '../planning/fingerprint';
import { firstUses, writtenAlone } from '../planning/first-uses';
import type { Change, Listed, ProductKind, Server, WriteRequest } from '../products/product';
import { mapConcurrently } from './concurrent';
import type { DesiredArtifact, DesiredState } from './desired';
import type { SharedUse } from './first-use-queue';
import { runOperations, sendWrites, type WriteObserver } from './execute';
import { leftOut } from './left-out';
import { listKind, readArtifact, type LiveArtifact } from './live';
import { settleWithLive } from './plan';
import { requestsFor } from './planned-operation';
import { isRefusal } from './refusal';
import { settleRefusedCreation } from './refused-creation';
import { createRunFolder, type RunFolder } from './run-folder';
import { WRITES_AT_A_TIME, type Session } from './session';

export interface ApplyOptions {
  readonly now: Date;
  /** Where the run is recorded; a folder of its own below the workspace unless given. */
  readonly record?: RunFolder;
  readonly onProgress?: (done: number, total: number) => void;
}

/** An operation with everything its calls are built from, read anew just before the run. */
interface Prepared {
  readonly operation: Operation;
  readonly kind: ProductKind;
  readonly listed?: Listed;
  readonly live?: LiveArtifact;
  readonly artifact?: DesiredArtifact;
  readonly change: Change;
}

/**
 * Applies a plan: reads what it touches again and refuses if anything moved, backs it up, writes in order, reads back
 * and compares. Every artifact of the plan gets an outcome; a difference after the write makes its outcome "failed".
 * Throws before the first write when a name cannot be resolved or live is not what was planned on (exit code 3).
 */
export async function applyPlan(
  session: Session,
  desired: DesiredState,
  plan: Plan,
  options: ApplyOptions,
): Promise<RunResult> {
  const prepared = await prepare(session, desired, plan);
  const run = options.record ?? (await createRunFolder(session.root, session.environment, options.now));
  await run.backup(prepared.map(backupEntry));
  let writes = 0;
  const observe: WriteObserver = async (event) => {
    if (event.phase === 'start') writes += 1;
    await run.journal({ ...event });
  };
  const byName = new Map(prepared.map((item) => [artifactText(item.operation), item]));
  let done = 0;
  const outcomes = await runOperations(
    plan.operations,
    async (operation) => {
      const item = byName.get(artifactText(operation));
      return item && write(session, item, observe);
    },
    {
      limit: session.writeConcurrency ?? WRITES_AT_A_TIME,
      sharedUse: (operation) => sharedUseOf(byName.get(artifactText(operation))),
      ended: () => options.onProgress?.(++done, plan.operations.length),
    },
  );
  const verified = await verifyOrSay(session, prepared, outcomes);
  const result: RunResult = {
    run: run.id,
    environment: session.environment,
    outcomes: [...verified, ...leftOut(plan)],
    writes,
  };
  await run.result(result as unknown as Json);
  return result;
}

function sharedUseOf(item: Prepared | undefined): SharedUse {
  if (!item || item.operation.action === 'delete') return { firstUses: [], alone: [] };
  const { kind, change, operation } = item;
  return {
    firstUses: firstUses(kind.firstUses, change.desired, change.live),
    alone: operation.action === 'update' ? writtenAlone(kind.writtenAlone, change.differences) : [],
  };
}

async function prepare(session: Session, desired: DesiredState, plan: Plan): Promise<Prepared[]> {
  const server = session.server.fresh();
  const kinds = session.kinds.filter((kind) => plan.operations.some((operation) => operation.kind === kind.name));
  const listings = new Map(
    await mapConcurrently(kinds, 4, async (kind) => [kind.name, await listKind(server, kind)] as const),
  );
  const artifacts = new Map(desired.artifacts.map((artifact) => [artifactText(artifact), artifact]));
  const prepared = await mapConcurrently(plan.operations, 12, async (operation) => {
    const kind = kinds.find((candidate) => candidate.name === operation.kind);
    if (!kind) throw failure('unknown-kind', `The plan names the kind "${operation.kind}", which is not managed here`);
    const listed = listings.get(operation.kind)?.get(operation.key);
    const live = listed && (await readArtifact(server, kind, listed));
    return { operation, kind, listed, live, artifact: artifacts.get(artifactText(operation)) };
  });
  refuseMoved(session, prepared);
  return mapConcurrently(prepared, 12, (item) => withChange(session, server, item));
}

type Reread = Pick<Prepared, 'operation' | 'kind' | 'artifact'> & {
  listed: Listed | undefined;
  live: LiveArtifact | undefined;
};

/** A plan is applied only to the state that it was made for (invariant 5). */
function refuseMoved(session: Session, items: readonly Reread[]): void {
  const moved = items.filter(({ operation, kind, live }) => {
    const now = live && fingerprint(kind, live.value, live.confidential);
    return now !== operation.fingerprint.live;
  });
  if (moved.length === 0) return;
  const problems: Problem[] = moved.map(({ operation, live }) =>
    errorProblem(
      'moved',
      `${artifactText(operation)} ${movement(operation, live)} in ${session.environment} since the plan was made`,
      {
        artifact: artifactText(operation),
        environment: session.environment,
        hint: `Nothing was written. Run "liftlock plan ${session.environment}" again and look at what changed.`,
      },
    ),
  );
  throw new LiftlockError(problems, EXIT.refused);
}

function movement(operation: Operation, live: LiveArtifact | undefined): string {
  if (!live) return 'was deleted';
  return operation.fingerprint.live === undefined ? 'was created' : 'was changed';
}

async function withChange(session: Session, server: Server, item: Reread): Promise<Prepared> {
  const { operation, kind, live, listed, artifact } = item;
  const settled = artifact && live ? settleWithLive(session, kind, artifact, live) : undefined;
  const desired = settled?.desired ?? (artifact ? canonicalise(kind, artifact.value, server.version) : {});
  const base = {
    kind: operation.kind,
    key: operation.key,
    desired,
    differences: settled?.differences ?? operation.differences,
    version: server.version,
    ...(live ? { live: live.value, current: live.current } : {}),
  };
  const ids =
    operation.action === 'delete'
      ? new Map<string, string>()
      : ((await kind.calls.lookups?.(server, base)) ?? new Map<string, string>());
  return {
    operation,
    kind,
    change: { ...base, ids },
    ...(live ? { live } : {}),
    ...(listed ? { listed } : {}),
    ...(artifact ? { artifact } : {}),
  };
}

function backupEntry({ operation, live }: Prepared): Json {
  const { kind, key, action } = operation;
  return { kind, key, action, id: live?.id ?? null, before: live?.current ?? null };
}

async function write(session: Session, item: Prepared, observe: WriteObserver): Promise<string | undefined> {
  const { kind, change, operation } = item;
  const requests = requestsFor(session, change, operation.action);
  if (operation.action === 'create') return create(session, item, requests, observe);
  const target = { key: operation.key, ...(item.live ? { id: item.live.id } : {}) };
  await sendWrites(session.server, kind, target, requests, observe);
  return undefined;
}

async function create(
  session: Session,
  item: Prepared,
  requests: readonly WriteRequest[],
  observe: WriteObserver,
): Promise<string | undefined> {
  const { server } = session;
  const { kind, change } = item;
  let isMade = false;
  try {
    await sendWrites(server, kind, { key: change.key, created: () => (isMade = true) }, requests, observe);
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const differs = async (id: string): Promise<readonly string[]> => {
      const live = await readArtifact(server.fresh(), kind, { id, key: change.key });
      return live && item.artifact ? differentPaths(session, kind, item.artifact, live) : ['everything'];
    };
    return settleRefusedCreation(server, { kind, change, isMade, differs }, error, observe);
  }
}

/** When reading back fails as a whole, what was written is not known to be right; every outcome is told all the same. */
async function verifyOrSay(
  session: Session,
  prepared: readonly Prepared[],
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  if (!outcomes.some((outcome) => outcome.status === 'done')) return [...outcomes];
  try {
    return await verifyUntilSeen(session, prepared, outcomes);
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    const reason = `the server accepted it, but it could not be read back: ${error.message}`;
    return outcomes.map((outcome) => (outcome.status === 'done' ? { ...outcome, status: 'failed', reason } : outcome));
  }
}

/** A server that answers from a cache or a replica shows a write a little later: so long it is given, in all 3 seconds. */
const SEEN_LATER_MS = [200, 400, 800, 1600];

/** Reads back what is not as desired again after each pause; what still is not then has failed. */
async function verifyUntilSeen(
  session: Session,
  prepared: readonly Prepared[],
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  let verified = await verify(session, prepared, outcomes);
  for (const ms of SEEN_LATER_MS) {
    const open = outcomes.map((outcome, index) => outcome.status !== verified[index]?.status);
    if (!open.includes(true)) break;
    await pause(ms);
    const rest = outcomes.filter((_outcome, index) => open[index]);
    const again = await verify(
      session,
      prepared.filter((_item, index) => open[index]),
      rest,
    );
    verified = verified.map((outcome, index) => (open[index] ? (again.shift() ?? outcome) : outcome));
  }
  return verified;
}

/** A fresh read must equal desired, or the artifact failed. */
async function verify(
  session: Session,
  prepared: readonly Prepared[],
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const server = session.server.fresh();
  const kinds = [...new Set(prepared.map((item) => item.kind))];
  const listings = new Map(
    await mapConcurrently(kinds, 4, async (kind) => [kind.name, await listKind(server, kind)] as const),
  );
  return mapConcurrently(outcomes, 12, async (outcome, index) => {
    const item = prepared[index];
    if (outcome.status !== 'done' || !item) return outcome;
    const listed = listings.get(outcome.kind)?.get(outcome.key);
    const reason = await readBack(session, server, item, listed);
    return reason === undefined ? outcome : { ...outcome, status: 'failed' as const, reason };
  });
}

/** What is wrong with what is there; one that cannot be read says nothing about the others. */
async function readBack(
  session: Session,
  server: Server,
  item: Prepared,
  listed: Listed | undefined,
): Promise<string | undefined> {
  try {
    return mismatch(session, item, listed && (await readArtifact(server, item.kind, listed)));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `the server accepted it, but it could not be read back: ${error.message}`;
  }
}

function mismatch(session: Session, item: Prepared, live: LiveArtifact | undefined): string | undefined {
  if (item.operation.action === 'delete') return live ? 'it is still there after the deletion' : undefined;
  if (!live) return 'it is not there after the write';
  if (!item.artifact) return undefined;
  const paths = differentPaths(session, item.kind, item.artifact, live);
  return paths.length === 0
    ? undefined
    : `read back after the write, it still differs in ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}`;
}

function differentPaths(
  session: Session,
  kind: ProductKind,
  artifact: DesiredArtifact,
  live: LiveArtifact,
): readonly string[] {
  return settleWithLive(session, kind, artifact, live).differences.map(({ path }) => path);
}
