import type { Plan } from '../model/plan';
import { isUnreadable, LiftlockError, type Problem } from '../model/problem';
import type { RehearsalReport } from '../model/report';
import { resolveEnvironment } from '../workspace/connection';
import { refuse } from './apply-job';
import { withCopy } from './copy-server';
import { copyOfServer, readServer, type EnvironmentCopy, type ServerContent } from './environment-copy';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { makePlan } from './plan';
import { refuseOtherPlan } from './plan-file';
import { readOnce } from './read-once';
import { hasSucceeded, playOnCopy, type Played } from './rehearse';

export interface RehearseOptions {
  readonly prune: boolean;
  /** Most deletions that a plan may hold. */
  readonly maxDeletes: number;
  /** A plan made earlier; refused (exit code 3) when the environment or the files have moved since. */
  readonly reviewed?: Plan;
  readonly now: () => Date;
  readonly onProgress?: (phase: 'reading' | 'copying', done: number, total: number) => void;
}

/** The report, and the plan that was rehearsed: what `apply --plan` takes. */
export interface RehearseResult {
  readonly report: RehearsalReport;
  readonly plan: Plan;
}

/**
 * Plans for an environment, copies the environment into a sandbox of this process, applies the plan there and tells how it
 * went. The environment is asked with read scopes and is read only.
 */
export async function rehearseEnvironment(request: JobRequest, options: RehearseOptions): Promise<RehearseResult> {
  return withEnvironment({ ...request, write: false, referents: true }, async (job) => {
    const kinds = readOnce(job.product.kinds);
    const managed = new Set(job.session.kinds.map(({ name }) => name));
    const session = { ...job.session, kinds: kinds.filter(({ name }) => managed.has(name)) };
    const { reviewed } = options;
    const prune = options.prune || Boolean(reviewed?.operations.some(({ action }) => action === 'delete'));
    const fresh = await makePlan(session, job.desired, {
      selection: request.selection,
      prune,
      onProgress: (done, total) => options.onProgress?.('reading', done, total),
    });
    const plan = reviewed ? refuseOtherPlan(reviewed, fresh) : fresh;
    const original = await readServer(session.server, job.product, kinds, (done, total) =>
      options.onProgress?.('reading', done, total),
    );
    const about = { product: job.product, kinds: job.product.kinds, version: session.server.version };
    const copy = copyOfServer(original, about, job.desired);
    const obstacles = obstaclesOf(plan, options.maxDeletes);
    const played =
      obstacles.length > 0
        ? notPlayed(plan, obstacles)
        : await play(job, request, { plan, prune, original, copy }, options);
    return { plan, report: reportOf(plan, copy, played) };
  });
}

function play(
  job: Job,
  { selection, surroundings }: JobRequest,
  made: { plan: Plan; prune: boolean; original: ServerContent; copy: EnvironmentCopy },
  options: RehearseOptions,
): Promise<Played> {
  const { plan, prune, original, copy } = made;
  const secrets = job.desired.secretValues;
  const { tenant } = resolveEnvironment(job.environment, surroundings.variables);
  const server = { tenant, signal: surroundings.signal, secrets };
  return withCopy(job.session, copy, server, (session, sandbox) =>
    playOnCopy(
      session,
      job.desired,
      {
        plan,
        selection,
        prune,
        original,
        kinds: job.product.kinds,
        now: options.now(),
        onProgress: (done, total) => options.onProgress?.('copying', done, total),
      },
      sandbox.refusals,
    ),
  );
}

/** What `apply` would refuse, too. */
function obstaclesOf(plan: Plan, maxDeletes: number): readonly Problem[] {
  try {
    refuse(plan, maxDeletes);
    return [];
  } catch (error) {
    if (error instanceof LiftlockError) return error.problems;
    throw error;
  }
}

function notPlayed(plan: Plan, problems: readonly Problem[]): Played {
  const outcomes = plan.operations.map(({ kind, key, action }) => ({ kind, key, action, status: 'skipped' as const }));
  return { notCopied: [], outcomes, writes: 0, secondPlan: 'not-made', remaining: [], besides: [], problems };
}

function reportOf(plan: Plan, copy: EnvironmentCopy, played: Played): RehearsalReport {
  const { environment, product, version } = plan;
  const warnings = plan.problems.filter((problem) => problem.severity !== 'error' || isUnreadable(problem));
  return {
    format: 1,
    environment,
    product,
    version,
    succeeded: hasSucceeded(played),
    copied: copy.counts,
    ...played,
    notCopied: [...copy.notCopied, ...played.notCopied],
    problems: [...played.problems, ...warnings],
  };
}
