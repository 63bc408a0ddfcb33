import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { WarmProcess, type Surroundings } from '../e2e/warm-process';
import { ROOT } from './pages';

const RUN = path.join(ROOT, 'bin/run.js');

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs commands of the built command line one after the other, in one process: the pages show many. */
export class CommandLine {
  private readonly process = new WarmProcess();

  async run(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
    const { code, stdout, stderr } = await this.process.run(args, surroundings);
    return { code: code ?? -1, output: stdout + stderr };
  }

  close(): void {
    this.process.close();
  }
}

/** How the sandbox says that it runs, as text and as JSON. */
const RUNNING = /is running|\}\]\}\n/;

/** Starts a command that runs until Ctrl-C, sends that once it says that it runs, and tells how it ended. */
export function runUntilInterrupted(args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [RUN, ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const isFirst = !RUNNING.test(output);
      output += chunk.toString('utf8');
      if (isFirst && RUNNING.test(output)) child.kill('SIGINT');
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** Runs git, with an author. */
export function git(args: readonly string[], cwd: string): Ended {
  const identity = ['user.name=Docs', 'user.email=docs@example.com', 'commit.gpgsign=false', 'init.defaultBranch=main'];
  const options = identity.flatMap((setting) => ['-c', setting]);
  const { status, stdout, stderr } = spawnSync('git', [...options, ...args], { cwd, encoding: 'utf8' });
  return { code: status ?? -1, output: stdout + stderr };
}

/** Does what `curl` with -X and -d does, for machines without it; code 22 as with --fail. */
export async function curl(words: readonly string[]): Promise<Ended> {
  const valueOf = (flag: string): string | undefined => {
    const at = words.indexOf(flag);
    return at < 0 ? undefined : words[at + 1];
  };
  const url = words.find((word) => /^https?:/.test(word)) ?? '';
  const answer = await fetch(url, { method: valueOf('-X') ?? 'GET', body: valueOf('-d') });
  return { code: answer.ok ? 0 : 22, output: await answer.text() };
}
