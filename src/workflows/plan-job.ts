import type { Plan } from '../model/plan';
import { appliedNames, nothingKnown } from './baseline';
import { withEnvironment, type JobRequest } from './environment-job';
import { makePlan } from './plan';

export interface PlanJobOptions {
  readonly prune: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The plan that would turn the environment into what the files say; writes nothing. */
export async function planEnvironment(request: JobRequest, options: PlanJobOptions): Promise<Plan> {
  return withEnvironment(request, async (job) => {
    const applied = await appliedNames(job, request.surroundings);
    const plan = await makePlan(job.session, job.desired, { ...options, applied, selection: request.selection });
    // Without a record nobody can say whether an artifact without a file was deleted or never ours.
    const isUnclear = applied === undefined && plan.unmanaged.length > 0;
    return isUnclear ? { ...plan, problems: [...plan.problems, nothingKnown(plan.environment)] } : plan;
  });
}
