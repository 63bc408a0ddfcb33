import { EXIT, errorProblem, LiftlockError } from '../model/problem';
import type { ExportReport } from '../model/report';
import { applyEnvironment, type ApplyJobOptions, type ApplyJobResult } from './apply-job';
import { type JobRequest } from './environment-job';
import { openProductWorkspace } from './open-workspace';
import { exportEnvironment, type ExportOptions } from './export-job';

export interface PromoteRequest extends Omit<JobRequest, 'environment' | 'write'> {
  readonly from: string;
  readonly to: string;
}

export interface PromoteResult {
  readonly exported: ExportReport;
  readonly applied: ApplyJobResult;
}

/** The whole lift: export the lower environment, show the plan for the upper one, apply it with that one's values. */
export async function promote(
  request: PromoteRequest,
  options: {
    readonly export: ExportOptions;
    readonly apply: ApplyJobOptions;
    readonly exported: (report: ExportReport) => Promise<void>;
  },
): Promise<PromoteResult> {
  const { from, to, ...rest } = request;
  const { workspace } = await openProductWorkspace(request.folder);
  await workspace.environment(from);
  const target = await workspace.environment(to);
  if (target.promotesFrom !== from) throw wrongPath(from, to, target.promotesFrom);
  const exported = await exportEnvironment({ ...rest, environment: from, write: false }, options.export);
  await options.exported(exported);
  const applied = await applyEnvironment({ ...rest, environment: to, write: true }, options.apply);
  return { exported, applied };
}

/** Two gates are never open at once: an environment takes changes only from the one below it. */
function wrongPath(from: string, to: string, below: string | undefined): LiftlockError {
  const message =
    below === undefined
      ? `${to} is the lowest environment; nothing is promoted to it`
      : `${to} takes changes from ${below}, not from ${from}`;
  const hint = `The path is set by "environments" in liftlock.yaml, or by "promotesFrom" in environments/${to}.yaml.`;
  return new LiftlockError(errorProblem('wrong-path', message, { environment: to, hint }), EXIT.refused);
}
