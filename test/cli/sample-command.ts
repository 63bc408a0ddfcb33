import { join } from 'node:path';
import { Args, Config, Flags } from '@oclif/core';
import { LiftlockCommand } from '../../src/cli/command';
import { reportFlags, selectionFlags, selectionOf } from '../../src/cli/flags';
import { failure } from '../../src/model/problem';
import { plan } from '../reports/samples';

export const SECRET = 'hunter2-secret';

/** A command that can end in every way. */
export class SampleCommand extends LiftlockCommand {
  static override id = 'sample';
  static override args = { environment: Args.string({ required: true }) };
  static override flags = { ...selectionFlags, ...reportFlags, end: Flags.string(), number: Flags.integer() };

  /** Without loading oclif's configuration: that imports ES modules, which jest cannot. */
  static async start(argv: string[]): Promise<unknown> {
    const config = new Config({ root: join(__dirname, '../..') });
    config.bin = 'liftlock';
    config.pjson = { name: 'liftlock', version: '0.0.0', oclif: {} };
    config.topicSeparator = ' ';
    config.runHook = () => Promise.resolve({ failures: [], successes: [] });
    return new SampleCommand(argv, config)._run();
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(SampleCommand);
    this.secrets.add(SECRET);
    this.checkReports(flags.report);
    await this.end(flags.end, flags);
    return { environment: args.environment, selection: selectionOf(flags), folder: this.workspaceFolder(flags) };
  }

  private async end(way: string | undefined, flags: { 'no-input': boolean; report?: string[] }): Promise<void> {
    if (way === 'failure') throw failure('some-code', `It failed with ${SECRET}.`, { hint: `Not ${SECRET}.` });
    if (way === 'bug') throw new TypeError(`no x of ${SECRET}\nsecond line, https://user:pw@host/`);
    if (way === 'exit') this.exit(2);
    if (way === 'pipe') throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
    if (way === 'denied')
      throw Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES', syscall: 'open' });
    if (way === 'confirm') this.print(`${await this.confirm('Sure?', flags)}\n`);
    if (way === 'report') await this.report('plan', plan, flags.report);
    if (way === 'interrupt') await this.waitForSignal();
    if (way === 'progress') this.startProgress('Reading').update(1, 2);
  }

  private waitForSignal(): Promise<never> {
    const signal = this.interrupted;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      process.emit('SIGINT');
    });
  }
}
