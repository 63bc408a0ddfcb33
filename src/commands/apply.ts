import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { RunResult } from '../model/plan';

export default class ApplyCommand extends WorkflowCommand {
  static override summary = 'Bring an environment to what the files say.';
  static override description = `Plans, shows the plan and asks; then saves what it will touch, writes only
what changed in the order of references, reads back and compares. When all is
as it should be, refs/liftlock/applied/ENV moves to the commit that was
applied.

Exit codes: 0 done or nothing to do, 1 something failed, 3 refused (nothing
was written).`;
  static override examples = ['<%= config.bin %> apply prod', '<%= config.bin %> apply prod --plan plan.json --yes'];
  static override args = { environment: Args.string({ required: true, description: 'environment to change' }) };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    plan: Flags.string({
      helpValue: 'FILE',
      summary: 'Apply exactly this plan (from plan --out); refused if anything in it has changed since.',
      exclusive: ['prune', 'kind', 'only', 'except'],
    }),
    prune: Flags.boolean({ summary: 'Also delete artifacts that are in no file.' }),
    'max-deletes': Flags.integer({ default: 5, min: 0, summary: 'Refuse plans with more deletions than this.' }),
    yes: Flags.boolean({ char: 'y', summary: 'Apply without asking.' }),
  };

  async run(): Promise<RunResult> {
    const { args, flags } = await this.parse(ApplyCommand);
    this.checkReports(flags.report);
    const reviewed =
      flags.plan === undefined ? {} : { reviewed: await lazyWorkflows.planFile().readPlanFile(flags.plan) };
    const request = this.jobRequest(args.environment, flags, true);
    const applied = await lazyWorkflows
      .apply()
      .applyEnvironment(request, { ...this.applyOptions(args.environment, flags), ...reviewed });
    return this.reportApplied(args.environment, applied, flags.report);
  }
}
