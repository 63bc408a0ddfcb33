import { artifactText, type ArtifactName } from '../model/artifact';
import type { Plan, RunResult } from '../model/plan';
import { EXIT, errorProblem, isUnreadable, LiftlockError, type Problem } from '../model/problem';
import { applyPlan } from './apply';
import { rememberApplied } from './applied-record';
import { appliedNames } from './baseline';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { makePlan } from './plan';
import { refuseOtherPlan } from './plan-file';

export interface ApplyJobOptions {
  readonly prune: boolean;
  /** Most deletions that a plan may hold. */
  readonly maxDeletes: number;
  /** A plan made earlier: only what it says is applied, and only if nothing that it touches has changed. */
  readonly reviewed?: Plan;
  readonly now: () => Date;
  /** Shows the plan and asks; called only when there is something to write. */
  readonly approve: (plan: Plan) => Promise<'yes' | 'no' | 'unavailable'>;
  readonly onProgress?: (phase: 'reading' | 'writing', done: number, total: number) => void;
}

export interface ApplyJobResult {
  readonly plan: Plan;
  /** Absent when there was nothing to write, or the user said no. */
  readonly result?: RunResult;
  readonly declined: boolean;
  readonly notes: readonly Problem[];
}

/** Plans, asks, applies and verifies. Refusals are LiftlockErrors with exit code 3; nothing was written then. */
export async function applyEnvironment(request: JobRequest, options: ApplyJobOptions): Promise<ApplyJobResult> {
  return withEnvironment({ ...request, write: true }, async (job) => {
    const fresh = await makePlan(job.session, job.desired, {
      selection: request.selection,
      applied: await appliedNames(job, request.surroundings),
      prune: options.prune || Boolean(options.reviewed?.operations.some(({ action }) => action === 'delete')),
      onProgress: (done, total) => options.onProgress?.('reading', done, total),
    });
    const plan = options.reviewed ? refuseOtherPlan(options.reviewed, fresh) : fresh;
    refuse(plan, options.maxDeletes);
    const inPlan = new Set(plan.operations.map(artifactText));
    const unplanned = fresh.operations.filter((operation) => !inPlan.has(artifactText(operation)));
    return carryOut(job, plan, unplanned, request, options);
  });
}

/** `unplanned` is what differs too and a reviewed plan leaves alone. */
async function carryOut(
  job: Job,
  plan: Plan,
  unplanned: readonly ArtifactName[],
  request: JobRequest,
  options: ApplyJobOptions,
): Promise<ApplyJobResult> {
  const { session, desired } = job;
  const run = { plan, unplanned, selection: request.selection, settings: request.surroundings, now: options.now() };
  if (plan.operations.length === 0) return { plan, declined: false, notes: await rememberApplied(job, run) };
  const answer = await options.approve(plan);
  if (answer === 'no') return { plan, declined: true, notes: [] };
  if (answer === 'unavailable') throw missingApproval(session.environment);
  const result = await applyPlan(session, desired, plan, {
    now: run.now,
    onProgress: (done, total) => options.onProgress?.('writing', done, total),
  });
  const notes = await rememberApplied(job, { ...run, outcomes: result.outcomes });
  return { plan, result, declined: false, notes: [...plan.problems.filter(isUnreadable), ...notes] };
}

/** What stands in the way of a plan: errors in it (but for what cannot be read), or more deletions than allowed. */
export function refuse(plan: Plan, maxDeletes: number): void {
  const errors = plan.problems.filter((problem) => problem.severity === 'error' && !isUnreadable(problem));
  if (errors.length > 0) throw new LiftlockError(errors, EXIT.refused);
  const deletes = plan.operations.filter(({ action }) => action === 'delete').length;
  if (deletes <= maxDeletes) return;
  const problem = errorProblem(
    'too-many-deletes',
    `The plan deletes ${deletes} artifacts in ${plan.environment}; at most ${maxDeletes} are allowed`,
    {
      environment: plan.environment,
      hint: 'Nothing was written. Look at the plan; if all of these are to go, raise --max-deletes.',
    },
  );
  throw new LiftlockError(problem, EXIT.refused);
}

function missingApproval(environment: string): LiftlockError {
  const problem = errorProblem(
    'missing-approval',
    `Nothing was written to ${environment}: nobody is there to approve the plan`,
    {
      environment,
      hint: 'Add --yes to apply without asking.',
    },
  );
  return new LiftlockError(problem, EXIT.refused);
}

/** True when something that was to be written was not, or did not arrive as it should. */
export function hasFailed(result: RunResult): boolean {
  return result.outcomes.some(
    ({ status, action }) => status === 'failed' || (status === 'skipped' && action !== undefined),
  );
}
