import type { Plan } from '../model/plan';
import { withEnvironment, type JobRequest } from './environment-job';
import { makePlan } from './plan';

export interface PlanJobOptions {
  readonly prune: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The plan that would turn the environment into what the files say; writes nothing. */
export async function planEnvironment(request: JobRequest, options: PlanJobOptions): Promise<Plan> {
  return withEnvironment(request, ({ session, desired }) =>
    makePlan(session, desired, { ...options, selection: request.selection }),
  );
}
