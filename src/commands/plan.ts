import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { Plan } from '../model/plan';

export default class PlanCommand extends WorkflowCommand {
  static override summary = 'Show what apply would write to an environment; writes nothing.';
  static override description = `Renders the files for the environment, reads the server and compares. The
result reads like a pull request: per artifact + create, ~ update, - delete,
with field paths, old and new value.

Exit codes: 0 done (or, with --exit-code, nothing to do), 1 error, 2 with
--exit-code: there is something to do.`;
  static override examples = [
    '<%= config.bin %> plan prod',
    '<%= config.bin %> plan prod --out plan.json',
    "<%= config.bin %> plan prod --only 'application/Travel*' --exit-code",
  ];
  static override args = { environment: Args.string({ required: true, description: 'environment to plan for' }) };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    out: Flags.string({
      helpValue: 'FILE',
      summary: 'Write the plan to a file, for apply --plan. It holds no secrets.',
    }),
    prune: Flags.boolean({ summary: 'Also plan to delete artifacts that are in no file.' }),
    'exit-code': Flags.boolean({ summary: 'End with exit code 2 when there is something to do.' }),
  };

  async run(): Promise<Plan> {
    const { args, flags } = await this.parse(PlanCommand);
    this.checkReports(flags.report);
    if (flags.out !== undefined) await lazyWorkflows.planFile().refuseOtherThanPlan(flags.out);
    const progress = this.startProgress(`Reading ${args.environment}`);
    const request = this.jobRequest(args.environment, flags, false);
    const plan = await lazyWorkflows
      .plan()
      .planEnvironment(request, { prune: flags.prune, onProgress: (done, total) => progress.update(done, total) })
      .finally(() => progress.end());
    if (flags.out !== undefined) await this.writeJson(flags.out, plan);
    await this.report('plan', plan, flags.report);
    if (plan.problems.some((problem) => problem.severity === 'error')) process.exitCode = 1;
    else if (flags['exit-code'] && plan.operations.length > 0) process.exitCode = 2;
    return plan;
  }
}
