import { openRepository } from '../history/repository';
import { warningProblem, LiftlockError, type Problem } from '../model/problem';
import type { DriftReport } from '../model/report';
import { findDrift } from './drift';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { openProductWorkspace, refuseEmptySelection, withProduct } from './open-workspace';
import { renderDesired } from './render-desired';
import { desiredState, readState, type State } from './states';

/** Drift of several environments, one after the other; all environments of the workspace when none is named. Writes nothing. */
export async function driftOf(
  request: Omit<JobRequest, 'environment' | 'write'>,
  environments: readonly string[],
  onProgress?: (environment: string, done: number, total: number) => void,
): Promise<DriftReport> {
  const { workspace } = await openProductWorkspace(request.folder);
  const names = environments.length > 0 ? environments : workspace.settings.environments;
  for (const name of names) await workspace.environment(name);
  const found: DriftReport['environments'][number][] = [];
  let compared = 0;
  for (const environment of names) {
    const one = { ...request, environment, write: false };
    const { drift, count } = await withEnvironment(one, (job) =>
      driftOfOne(job, one, (done, total) => onProgress?.(environment, done, total)),
    );
    found.push(drift);
    compared += count;
  }
  refuseEmptySelection(request.selection, compared);
  return { format: 1, environments: found };
}

async function driftOfOne(
  job: Job,
  request: JobRequest,
  onProgress: (done: number, total: number) => void,
): Promise<{ drift: DriftReport['environments'][number]; count: number }> {
  const { session, desired, environment, kinds } = job;
  const { baseline, problems } = await baselineOf(job, request);
  const inBaseline = baseline?.artifacts;
  const live = await readState(session, request.selection, {
    inFiles: (name) => job.inFiles(name) || inBaseline?.has(`${name.kind}/${name.key}`) === true,
    onProgress,
  });
  const wanted = desiredState(kinds, desired, environment.version, request.selection, `files:${environment.name}`);
  const found = findDrift(session, { live, desired: wanted, ...(baseline ? { baseline } : {}) });
  const count = live.artifacts.size + wanted.artifacts.size + (inBaseline?.size ?? 0);
  return { drift: { ...found, problems: [...found.problems, ...problems] }, count };
}

/** The files as they were applied last, rendered for the environment; with the reason when there is no such state. */
async function baselineOf(
  job: Job,
  request: JobRequest,
): Promise<{ baseline?: State & { commit: string }; problems: Problem[] }> {
  const { workspace, environment } = job;
  const { repository, reason } = await openRepository(workspace.root);
  if (!repository) return { problems: [missing(environment.name, reason.message, 'Put the workspace under git.')] };
  const commit = await repository.applied(environment.name);
  if (commit === undefined) {
    const hint = `Run "liftlock apply ${environment.name}" once, or fetch the ref: git fetch origin '+refs/liftlock/*:refs/liftlock/*'.`;
    return { problems: [missing(environment.name, 'nothing was applied by Liftlock yet', hint)] };
  }
  try {
    const then = withProduct(await workspace.at(repository.revisionSource(commit)));
    const was = await then.workspace.environment(environment.name);
    const rendered = await renderDesired(then, was, request.selection, request.surroundings);
    const state = desiredState(
      then.kinds,
      rendered,
      was.version,
      request.selection,
      `git:${commit}:${environment.name}`,
    );
    return { baseline: { ...state, commit }, problems: [] };
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    return {
      problems: [
        missing(
          environment.name,
          `what was applied (${commit.slice(0, 12)}) cannot be rendered: ${error.message.split('\n')[0] ?? ''}`,
          'Apply the current files once.',
        ),
      ],
    };
  }
}

function missing(environment: string, why: string, hint: string): Problem {
  const message = `Changes on the server cannot be told from changes in the files for ${environment}: ${why}`;
  return { ...warningProblem('no-baseline', message, { environment, hint }), severity: 'info' };
}
