import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { selectionFlags, selectionOf } from '../cli/flags';
import { lazyWorkflows } from '../cli/workflows';
import type { RenderedDocument } from '../workflows/render-job';

export default class RenderCommand extends WorkflowCommand {
  static override summary = 'Show the files as an environment would get them, secrets masked.';
  static override examples = [
    '<%= config.bin %> render prod',
    "<%= config.bin %> render prod 'application/Booking Portal'",
    "<%= config.bin %> render prod 'application/Booking Portal' --explain",
  ];
  static override args = {
    environment: Args.string({ required: true, description: 'environment whose values are used' }),
    artifact: Args.string({ description: 'one artifact, as kind/key; * stands for any text' }),
  };
  static override flags = {
    explain: Flags.boolean({ summary: 'Say of every value which file, line, variable or override it comes from.' }),
    ...selectionFlags,
  };

  async run(): Promise<RenderedDocument> {
    const { args, flags } = await this.parse(RenderCommand);
    const selection = selectionOf(flags);
    const only = args.artifact === undefined ? selection.only : [...(selection.only ?? []), args.artifact];
    const rendered = await lazyWorkflows.render().renderEnvironment({
      folder: this.workspaceFolder(flags),
      environment: args.environment,
      selection: { ...selection, only: only ?? [] },
      variables: process.env,
      explain: flags.explain,
    });
    this.print(rendered.text);
    return rendered.document;
  }
}
