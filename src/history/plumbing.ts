import { gitEnvironment, GIT_SETTINGS } from './environment';
import { gitFailure } from './failures';

/** Runs a git command that reads standard input; its output without the last line break, or LiftlockError. */
export async function gitWithInput(
  folder: string,
  args: readonly string[],
  input: string,
  doing: string,
): Promise<string> {
  const { spawn } = await import('node:child_process');
  const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, ...args], { cwd: folder, env: gitEnvironment(process.env) });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  // A command that ends before it has read everything says why on standard error.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(gitFailure(doing, error.message)));
    child.on('close', (code) => (code === 0 ? resolve(output.trimEnd()) : reject(gitFailure(doing, errors || output))));
  });
}
