// Runs the tests of test/real against servers that run the product's own code: `npm run test:wso2 [-- --repeat N] [-- jest options]`.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble, cacheFolder, levels } from './assembly.mjs';
import { shippedBy } from './fresh.mjs';
import { MissingRequirement, requirePrograms } from './programs.mjs';
import { startServer } from './server.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LEAST = 'test/real/wso2/least-exchanges.json';
/** The servers by the names that tests know them by, where their level can be put together. */
const SERVERS = { dev: '6.0', prod: '6.0', level70: '7.0' };

const SIGNALS = ['SIGINT', 'SIGTERM'];

const say = (text) => console.error(`wso2: ${text}`);
const seconds = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/** Tests of races, which need servers that never used anything: --repeat runs them again, on new servers each time. */
const REPEATED = ['test/real/wso2/repeated', 'test/real/wso2/sample-company'];

/** The process of the tests that run, to be ended with the servers. */
let tests;

try {
  const { repeat, jestOptions } = parseArguments(process.argv.slice(2));
  requirePrograms();
  process.exitCode = await runAll(repeat, jestOptions);
} catch (error) {
  const isSkipped = error instanceof MissingRequirement && process.env.LIFTLOCK_LANES === 'optional';
  say(isSkipped ? `skipped: ${error.message}` : error.message);
  if (error instanceof MissingRequirement && !isSkipped) say('With LIFTLOCK_LANES=optional these tests are skipped.');
  process.exitCode = isSkipped ? 0 : 1;
}

function parseArguments(words) {
  const at = words.indexOf('--repeat');
  if (at < 0) return { repeat: 1, jestOptions: words };
  const repeat = Number(words[at + 1]);
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new Error(`--repeat needs a whole number from 1, found: ${words[at + 1]}`);
  return { repeat, jestOptions: words.toSpliced(at, 2) };
}

/** @returns {Promise<number>} the exit code: 0 when every run was good */
async function runAll(repeat, jestOptions) {
  const runs = [await withServers(Object.keys(SERVERS), (servers) => runTests(servers, jestOptions))];
  for (let run = 2; run <= repeat; run++) {
    say(`run ${run} of ${repeat}, of the tests of races`);
    runs.push(await withServers(['dev', 'prod'], (servers) => runTests(servers, REPEATED)));
  }
  const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
  say(`${sum('exchanges')} exchanges, ${sum('differentialRequests')} differential requests`);
  const failed = runs.filter(({ code }) => code !== 0).length;
  if (repeat > 1) say(`${repeat - failed} of ${repeat} runs passed`);
  const isWhole = jestOptions.every((word) => /^--(?:json|outputFile)/.test(word));
  return failed > 0 || (isWhole && !(await isEnough(runs[0]))) ? 1 : 0;
}

/** Starts servers, gives them to what is to be done, and ends them, also on Ctrl-C. */
async function withServers(names, use) {
  const running = {};
  const stopAll = () => Promise.all(Object.values(running).map((server) => server.stop()));
  const interrupted = () => {
    tests?.kill('SIGTERM');
    void stopAll().then(() => process.exit(130));
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    await start(names, running);
    return await use(running);
  } finally {
    await stopAll();
    for (const signal of SIGNALS) process.removeListener(signal, interrupted);
  }
}

async function start(names, running) {
  const began = performance.now();
  const known = await levels();
  const wanted = names.map((name) => [name, SERVERS[name]]).filter(([, level]) => known.includes(level));
  const assemblies = assembleInTurn(wanted.map(([, level]) => level));
  const outcomes = await Promise.allSettled(
    wanted.map(async ([name, level]) => (running[name] = await startServer(await assemblies[level]))),
  );
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  say(`${Object.keys(running).join(', ')} ready after ${seconds(began)}`);
}

/** One level after the other: servers of the first start while the second is put together. */
function assembleInTurn(wanted) {
  const assemblies = {};
  let last = Promise.resolve();
  for (const level of new Set(wanted)) assemblies[level] = last = last.then(() => assemble(level, say));
  return assemblies;
}

/** Runs tests once, and counts what they sent. */
async function runTests(servers, jestOptions) {
  const began = performance.now();
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'liftlock-lane-'));
  const counts = path.join(scratch, 'counts');
  try {
    const given = await describeServers(servers);
    const before = await exchangesOf(servers);
    const code = await jest(jestOptions, {
      LIFTLOCK_REAL_WSO2: JSON.stringify(given),
      LIFTLOCK_REAL_COUNTS: counts,
    });
    if (code !== 0) await keepLogs(servers);
    say(`the tests took ${seconds(began)}`);
    const exchanges = (await exchangesOf(servers)) - before;
    return { code, exchanges, differentialRequests: await sumOf(counts) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What LIFTLOCK_REAL_WSO2 holds (see test/real/wso2/servers.ts). */
async function describeServers(servers) {
  const given = {};
  for (const [name, server] of Object.entries(servers)) {
    const fresh = path.join(server.folder, 'fresh.json');
    await writeFile(fresh, JSON.stringify(await shippedBy(server)));
    const { url, ca, pid } = server;
    given[name] = { url, ca, pid, fresh };
  }
  return given;
}

function jest(options, env) {
  const program = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const child = spawn(process.execPath, [program, '--config', 'test/real/jest.config.mjs', ...options], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  tests = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** How many requests the servers have answered: they write one line for each. */
async function exchangesOf(servers) {
  const files = Object.values(servers).map(({ folder }) => path.join(folder, 'exchanges.log'));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
}

async function sumOf(counts) {
  if (!existsSync(counts)) return 0;
  const lines = (await readFile(counts, 'utf8')).trim().split('\n');
  return lines.reduce((sum, line) => sum + JSON.parse(line).differential, 0);
}

async function isEnough(found) {
  const least = JSON.parse(await readFile(path.join(ROOT, LEAST), 'utf8'));
  const missing = Object.keys(least).filter((name) => found[name] < least[name]);
  for (const name of missing) say(`FAILED: ${LEAST} wants at least ${least[name]} ${name}, there were ${found[name]}`);
  return missing.length === 0;
}

async function keepLogs(servers) {
  const target = path.join(cacheFolder(), 'wso2-logs');
  await mkdir(target, { recursive: true });
  for (const [name, { folder }] of Object.entries(servers)) {
    for (const log of ['server', 'exchanges'])
      await cp(path.join(folder, `${log}.log`), path.join(target, `${name}.${log}.log`));
  }
  say(`what the servers wrote is kept in ${target}`);
}
