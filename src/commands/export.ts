import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { ExportReport } from '../model/report';
import { EXIT, isUnreadable } from '../model/problem';

export default class ExportCommand extends WorkflowCommand {
  static override summary = 'Fetch what an environment has into files.';
  static override description = `One file per artifact. Placeholders and comments of existing files stay
wherever the value behind them is unchanged; files that need no change are not
touched. Secrets are written as {{secret:NAME}}, never as values.`;
  static override examples = ['<%= config.bin %> export dev', '<%= config.bin %> export preprod --commit'];
  static override args = { environment: Args.string({ required: true, description: 'environment to export' }) };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    commit: Flags.boolean({ summary: 'Commit the changed files, and nothing else.' }),
    prune: Flags.boolean({ summary: 'Remove files of artifacts that the environment does not have.' }),
  };

  async run(): Promise<ExportReport> {
    const { args, flags } = await this.parse(ExportCommand);
    this.checkReports(flags.report);
    const progress = this.startProgress(`Exporting ${args.environment}`);
    const request = this.jobRequest(args.environment, flags, false);
    const { commit, prune } = flags;
    const report = await lazyWorkflows
      .export()
      .exportEnvironment(request, { commit, prune, onProgress: (done, total) => progress.update(done, total) })
      .finally(() => progress.end());
    await this.report('export', report, flags.report);
    if (report.problems.some(isUnreadable)) process.exitCode = EXIT.error;
    return report;
  }
}
