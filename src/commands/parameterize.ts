import { Args, Flags } from '@oclif/core';
import { reportFlags, selectionFlags, selectionOf } from '../cli/flags';
import { WorkflowCommand } from '../cli/workflow-command';
import { lazyWorkflows } from '../cli/workflows';
import type { ParameterizeReport } from '../model/report';

export default class ParameterizeCommand extends WorkflowCommand {
  static override summary = 'Find what differs between environments and make variables of it.';
  static override description = `Compares the same artifacts in several environments and proposes how to tell
them apart: one variable for each pattern of differences (a host in 40 places
is one variable), overrides for the rest. What is probably a mistake is named.
Each ENVIRONMENT is one of ENV (the server), files:ENV or git:REV:ENV.

Nothing is written without --yes or --proposal. With them every environment
renders as before; an artifact for which that cannot be shown stays as it is.

Exit codes: 0 done or nothing written, 1 error.`;
  static override examples = [
    '<%= config.bin %> parameterize dev preprod prod',
    '<%= config.bin %> parameterize dev preprod prod --out proposals.yaml',
    '<%= config.bin %> parameterize dev preprod prod --proposal proposals.yaml',
  ];
  static override strict = false;
  static override args = {
    environments: Args.string({ required: true, description: 'two or more environments' }),
  };
  static override flags = {
    ...selectionFlags,
    ...reportFlags,
    yes: Flags.boolean({ char: 'y', summary: 'Accept all proposals but secrets.', exclusive: ['proposal', 'out'] }),
    out: Flags.string({ helpValue: 'FILE', summary: 'Write the proposals to a file for review.' }),
    proposal: Flags.string({
      helpValue: 'FILE',
      summary: 'Carry out a reviewed file of proposals.',
      exclusive: ['out'],
    }),
  };

  async run(): Promise<ParameterizeReport> {
    const { argv, flags } = await this.parse(ParameterizeCommand);
    this.checkReports(flags.report);
    const workflow = lazyWorkflows.parameterize();
    const sources = argv as string[];
    const accepted = flags.yes
      ? 'all'
      : flags.proposal === undefined
        ? undefined
        : await workflow.acceptedIn(flags.proposal, sources);
    const progress = this.startProgress('Reading');
    const report = await workflow
      .parameterize({
        sources,
        folder: this.workspaceFolder(flags),
        selection: selectionOf(flags),
        surroundings: this.surroundings,
        ...(accepted === undefined ? {} : { accepted }),
        onProgress: (_environment, done, total) => progress.update(done, total),
      })
      .finally(() => progress.end());
    if (flags.out !== undefined) await workflow.writeProposals(flags.out, report, sources);
    await this.report('parameterize', report, flags.report);
    if (flags.out !== undefined) this.note(`The proposals are in ${flags.out}.`);
    return report;
  }
}
