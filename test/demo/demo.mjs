// Tells the story of a promotion on the terminal with the real command line and the embedded sandbox.
// Works in a temporary copy of the sample workspace, ends what it started and leaves nothing behind.
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'bin/run.js');
const { sampleSecret } = createRequire(import.meta.url)(path.join(root, 'dist/sandbox/seed'));
const width = Math.min(process.stdout.columns ?? 80, 100);
const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

let sandbox;
let folder;

function say(text) {
  const words = text.split(' ');
  const lines = [''];
  for (const word of words) {
    if (lines.at(-1).length + word.length > width - 4) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) ? ' ' : ''}${word}`;
  }
  console.log(`\n${lines.map((line) => paint('36;1', `# ${line}`)).join('\n')}`);
}

/** The secrets of the sample company as process variables, as a pipeline would get them from its secret store. */
function secretVariables() {
  const holders = { CLIENTSECRET: ['harbour-trust', 'google', 'github', 'ferry-alliance'], SCIM_PASSWORD: ['payroll'] };
  const variables = {};
  for (const environment of ['dev', 'preprod', 'prod']) {
    for (const [suffix, names] of Object.entries(holders)) {
      for (const name of names) {
        const variable = `${environment}_${name}_${suffix}`.toUpperCase().replaceAll('-', '_');
        variables[variable] = sampleSecret(environment, name);
      }
    }
  }
  return variables;
}

/** Runs a liftlock command in the workspace and shows it as a person would type it. */
function liftlock(args, expected = 0) {
  console.log(paint('1', `$ liftlock ${args.join(' ')}`));
  const ended = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      ...secretVariables(),
      GIT_AUTHOR_NAME: 'Demo',
      GIT_AUTHOR_EMAIL: 'demo@example.com',
      GIT_COMMITTER_NAME: 'Demo',
      GIT_COMMITTER_EMAIL: 'demo@example.com',
      COLUMNS: String(width),
      ...(colour ? { FORCE_COLOR: '1' } : {}),
    },
  });
  if (ended.status !== expected)
    throw new Error(`"liftlock ${args.join(' ')}" ended with exit code ${ended.status}, expected ${expected}`);
  if (expected !== 0) console.log(paint('2', `(exit code ${ended.status})`));
}

function git(...args) {
  const identity = [
    '-c',
    'user.name=Demo',
    '-c',
    'user.email=demo@example.com',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'init.defaultBranch=main',
  ];
  const ended = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`);
}

/** Starts the sandbox on free ports and waits until it says where it listens. */
function startSandbox() {
  sandbox = spawn(process.execPath, [cli, 'sandbox', 'start', '--port', '0', '--json'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    sandbox.on('error', reject);
    sandbox.on('exit', (code) => reject(new Error(`the sandbox ended with exit code ${code}`)));
    sandbox.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((candidate) => candidate.startsWith('{') && candidate.endsWith('}'));
      if (line) resolve(JSON.parse(line).servers);
    });
  });
}

async function workspace() {
  folder = await mkdtemp(path.join(os.tmpdir(), 'liftlock-demo-'));
  for (const part of ['liftlock.yaml', 'environments', 'artifacts', 'schemas', '.gitignore']) {
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  }
}

async function pointAt(servers) {
  for (const { environment, url } of servers) {
    const file = path.join(folder, 'environments', `${environment}.yaml`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^url: .*$/m, `url: ${url}`));
  }
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'The configuration as it was last week');
}

const headers = {
  authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
  'content-type': 'application/json',
};

/** Changes one application in a server's own console, so to say. */
async function changeByHand(server, name, body) {
  const found = await (
    await fetch(`${server.url}/api/server/v1/applications?filter=${encodeURIComponent(`name eq ${name}`)}`, { headers })
  ).json();
  const answer = await fetch(`${server.url}/api/server/v1/applications/${found.applications[0].id}`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`changing ${name} by hand: ${answer.status} ${await answer.text()}`);
}

async function writesOf(server) {
  const journal = await (await fetch(`${server.url}/sandbox/journal`)).json();
  return journal.filter(
    (entry) => !/\/oauth2\/token/.test(entry.path) && ['POST', 'PUT', 'PATCH', 'DELETE'].includes(entry.method),
  ).length;
}

async function story() {
  await workspace();
  const servers = await startSandbox();
  await pointAt(servers);
  const byName = new Map(servers.map((server) => [server.environment, server]));
  const [preprod, prod] = [byName.get('preprod'), byName.get('prod')];

  say(
    'Aldermere Boats runs three servers. In preprod, a colleague has just switched off the login consent of the Partner Lounge in the console.',
  );
  await changeByHand(preprod, 'Partner Lounge', { advancedConfigurations: { skipLoginConsent: true } });
  say(
    'Export preprod into files. Placeholders and comments of the files stay; only what really changed is written, and committed.',
  );
  liftlock(['export', 'preprod', '--commit']);
  say('What differs between preprod and prod? Host names and client ids are variables, so they are not news.');
  liftlock(['diff', 'preprod', 'prod'], 2);
  say('What would be written to prod? Nothing is, yet.');
  liftlock(['plan', 'prod']);
  say('Promote: export preprod, plan prod with prod’s values, apply, read back, verify.');
  liftlock(['promote', 'preprod', 'prod', '--yes']);
  const before = await writesOf(prod);
  say('Plan again: prod is as the files say.');
  liftlock(['plan', 'prod', '--exit-code']);
  const after = await writesOf(prod);
  console.log(
    paint(
      '32',
      `The request journal of prod: ${before} writes by the promotion, ${after - before} by the second plan.`,
    ),
  );
  if (after !== before || before === 0) throw new Error('the second plan must not write, and the promotion must have');
  say('At night somebody switches the consent back on and rewrites the description in prod, behind Liftlock’s back …');
  await changeByHand(prod, 'Partner Lounge', {
    advancedConfigurations: { skipLoginConsent: false },
    description: 'Changed by hand',
  });
  say('… and the nightly drift check finds it: exit code 2 and a report that says who moved.');
  liftlock(['drift', 'prod'], 2);
  say('That is the whole lift. Nothing is left behind: the sandbox ends now.');
}

async function end() {
  sandbox?.removeAllListeners('exit');
  if (sandbox && sandbox.exitCode === null) {
    const closed = new Promise((resolve) => sandbox.once('close', resolve));
    sandbox.kill('SIGTERM');
    await closed;
  }
  if (folder) await rm(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(130)));
try {
  await readdir(path.join(root, 'dist'));
  await story();
} catch (error) {
  console.error(`\nThe demo could not be finished: ${error.message}`);
  process.exitCode = 1;
} finally {
  await end();
}
