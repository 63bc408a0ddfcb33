import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags, selectionOf } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { RunResult } from '../model/plan';
import { EXIT, isUnreadable } from '../model/problem';

export default class PromoteCommand extends WorkflowCommand {
  static override summary = 'Raise the configuration of one environment to the next.';
  static override description = `Exports FROM into the files (placeholders stay), shows the plan for TO with
that environment's values, and applies it after approval. TO must take its
changes from FROM ("environments" in liftlock.yaml, or "promotesFrom").

Exit codes: 0 done or nothing to do, 1 something failed, 3 refused (nothing
was written to TO).`;
  static override examples = [
    '<%= config.bin %> promote preprod prod',
    '<%= config.bin %> promote preprod prod --commit --yes',
  ];
  static override args = {
    from: Args.string({ required: true, description: 'environment to export' }),
    to: Args.string({ required: true, description: 'environment to change' }),
  };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    commit: Flags.boolean({ summary: 'Commit what the export changed.' }),
    prune: Flags.boolean({ summary: 'Also delete artifacts that are in no file.' }),
    'max-deletes': Flags.integer({ default: 5, min: 0, summary: 'Refuse plans with more deletions than this.' }),
    yes: Flags.boolean({ char: 'y', summary: 'Apply without asking.' }),
  };

  async run(): Promise<RunResult> {
    const { args, flags } = await this.parse(PromoteCommand);
    this.checkReports(flags.report);
    const progress = this.startProgress(`Exporting ${args.from}`);
    const { applied } = await lazyWorkflows
      .promote()
      .promote(
        {
          ...args,
          folder: this.workspaceFolder(flags),
          selection: selectionOf(flags),
          surroundings: this.surroundings,
        },
        {
          export: { commit: flags.commit, prune: false, onProgress: (done, total) => progress.update(done, total) },
          apply: this.applyOptions(args.to, flags),
          exported: async (report) => {
            progress.end();
            await this.report('export', report);
            if (report.problems.some(isUnreadable)) process.exitCode = EXIT.error;
          },
        },
      )
      .finally(() => progress.end());
    return this.reportApplied(args.to, applied, flags.report);
  }
}
