import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags, selectionOf } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { DiffReport } from '../model/report';
import { EXIT, isUnreadable } from '../model/problem';

export default class DiffCommand extends WorkflowCommand {
  static override summary = 'Compare two states: servers, files or revisions.';
  static override description = `LEFT and RIGHT are each one of
ENV              what the server has
files:ENV        the files, rendered for the environment
git:REV:ENV      the same of a git revision; the work tree is not touched
PATH, file:PATH  a file that the product exported

With a file (service provider, identity provider, claim dialect) only the
artifacts in it are compared.

Between two servers, what the variables of the files account for (host names,
client ids …) is left out; --all shows it.

Exit codes: 0 no difference, 1 error, 2 differences.`;
  static override examples = [
    '<%= config.bin %> diff preprod prod',
    '<%= config.bin %> diff files:prod prod',
    '<%= config.bin %> diff git:HEAD~1:prod files:prod',
    '<%= config.bin %> diff exports/portal.xml prod',
  ];
  static override args = {
    left: Args.string({ required: true, description: 'first state' }),
    right: Args.string({ required: true, description: 'second state' }),
  };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    all: Flags.boolean({ summary: 'Between two servers: also show what variables account for.' }),
  };

  async run(): Promise<DiffReport> {
    const { args, flags } = await this.parse(DiffCommand);
    this.checkReports(flags.report);
    const progress = this.startProgress('Reading');
    const report = await lazyWorkflows
      .diff()
      .diffStates({
        ...args,
        folder: this.workspaceFolder(flags),
        from: process.cwd(),
        selection: selectionOf(flags),
        all: flags.all,
        surroundings: this.surroundings,
        onProgress: (_environment, done, total) => progress.update(done, total),
      })
      .finally(() => progress.end());
    await this.report('diff', report, flags.report);
    if (report.problems.some(isUnreadable)) process.exitCode = EXIT.error;
    else if (report.artifacts.length > 0) process.exitCode = 2;
    return report;
  }
}
