import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags, selectionOf } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { LintReport } from '../model/report';

export default class LintCommand extends WorkflowCommand {
  static override summary = 'Check all files for every environment, without a server.';
  static override description = `Schemas, placeholders, references, secrets in clear and security rules.

Exit codes: 0 no errors (warnings may be there), 1 errors.`;
  static override examples = ['<%= config.bin %> lint', '<%= config.bin %> lint --report lint.sarif'];
  static override flags = { ...selectionFlags, ...reportFlags };

  async run(): Promise<LintReport> {
    const { flags } = await this.parse(LintCommand);
    this.checkReports(flags.report);
    const report = await lazyWorkflows
      .lint()
      .lintWorkspace({ folder: this.workspaceFolder(flags), selection: selectionOf(flags), variables: process.env });
    await this.report('lint', report, flags.report);
    if (report.problems.some((problem) => problem.severity === 'error')) process.exitCode = 1;
    return report;
  }
}
