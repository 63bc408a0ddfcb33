import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { blocksOf, commandsOf, ROOT, shellWords } from '../../docs/pages';
import { useFolders, Workspace } from '../../e2e/harness';
import { realServers } from './servers';

const PAGE = 'docs/real-server.md';
const SHOWN_PORT = '9543';
/** The address of a server that cannot be on this port: dev is. */
const occupied = new URL(realServers().dev.url).port;
const folder = useFolders();

/** The command that starts a server, on another port than the page shows and as from the given folder. */
function start(command: string, port: string, cwd: string): ChildProcess {
  const [program = '', ...args] = shellWords(command.replace(SHOWN_PORT, port));
  const env = { ...process.env, INIT_CWD: cwd };
  // npm sets INIT_CWD itself, to the folder where it was called: the script alone is what npm runs.
  const isNpm = program === 'npm' && args[0] === 'run' && args[1] === 'wso2';
  expect({ command, isNpm }).toEqual({ command, isNpm: true });
  return spawn(process.execPath, [path.join(ROOT, 'scripts/wso2/start.mjs'), ...args.slice(3)], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a process prints until a pattern is in it, or until its end. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        if (pattern.test(text)) resolve(text);
      });
    }
    child.once('close', () => resolve(text));
  });
}

async function freePort(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

test('a server is started, used and ended as the page says', async () => {
  const workspace = new Workspace(await folder('real-page'));
  const port = await freePort();
  const [[startCommand = ''] = [], ...blocks] = commandsOf(PAGE);
  const server = start(startCommand, port, workspace.root);
  const closed = once(server, 'close');
  try {
    const said = await printed(server, /Ctrl-C/);
    expect(said).toContain(`is running: https://localhost:${port}`);
    const pid = Number(/process +(\d+)/.exec(said)?.[1]);
    for (const { info, text } of blocksOf(PAGE)) {
      const name = info === 'yaml' ? /^# (.+\.yaml)\n/.exec(text)?.[1] : undefined;
      if (name === undefined || name.startsWith('artifacts/')) continue;
      mkdirSync(path.dirname(path.join(workspace.root, name)), { recursive: true });
      writeFileSync(path.join(workspace.root, name), text.replace(SHOWN_PORT, port));
    }
    const [first = [], second = []] = blocks;
    for (const command of first) expect(await run(workspace, command)).toEqual({ command, code: 0 });
    const artifact = blocksOf(PAGE).find(({ text }) => text.startsWith('# artifacts/'))?.text ?? '';
    await workspace.write('artifacts/applications/Travel Portal.yaml', artifact);
    workspace.commit();
    for (const command of second) expect(await run(workspace, command)).toEqual({ command, code: 0 });
    server.kill('SIGINT');
    expect(await closed).toEqual([0, null]);
    expect(isAlive(pid)).toBe(false);
  } finally {
    server.kill('SIGKILL');
  }
});

/** Runs a command of the page; where it asks, the answer is yes. */
async function run(workspace: Workspace, command: string): Promise<{ command: string; code: number | null }> {
  const [, program, ...args] = shellWords(command);
  expect(program).toBe('liftlock');
  const { code } = await workspace.run([...args, ...(args[0] === 'apply' ? ['--yes'] : [])]);
  return { command, code };
}

test('a server ends by itself when the process that started it is killed', async () => {
  const parent = start('npm run wso2 -- --port 9543', await freePort(), await folder('real-killed'));
  const children = `/proc/${parent.pid}/task/${parent.pid}/children`;
  let pid = 0;
  while (pid === 0) {
    pid = readFileSync(children, 'utf8').trim().split(' ').map(Number).find(isJavaServer) ?? 0;
    await turn();
  }
  parent.kill('SIGKILL');
  await once(parent, 'close');
  while (isAlive(pid)) await turn();
});

function isJavaServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('org.wso2.carbon.bootstrap.Bootstrap');
  } catch {
    return false;
  }
}

/** Lets the processes go on for a moment. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));

test('a port that is in use is refused, with what to do', async () => {
  const refused = start(`npm run wso2 -- --port ${SHOWN_PORT}`, occupied, await folder('real-occupied'));
  expect(await printed(refused, /in use.*\n/)).toContain(`Port ${occupied} is in use: choose another one.`);
  if (refused.exitCode === null) await once(refused, 'close');
  expect(refused.exitCode).toBe(1);
});
