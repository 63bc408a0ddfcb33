import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/model/json';
import { TRAFFIC_FOLDER } from '../../src/sandbox/http/exchanges';
import type { JournalEntry } from '../../src/sandbox/journal';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../src/sandbox/sandbox';
import { sampleSecret } from '../../src/sandbox/seed';
import { SMALL_SECRETS } from './small-company';
import { WarmProcess, type Ended as Outcome, type Surroundings } from './warm-process';

/*
 * Everything here runs the built command line in a child process, in a temporary folder, against sandboxes of this
 * process over HTTP. Whatever a test looks at, every run is also checked for what must never be in any output: a stack
 * trace, a secret of a seed, colours where no terminal is.
 */

const ROOT = path.resolve(__dirname, '../..');
const CLI = path.join(ROOT, 'bin/run.js');

/** The client secret of the sandbox's clients. */
const CLIENT_SECRET = 'liftlock-sandbox';

/** How one run of the command line ended. */
export interface Ended extends Outcome {
  /** Both outputs, for what may stand in either. */
  readonly text: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of the process; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called when the process runs. */
  readonly started?: (child: ChildProcess) => void;
  /** A shell command line in place of the command line alone; `$LIFTLOCK` stands for it. */
  readonly shell?: string;
  /** In a process of its own, as a user runs it. */
  readonly alone?: boolean;
}

/** Process variables that count when a process starts, or are looked at once. */
const READ_AT_START = /^(?:NODE_|COLUMNS$|FORCE_COLOR$|NO_COLOR$|PATH$)/;

/** For runs that are about nothing but the command: all those of a test file that ask for nothing of the process. */
const warm = new WarmProcess();
afterAll(() => warm.close());

const EVERY_SECRET = [CLIENT_SECRET, ...SMALL_SECRETS, ...sampleSecrets()];

function sampleSecrets(): string[] {
  const names = [
    ...['booking-portal', 'crew-roster', 'timetable', 'deckhand-app', 'fare-engine', 'settlement-job', 'fare-lab'],
    ...['partner-lounge', 'shore-operations', 'loyalty-club', 'harbour-kiosk'],
    ...['harbour-trust', 'google', 'github', 'ferry-alliance', 'payroll'],
  ];
  return (['dev', 'preprod', 'prod'] as const).flatMap((environment) =>
    names.map((name) => sampleSecret(environment, name)),
  );
}

/** Every secret of the seeds that the text holds. */
export function secretsIn(text: string): string[] {
  return EVERY_SECRET.filter((secret) => text.includes(secret));
}

/** Runs the command line to its end: in a process of its own where the options are about the process. */
async function liftlock(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const surroundings = { cwd: options.cwd ?? tmpdir(), env: { ...processVariables(), ...options.env } };
  const outcome = await (warm.isFree && !needsOwn(options)
    ? warm.run(args, surroundings)
    : alone(args, surroundings, options));
  const ended = { ...outcome, text: outcome.stdout + outcome.stderr };
  checkManners(args, ended);
  return ended;
}

function needsOwn({ alone: isAsked, shell, started, env = {} }: RunOptions): boolean {
  const isAboutProcess = isAsked || shell !== undefined || started !== undefined;
  return isAboutProcess || Object.keys(env).some((name) => READ_AT_START.test(name));
}

async function alone(args: readonly string[], surroundings: Surroundings, options: RunOptions): Promise<Outcome> {
  const [program, words] =
    options.shell === undefined
      ? [process.execPath, [CLI, ...args]]
      : ['/bin/bash', ['-c', options.shell.replaceAll('$LIFTLOCK', `'${process.execPath}' '${CLI}'`)]];
  const child = spawn(program, words, { ...surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => (output[name] += chunk));
  }
  options.started?.(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...output };
}

function checkManners(args: readonly string[], { stdout, stderr, text }: Ended): void {
  const about = `liftlock ${args.join(' ')}\n${text}`;
  if (/^\s+at /m.test(text)) throw new Error(`A stack trace was shown by ${about}`);
  if (/inside Liftlock|\[object Object\]|\bundefined\b/.test(text)) throw new Error(`A bug was shown by ${about}`);
  if (`${stdout}${stderr}`.includes('\u001b')) throw new Error(`Control codes were sent by ${about}`);
  const secrets = secretsIn(text);
  if (secrets.length > 0) throw new Error(`${secrets.join(', ')} was shown by ${about}`);
}

