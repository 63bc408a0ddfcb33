import type { DriftReport } from '../model/report';
import { baselineOf } from './baseline';
import { findDrift } from './drift';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { openProductWorkspace, refuseEmptySelection } from './open-workspace';
import { desiredState, readState } from './states';

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
  const { baseline, problems } = await baselineOf(job, request.surroundings);
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
