import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { RehearsalReport } from '../model/report';
import { EXIT, isUnreadable } from '../model/problem';

export default class RehearseCommand extends WorkflowCommand {
  static override summary = 'Apply a plan to a copy of an environment first; the environment is only read.';
  static override description = `Plans for the environment, copies what the environment has into a sandbox of
this process, applies the plan there, reads back, plans again (nothing may be
left) and looks for what changed besides. With --out the plan is kept when all
went well, and apply --plan raises exactly that.

Exit codes: 0 the rehearsal succeeded, 1 it failed, or an error, 3 the plan of
--plan no longer fits.`;
  static override examples = [
    '<%= config.bin %> rehearse prod',
    '<%= config.bin %> rehearse prod --out plan.json',
    '<%= config.bin %> rehearse prod --plan plan.json --report rehearsal.md',
  ];
  static override args = { environment: Args.string({ required: true, description: 'environment to rehearse for' }) };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    plan: Flags.string({
      helpValue: 'FILE',
      summary: 'Rehearse this plan (from plan --out); refused if anything in it has changed since.',
      exclusive: ['prune', 'kind', 'only', 'except'],
    }),
    out: Flags.string({
      helpValue: 'FILE',
      summary: 'Write the plan to a file when the rehearsal succeeded, for apply --plan. It holds no secrets.',
    }),
    prune: Flags.boolean({ summary: 'Also delete artifacts that are in no file.' }),
    'max-deletes': Flags.integer({
      default: 5,
      min: 0,
      helpValue: 'N',
      summary: 'Fail for plans with more deletions than this.',
    }),
  };

  async run(): Promise<RehearsalReport> {
    const { args, flags } = await this.parse(RehearseCommand);
    this.checkReports(flags.report);
    if (flags.out !== undefined) await lazyWorkflows.planFile().refuseOtherThanPlan(flags.out);
    const reviewed =
      flags.plan === undefined ? {} : { reviewed: await lazyWorkflows.planFile().readPlanFile(flags.plan) };
    const progress = this.startProgress(`Rehearsing for ${args.environment}`);
    const { report, plan } = await lazyWorkflows
      .rehearse()
      .rehearseEnvironment(this.jobRequest(args.environment, flags, false), {
        prune: flags.prune,
        maxDeletes: flags['max-deletes'],
        ...reviewed,
        now: () => new Date(),
        onProgress: (_phase, done, total) => progress.update(done, total),
      })
      .finally(() => progress.end());
    if (flags.out !== undefined && report.succeeded) await this.writeJson(flags.out, plan);
    await this.report('rehearsal', report, flags.report);
    if (report.problems.some(isUnreadable)) process.exitCode = EXIT.error;
    if (!report.succeeded) {
      process.exitCode = 1;
      if (flags.out !== undefined) this.note(`${flags.out} was not written, because the rehearsal failed.`);
    }
    return report;
  }
}
