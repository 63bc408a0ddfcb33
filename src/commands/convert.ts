import { Args, Flags } from '@oclif/core';
import { WorkflowCommand } from '../cli/workflow-command';
import { reportFlags } from '../cli/flags';
import { lazy } from '../cli/lazy';
import { lazyWorkflows } from '../cli/workflows';
import { EXIT, failure } from '../model/problem';
import type { ConvertReport } from '../model/report';

export default class ConvertCommand extends WorkflowCommand {
  static override summary = 'Turn files that the product exported into artifacts, and back.';
  static override description = `Reads service provider, identity provider and claim dialect files (XML of both
dialects, YAML, JSON) and writes artifacts. Placeholders and comments of an
artifact's file stay wherever the value behind them is unchanged. Secrets are
written as {{secret:NAME}}, never as values. Whatever a file has and an
artifact cannot hold is named.

With --to xml, yaml or json it goes the other way: PATH then names artifacts
of the workspace.

Each file is converted as a whole or not at all; one that cannot be read does
not stop the others.

Exit codes: 0 all converted, 1 a file could not be read or written.`;
  static override examples = [
    '<%= config.bin %> convert exports/portal.xml',
    '<%= config.bin %> convert exports --env dev',
    '<%= config.bin %> convert portal.xml --out -',
    '<%= config.bin %> convert artifacts/applications/Timetable.yaml --to xml --env prod',
  ];
  static override strict = false;
  static override args = {
    path: Args.string({ required: true, description: 'file or folder; may be repeated' }),
  };
  static override flags = {
    ...reportFlags,
    out: Flags.string({ helpValue: 'DIR|-', summary: 'Write to a folder, or to standard output.' }),
    to: Flags.option({ options: ['artifacts', 'xml', 'yaml', 'json'] as const, default: 'artifacts' as const })({
      summary: 'What to write.',
    }),
    dialect: Flags.option({ options: ['export', 'exportFile'] as const })({
      summary: 'Dialect of --to xml: of every version (default), or of 7.0 and later.',
    }),
    format: Flags.option({ options: ['xml', 'yaml', 'json'] as const })({
      summary: 'Format of the files to read, where their names do not say it.',
    }),
    env: Flags.string({
      helpValue: 'ENV',
      summary: 'Environment that the files are from; with --to, the one to write them for.',
    }),
    name: Flags.string({ helpValue: 'NAME', summary: 'Name for a file that has none, such as a template.' }),
    force: Flags.boolean({ summary: 'Overwrite files that are something else.' }),
  };

  async run(): Promise<ConvertReport> {
    const { argv, flags } = await this.parse(ConvertCommand);
    this.checkReports(flags.report);
    const { out, to, dialect = 'export', format, env, name, force } = flags;
    refuseUseless(flags);
    const { report, text } = await lazyWorkflows.convert().convert({
      folder: this.workspaceFolder(flags),
      from: process.cwd(),
      paths: argv.map(String),
      to,
      dialect,
      force,
      variables: process.env,
      ...(out === undefined ? {} : { out }),
      ...(format === undefined ? {} : { format }),
      ...(env === undefined ? {} : { environment: env }),
      ...(name === undefined ? {} : { name }),
    });
    if (text === '') await this.report('convert', report, flags.report);
    else await this.reportBeside(text, report, flags.report);
    if (lazyWorkflows.convert().hasFailed(report)) process.exitCode = EXIT.error;
    return report;
  }

  /** With the result on standard output, the report goes to standard error. */
  private async reportBeside(text: string, report: ConvertReport, files: readonly string[] = []): Promise<void> {
    this.print(text);
    if (!this.jsonEnabled()) {
      process.stderr.write(
        lazy.terminal().renderTerminal(lazy.reportKinds().reportOf('convert', report), this.styleOf(process.stderr)),
      );
    }
    for (const file of files) await lazy.reportFiles().writeReport(file, report, 'convert');
  }
}

/** Flags that would do nothing in this direction: doing it all the same would look like success. */
function refuseUseless(flags: { to: string; dialect?: string; format?: string; name?: string }): void {
  const refuse = (flag: string, needs: string): never => {
    throw failure('usage', `${flag} does nothing here`, { hint: `It goes ${needs} only.` });
  };
  if (flags.dialect !== undefined && flags.to !== 'xml') refuse('--dialect', 'with --to xml');
  if (flags.to === 'artifacts') return;
  if (flags.format !== undefined) refuse('--format', 'without --to');
  if (flags.name !== undefined) refuse('--name', 'without --to');
}
