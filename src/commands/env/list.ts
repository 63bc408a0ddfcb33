import { WorkflowCommand } from '../../cli/workflow-command';
import { lazyWorkflows } from '../../cli/workflows';
import type { EnvironmentSummary } from '../../workflows/check-job';

export default class EnvListCommand extends WorkflowCommand {
  static override summary = 'List the environments of the workspace.';
  static override examples = ['<%= config.bin %> env list'];

  async run(): Promise<{ environments: readonly EnvironmentSummary[] }> {
    const { flags } = await this.parse(EnvListCommand);
    const { environments, text } = await lazyWorkflows.check().listEnvironments(this.workspaceFolder(flags));
    this.print(text);
    return { environments };
  }
}
