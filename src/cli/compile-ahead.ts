import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isCompiled } from './compiled-code';

const START = path.resolve(__dirname, '../../bin/run.js');
const PROGRAM = path.resolve(__dirname, '../liftlock.js');

/** Everyday commands, in an order in which each has something to work on. */
const RUNS = [
  ['export', 'dev'],
  ['lint'],
  ['plan', 'dev'],
  ['diff', 'dev', 'preprod'],
  ['apply', 'preprod', '--yes', '--kind', 'application'],
  ['drift', 'preprod'],
] as const;

interface Server {
  readonly environment: string;
  readonly url: string;
}

/**
 * Part of the build: runs the everyday commands once against the sandbox, so that what they need is compiled before the
 * first of them is used (see compiled-code.ts). A machine that refuses servers gets a program that starts slower.
 */
async function compileAhead(): Promise<void> {
  if ('enableCompileCache' in module || isDone()) return;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'liftlock-build-'));
  const sandbox = spawn(process.execPath, [START, 'sandbox', 'start', '--port', '0', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(sandbox, 'exit');
  try {
    await writeWorkspace(folder, await serversOf(sandbox));
    for (const args of RUNS) spawnSync(process.execPath, [START, ...args], { cwd: folder, stdio: 'ignore' });
  } finally {
    sandbox.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function isDone(): boolean {
  return ['sandbox', ...RUNS.map(([command]) => command)].every((command) => isCompiled(PROGRAM, command));
}

/** The servers of a sandbox, once they listen; none when it ends without. */
async function serversOf({ stdout }: { stdout: Readable }): Promise<readonly Server[]> {
  for await (const line of createInterface(stdout)) {
    return (JSON.parse(line) as { servers: readonly Server[] }).servers;
  }
  return [];
}

async function writeWorkspace(folder: string, servers: readonly Server[]): Promise<void> {
  const names = servers.map(({ environment }) => environment).join(', ');
  await mkdir(path.join(folder, 'environments'));
  await writeFile(path.join(folder, 'liftlock.yaml'), `product: wso2-is\nenvironments: [${names}]\n`);
  const auth = 'auth: { type: client-credentials, clientId: liftlock, clientSecret: liftlock-sandbox }';
  for (const { environment, url } of servers) {
    await writeFile(path.join(folder, `environments/${environment}.yaml`), `url: ${url}\n${auth}\n`);
  }
}

compileAhead().catch((error: unknown) => {
  process.stderr.write(`Nothing was compiled ahead, so the first runs start slower: ${String(error)}\n`);
});
