import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './pages';

const RUN = path.join(ROOT, 'bin/run.js');

export interface Ended {
  readonly code: number;
  readonly output: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The program of a process that runs the built command line again and again: most of the time of a command is its
 * start, and the pages show many.
 */
const RUNNER = `
  const { main } = require(${JSON.stringify(path.join(ROOT, 'dist/cli/main.js'))});
  process.setMaxListeners(0);
  process.stdout.setMaxListeners(0);
  process.stderr.setMaxListeners(0);
  let output = '';
  const keep = (chunk, encoding, done) => {
    output += chunk;
    (done ?? (typeof encoding === 'function' ? encoding : () => {}))();
    return true;
  };
  process.stdout.write = keep;
  process.stderr.write = keep;
  process.on('message', async ({ args, cwd, env }) => {
    Object.assign(process.env, env);
    process.chdir(cwd);
    process.argv = [process.execPath, ${JSON.stringify(RUN)}, ...args];
    process.exitCode = undefined;
    output = '';
    await main({ root: ${JSON.stringify(path.dirname(RUN))} });
    process.send({ code: Number(process.exitCode ?? 0), output });
  });
`;

/** Runs commands of the built command line one after the other. */
export class CommandLine {
  private readonly child: ChildProcess = spawn(process.execPath, ['-e', RUNNER], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

  private ended: Error | undefined;

  constructor() {
    this.child.setMaxListeners(0);
    this.child.once('exit', (code) => (this.ended = new Error(`the runner ended with ${code}`)));
  }

  run(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
    const { child, ended } = this;
    if (ended) return Promise.reject(ended);
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new Error('the runner ended; is dist/ there?'));
      child.once('exit', lost);
      child.once('message', (message) => {
        child.off('exit', lost);
        resolve(message as Ended);
      });
      child.send({ args, ...surroundings });
    });
  }

  close(): void {
    this.child.kill();
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
