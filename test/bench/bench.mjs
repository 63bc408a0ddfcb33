// Measures export, plan and apply of the built command line against a sandbox that answers after 20 ms.
// Prints a table and writes the figures as JSON. Usage: node test/bench/bench.mjs [sizes, such as 100,1000] [output file]
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { startSandbox } = createRequire(import.meta.url)(path.join(root, 'dist/sandbox/sandbox.js'));
const cli = path.join(root, 'bin/run.js');
const ANSWER_MS = 20;
const CONCURRENCY = 8;

const sizes = (process.argv[2] ?? '100,1000,5000').split(',').map(Number);
const output = process.argv[3] ?? path.join(os.tmpdir(), 'liftlock-bench.json');

function application(index) {
  const name = `App ${String(index).padStart(5, '0')}`;
  return {
    name,
    description: `Application number ${index} of the benchmark`,
    accessUrl: `https://app${index}.example`,
    inboundProtocolConfiguration: {
      oidc: {
        clientId: `client-${index}`,
        grantTypes: ['authorization_code', 'refresh_token'],
        callbackURLs: [`regexp=(https://app${index}.example/cb|https://m.app${index}.example/cb)`],
        allowedOrigins: [`https://app${index}.example`],
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
      },
    },
    claimConfiguration: {
      dialect: 'LOCAL',
      requestedClaims: ['emailaddress', 'givenname', 'lastname'].map((claim) => ({
        claim: { uri: `http://wso2.org/claims/${claim}` },
        mandatory: false,
      })),
    },
  };
}

async function fill(sandbox, count) {
  const headers = {
    authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'content-type': 'application/json',
  };
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      const answer = await fetch(`${sandbox.url}/api/server/v1/applications`, {
        method: 'POST',
        headers,
        body: JSON.stringify(application(index)),
      });
      if (answer.status !== 201) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

async function workspace(url) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'liftlock-bench-'));
  await mkdir(path.join(folder, 'environments'));
  await writeFile(
    path.join(folder, 'liftlock.yaml'),
    'product: wso2-is\nenvironments: [bench]\nkinds: [application]\n',
  );
  await writeFile(
    path.join(folder, 'environments/bench.yaml'),
    `url: ${url}\nauth: { type: client-credentials, clientId: liftlock, clientSecret: liftlock-sandbox }\n`,
  );
  return folder;
}

/** Runs the command line; wall time, peak memory (Linux: the high-water mark that the kernel keeps) and exit code. */
function run(folder, args) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let peak = 0;
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    const timer = setInterval(() => (peak = Math.max(peak, highWaterMark(child.pid))), 20);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code !== 0) reject(new Error(`liftlock ${args.join(' ')} ended with ${code}\n${text.slice(-2000)}`));
      else resolve({ seconds, peakMegabytes: peak });
    });
  });
}

function highWaterMark(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

async function measure(sandbox, folder, name, applications, args) {
  sandbox.journal.clear();
  const { seconds, peakMegabytes } = await run(folder, args);
  const requests = sandbox.journal.entries().length;
  const writes = sandbox.journal.writes().length;
  const floor = (requests * ANSWER_MS) / 1000 / CONCURRENCY;
  return { job: name, applications, requests, writes, seconds, floor, ratio: seconds / floor, peakMegabytes };
}

async function touchEveryTenth(folder) {
  const files = path.join(folder, 'artifacts/applications');
  const names = (await readdir(files)).filter((_, index) => index % 10 === 0);
  for (const name of names) {
    const file = path.join(files, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('of the benchmark', 'of the benchmark, changed'));
  }
}

async function bench(count) {
  const sandbox = await startSandbox({ port: 0, latencyMs: ANSWER_MS });
  const rows = [];
  await fill(sandbox, count);
  const folder = await workspace(sandbox.url);
  try {
    rows.push(await measure(sandbox, folder, 'export', count, ['export', 'bench']));
    rows.push(await measure(sandbox, folder, 'plan, unchanged', count, ['plan', 'bench']));
    await touchEveryTenth(folder);
    rows.push(await measure(sandbox, folder, 'apply, 10 % changed', count, ['apply', 'bench', '--yes']));
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

async function medianSeconds(file, args, runs = 15) {
  const times = [];
  for (let index = 0; index < runs; index += 1) {
    const started = process.hrtime.bigint();
    await promisify(execFile)(file, args);
    times.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

async function startUp() {
  const node = await medianSeconds(process.execPath, ['-e', '0']);
  const version = await medianSeconds(process.execPath, [cli, '--version']);
  const help = await medianSeconds(process.execPath, [cli, '--help']);
  return { node, version, help, versionRatio: version / node, helpRatio: help / node };
}

const rows = [];
for (const size of sizes) rows.push(...(await bench(size)));
const start = await startUp();

const cell = (value, width) => String(value).padStart(width);
console.log('job                    apps  requests  writes     wall    floor  ratio    peak');
for (const row of rows) {
  console.log(
    `${row.job.padEnd(20)}${cell(row.applications, 7)}${cell(row.requests, 10)}${cell(row.writes, 8)}` +
      `${cell(`${row.seconds.toFixed(2)} s`, 9)}${cell(`${row.floor.toFixed(2)} s`, 9)}${cell(row.ratio.toFixed(2), 7)}` +
      `${cell(`${Math.round(row.peakMegabytes)} MB`, 8)}`,
  );
}
console.log(
  `start-up: node -e 0 ${(start.node * 1000).toFixed(0)} ms, liftlock --version ${(start.version * 1000).toFixed(0)} ms ` +
    `(${start.versionRatio.toFixed(2)}×), liftlock --help ${(start.help * 1000).toFixed(0)} ms (${start.helpRatio.toFixed(2)}×)`,
);
await writeFile(
  output,
  `${JSON.stringify({ answerMilliseconds: ANSWER_MS, concurrency: CONCURRENCY, rows, startUp: start }, null, 2)}\n`,
);
console.log(`figures: ${output}`);
