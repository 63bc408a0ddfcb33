import { Args } from '@oclif/core';
import { WorkflowCommand } from '../../cli/workflow-command';
import { reportFlags } from '../../cli/flags';
import { lazyWorkflows } from '../../cli/workflows';
import type { CheckReport } from '../../model/report';

export default class EnvCheckCommand extends WorkflowCommand {
  static override summary = 'Check that environments can be reached and let us in; writes nothing.';
  static override description = `Settings, encryption, sign-in, scopes and each API.

Exit codes: 0 all is well (warnings may be there), 1 something failed.`;
  static override examples = ['<%= config.bin %> env check', '<%= config.bin %> env check prod'];
  static override strict = false;
  static override args = { environment: Args.string({ description: 'environments to check; all when none is named' }) };
  static override flags = { ...reportFlags };

  async run(): Promise<CheckReport> {
    const { argv, flags } = await this.parse(EnvCheckCommand);
    this.checkReports(flags.report);
    const { report, healthy } = await lazyWorkflows
      .check()
      .checkEnvironments(this.workspaceFolder(flags), argv.map(String), this.surroundings);
    await this.report('check', report, flags.report);
    if (!healthy) process.exitCode = 1;
    return report;
  }
}