/** The process variables of a run: nothing of the machine's settings that could change what is printed. */
function processVariables(): Record<string, string | undefined> {
  const { PATH, TMPDIR, [TRAFFIC_FOLDER]: traffic } = process.env;
  return {
    PATH,
    TMPDIR,
    [TRAFFIC_FOLDER]: traffic,
    HOME: path.join(tmpdir(), 'liftlock-e2e-no-home'),
    LANG: 'C.UTF-8',
    XDG_CACHE_HOME: path.join(tmpdir(), 'liftlock-e2e-cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    ...identity,
    CLIENT_ID: 'liftlock',
    CLIENT_SECRET,
  };
}

const identity = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Runs git and gives back what it printed. */
export function git(cwd: string, ...args: string[]): string {
  const settings = ['-c', 'init.defaultBranch=main', '-c', 'commit.gpgsign=false'];
  const env = { ...process.env, ...identity, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const { status, stdout, stderr } = spawnSync('git', [...settings, ...args], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Temporary folders of a test file, removed at its end. */
export function useFolders(): (name?: string) => Promise<string> {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  return async (name = 'e2e') => {
    const folder = await mkdtemp(path.join(tmpdir(), `liftlock-${name}-`));
    folders.push(folder);
    return folder;
  };
}

/** A sandbox for a test file: back to its seed, without faults and with an empty journal for every test. */
export function useSandbox(options: SandboxOptions): () => RunningSandbox {
  let sandbox: RunningSandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, ...options });
  });
  beforeEach(() => {
    sandbox?.faults.clear();
    sandbox?.reset();
    sandbox?.journal.clear();
  });
  afterAll(async () => sandbox?.close());
  return () => {
    if (!sandbox) throw new Error('The sandbox is not running yet.');
    return sandbox;
  };
}

/** What the file of an environment says, besides its address. */
export type EnvironmentExtras = Readonly<Record<string, unknown>>;

/** A workspace in a folder, and the command line in it. */
export class Workspace {
  constructor(readonly root: string) {}

