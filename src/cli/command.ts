import { resolve } from 'node:path';
import { Command, type Interfaces } from '@oclif/core';
import type { ReportData, ReportKind } from '../reports/report';
import { confirm, type Answer } from './confirm';
import { endingOf } from './ending';
import { globalFlags } from './flags';
import { interruptible, type Interruption } from './interrupt';
import { failure } from '../model/problem';
import { lazy } from './lazy';
import { printEnding, printJson } from './print';
import { startProgress, type Progress } from './progress';
import { terminalStyle, type TerminalStyle } from './style';

/**
 * What all commands have in common: global flags, `--json`, how they end, and how they speak. Data goes to stdout,
 * everything else to stderr. The exit code is set, never forced, so that all output is written.
 */
export abstract class LiftlockCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = globalFlags;

  /** Secrets that this run knows of; whatever is said about an error, they are not part of it. */
  protected readonly secrets = new Set<string>();

  private interruption: Interruption | undefined;
  private isFull = false;

  override async init(): Promise<void> {
    if (this.argv.includes('--no-color')) process.env['NO_COLOR'] = '1';
    await super.init();
  }

  /** An empty value is most often a variable of the shell that is not set, and would mean the current folder. */
  protected override async parse<
    F extends Record<string, unknown>,
    B extends Record<string, unknown>,
    A extends Record<string, unknown>,
  >(options?: Interfaces.Input<F, B, A>, argv = this.argv): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv);
    this.isFull = parsed.flags['full'] === true;
    const flag = Object.entries(parsed.flags).find(([, value]) => [value].flat().includes(''))?.[0];
    const names = Object.keys(options?.args ?? {});
    const position = parsed.argv.indexOf('');
    const empty = flag === undefined ? names[Math.min(position, names.length - 1)] : `--${flag}`;
    if (empty === undefined) return parsed;
    throw failure('usage', `${flag === undefined ? `"${empty}"` : empty} is empty`, {
      hint: 'Give it a value, or leave it out; perhaps a variable of the shell is not set.',
    });
  }

  /** Aborted when the user interrupts the command. */
  protected get interrupted(): AbortSignal {
    this.interruption ??= interruptible();
    return this.interruption.signal;
  }

  /** The folder of the workspace as an absolute path. */
  protected workspaceFolder(flags: { workspace: string }): string {
    return resolve(flags.workspace);
  }

  /** Writes text for people to stdout; nothing with `--json`. */
  protected print(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(text);
  }

  /** Writes a note to stderr, also with `--json`. */
  protected note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** How text on stdout is to look. */
  protected get style(): TerminalStyle {
    return this.styleOf(process.stdout);
  }

  protected styleOf(stream: NodeJS.WriteStream): TerminalStyle {
    const style = terminalStyle(stream, process.env);
    return { ...style, full: style.full || this.isFull };
  }

  /** Tells progress on stderr when a person watches. */
  protected startProgress(title: string): Progress {
    const isWatched = process.stderr.isTTY && !this.jsonEnabled() && !process.env['CI'];
    return startProgress(title, { stream: process.stderr, live: isWatched });
  }

  /** Asks before something grave; see confirm. */
  protected confirm(question: string, flags: { 'no-input': boolean }): Promise<Answer> {
    return confirm(question, { noInput: flags['no-input'] || this.jsonEnabled() });
  }

  /** Refuses report files of unknown formats; to be called before the work starts. */
  protected checkReports(files: readonly string[] = []): void {
    for (const file of files) lazy.reportFiles().checkReportFile(file);
  }

  /** Prints a report as text (nothing with `--json`) and writes the report files asked for. */
  protected async report<Kind extends ReportKind>(
    kind: Kind,
    data: ReportData[Kind],
    files: readonly string[] = [],
  ): Promise<void> {
    if (!this.jsonEnabled()) {
      const report = lazy.reportKinds().reportOf(kind, data);
      this.print(lazy.terminal().renderTerminal(report, this.style));
    }
    for (const file of files) await lazy.reportFiles().writeReport(file, data, kind);
  }

  /** Every failure ends here: as text, or as a JSON document in place of the result. */
  protected override async catch(error: Error): Promise<void> {
    // Oclif warns about arguments that were not parsed, also when that is what failed.
    this.parsed = true;
    const command = [this.config.bin, ...(this.id ?? '').split(':')].join(' ').trim();
    const debug = process.env['LIFTLOCK_DEBUG'] === '1';
    printEnding(endingOf(error, { secrets: this.secrets, command, debug }), this.jsonEnabled());
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.interruption?.dispose();
    await super.finally(error);
  }

  protected override toSuccessJson(result: unknown): object {
    return typeof result === 'object' && result !== null ? result : { result };
  }

  protected override logJson(json: unknown): void {
    if (typeof json === 'object' && json !== null) printJson(json);
  }
}
