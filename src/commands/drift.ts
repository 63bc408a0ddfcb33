import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags, selectionFlags, selectionOf } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { DriftReport } from '../model/report';
import { EXIT, isUnreadable } from '../model/problem';

export default class DriftCommand extends WorkflowCommand {
  static override summary = 'Find what differs from the files, and who moved; writes nothing.';
  static override description = `Compares each environment with the files and with what was applied or exported
last (refs/liftlock/state/ENV):
  drift      somebody changed the server
  pending    the files were changed and not yet applied
  conflict   both, and they disagree

Without environments, all of the workspace are checked.

Exit codes: 0 as the files say, 1 error, 2 differences.`;
  static override examples = [
    '<%= config.bin %> drift',
    '<%= config.bin %> drift prod --report drift.md --report drift.json',
  ];
  static override strict = false;
  static override args = { environment: Args.string({ description: 'environments to check; all when none is named' }) };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    'allow-pending': Flags.boolean({ summary: 'End with exit code 0 when all that differs was not applied yet.' }),
  };

  async run(): Promise<DriftReport> {
    const { argv, flags } = await this.parse(DriftCommand);
    this.checkReports(flags.report);
    const progress = this.startProgress('Reading');
    const report = await lazyWorkflows
      .drift()
      .driftOf(
        { folder: this.workspaceFolder(flags), selection: selectionOf(flags), surroundings: this.surroundings },
        argv.map(String),
        (_environment, done, total) => progress.update(done, total),
      )
      .finally(() => progress.end());
    await this.report('drift', report, flags.report);
    const findings = report.environments.flatMap((environment) => environment.findings);
    const counted = findings.filter((finding) => !(flags['allow-pending'] && finding.class === 'pending'));
    const problems = report.environments.flatMap((environment) => environment.problems);
    if (problems.some(isUnreadable)) process.exitCode = EXIT.error;
    else if (counted.length > 0) process.exitCode = 2;
    return report;
  }
}