  /** Runs a command here. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return liftlock(args, { cwd: this.root, ...options });
  }

  /** Runs a command with `--json` and gives back its document. */
  async json<Document = JsonObject>(args: readonly string[], options: RunOptions = {}): Promise<Document> {
    const { stdout } = await this.run([...args, '--json'], options);
    return JSON.parse(stdout) as Document;
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.root, file), 'utf8');
  }

  async write(file: string, text: string): Promise<void> {
    const location = path.join(this.root, file);
    await mkdir(path.dirname(location), { recursive: true });
    await writeFile(location, text);
  }

  /** Changes a file; what is to be replaced has to be there. */
  async edit(file: string, from: string | RegExp, to: string): Promise<void> {
    const text = await this.read(file);
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${String(from)}:\n${text}`);
    await this.write(file, changed);
  }

  remove(file: string): Promise<void> {
    return rm(path.join(this.root, file), { recursive: true, force: true });
  }

  /** Every file with its text, mode and time of change; `.git` and `.liftlock` excepted. */
  async files(): Promise<Map<string, { text: string; mtimeMs: number; mode: number }>> {
    const found = new Map<string, { text: string; mtimeMs: number; mode: number }>();
    for (const file of await this.names()) {
      const { mtimeMs, mode } = await lstat(path.join(this.root, file));
      found.set(file, { text: await this.read(file), mtimeMs, mode: mode & 0o777 });
    }
    return found;
  }

  /** The names of all files, sorted; `.git` and `.liftlock` excepted. */
  async names(under = ''): Promise<string[]> {
    const entries = await readdir(path.join(this.root, under), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)))
      .filter((file) => !/^\.(?:git|liftlock)\//.test(file))
      .sort();
  }

  /** The files of the last run under `.liftlock/runs`. */
  async lastRun(): Promise<{ folder: string; journal: JsonObject[] }> {
    const runs = path.join(this.root, '.liftlock/runs');
    const last = (await readdir(runs)).sort().at(-1) ?? '';
    const lines = (await readFile(path.join(runs, last, 'journal.jsonl'), 'utf8')).trim().split('\n');
    return { folder: path.join(runs, last), journal: lines.map((line) => JSON.parse(line) as JsonObject) };
  }

  /** Puts the workspace under git and commits all of it. */
  commit(message = 'as it is'): string {
    git(this.root, 'init', '-q');
    git(this.root, 'add', '-A');
    git(this.root, 'commit', '-q', '--allow-empty', '-m', message);
    return git(this.root, 'rev-parse', 'HEAD');
  }
}

/** Makes a workspace for environments at the given addresses, lowest first. */
export async function makeWorkspace(
  root: string,
  environments: Readonly<Record<string, string>>,
  extras: EnvironmentExtras = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Workspace> {
  const workspace = new Workspace(root);
  const names = Object.keys(environments);
  await workspace.write('liftlock.yaml', stringify({ product: 'wso2-is', environments: names, ...settings }));
  await workspace.write('.gitignore', '.liftlock/\n');
  for (const [name, url] of Object.entries(environments)) {
    const auth = { type: 'client-credentials', clientId: '{{env:CLIENT_ID}}', clientSecret: '{{env:CLIENT_SECRET}}' };
    await workspace.write(`environments/${name}.yaml`, stringify({ url, auth, ...extras }));
  }
  return workspace;
}

/** Workspaces with what a sandbox has: exported once for a test file, as the environment `dev`, then copied. */
export function useExported(sandbox: () => RunningSandbox): (root: string) => Promise<Workspace> {
  let original: Workspace | undefined;
  const folder = useFolders();
  beforeAll(async () => {
    original = await makeWorkspace(await folder('original'), { dev: sandbox().url });
    const { code, stderr } = await original.run(['export', 'dev']);
    if (code !== 0) throw new Error(stderr);
  });
  return async (root) => {
    await cp(original?.root ?? '', root, { recursive: true });
    return new Workspace(root);
  };
}

/** A request to a sandbox as somebody at the console would make it; it is left out of the journal. */
export async function byHand(sandbox: RunningSandbox, method: string, resource: string, body?: Json): Promise<Json> {
  const before = sandbox.journal.entries();
  const answer = await fetch(`${sandbox.url}/api/server/v1/${resource}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      'content-type': 'application/json',
      // A connection that is kept while a command runs may be closed by the sandbox at the moment of its next use.
      connection: 'close',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status >= 300) throw new Error(`${method} ${resource}: ${answer.status} ${text}`);
  if (before.length === 0) sandbox.journal.clear();
  return text === '' ? null : (JSON.parse(text) as Json);
}

/** The id of an application by its name. */
export async function applicationId(sandbox: RunningSandbox, name: string): Promise<string> {
  const answer = (await byHand(sandbox, 'GET', `applications?filter=${encodeURIComponent(`name eq ${name}`)}`)) as {
    applications?: { id: string }[];
  };
  const id = answer.applications?.[0]?.id;
  if (id === undefined) throw new Error(`There is no application ${name}.`);
  return id;
}

/** Changes an application at the console. */
export async function patchApplication(sandbox: RunningSandbox, name: string, body: JsonObject): Promise<void> {
  await byHand(sandbox, 'PATCH', `applications/${await applicationId(sandbox, name)}`, body);
}

/** The names of the applications that a sandbox has. */
export async function applicationNames(sandbox: RunningSandbox): Promise<string[]> {
  const answer = (await byHand(sandbox, 'GET', 'applications?limit=100')) as { applications: { name: string }[] };
  return answer.applications.map(({ name }) => name).sort();
}

/** `POST /applications` and the like, for comparison. */
export function requestLines(entries: readonly JournalEntry[]): string[] {
  return entries.map(({ method, path: where }) => `${method} ${where.replace(/^.*\/api\/server\/v1/, '')}`);
}
