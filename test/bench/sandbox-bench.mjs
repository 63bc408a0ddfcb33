/*
 * How fast the sandbox is: `npm run bench:sandbox` builds, then runs this. Prints a table; exits with 1 when a bound is
 * exceeded. Other work on the machine makes every time longer, so the least of several rounds counts, and beside it
 * stands what the server's processor time alone would have allowed.
 */
import { fork, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CLI = path.join(ROOT, 'bin/run.js');
const APPLICATIONS = 10_000;
const IN_FLIGHT = 8;
const REQUESTS = 2_000;
const ROUNDS = 5;
const STARTS = 15;

/** Bounds on a machine that has nothing else to do, in milliseconds. */
const BOUNDS = { start: 300, request: 2 };
const AUTHORIZATION = `Basic ${Buffer.from('admin:admin').toString('base64')}`;

if (process.argv[2] === 'serve') await serve();
else await measure();

/** In the child: a server with many applications, and its processor time on demand. */
async function serve() {
  const { startSandbox } = createRequire(import.meta.url)(path.join(ROOT, 'dist/sandbox/sandbox.js'));
  const requests = Array.from({ length: APPLICATIONS }, (_, index) => ({
    verb: 'POST',
    path: '/applications',
    body: {
      name: `Berth ${index}`,
      description: `Mooring ${index} of the harbour`,
      inboundProtocolConfiguration: {
        oidc: {
          clientId: `berth-${index}`,
          grantTypes: ['authorization_code'],
          callbackURLs: [`https://berth-${index}.aldermere.example/callback`],
        },
      },
    },
  }));
  const begun = performance.now();
  const sandbox = await startSandbox({ seed: { random: 1, requests } });
  process.on('message', (message) => {
    if (message === 'clear') sandbox.journal.clear();
    process.send({ cpuMs: cpuMs(process.cpuUsage()), memory: process.memoryUsage().rss });
  });
  process.send({ url: sandbox.url, plantedMs: performance.now() - begun });
}

async function measure() {
  const rows = [await startRow()];
  const server = fork(fileURLToPath(import.meta.url), ['serve']);
  const { url, plantedMs } = await message(server);
  try {
    const agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    const get = (where) => send(agent, `${url}/api/server/v1${where}`);
    const ids = await idsOf(get);
    const cases = {
      'list, 100 items': (turn) => `/applications?limit=100&offset=${((turn * 37) % 100) * 100}`,
      'list, 100 items, no portals': (turn) =>
        `/applications?excludeSystemPortals=true&limit=100&offset=${((turn * 37) % 100) * 100}`,
      'list, 100 items with extras': () => '/applications?limit=100&attributes=advancedConfigurations,clientId',
      'list, name eq': (turn) => `/applications?filter=${encodeURIComponent(`name eq Berth ${(turn * 37) % 10_000}`)}`,
      'list, name co': (turn) => `/applications?filter=${encodeURIComponent(`name co 9${turn % 100}`)}&limit=100`,
      'one application': (turn) => `/applications/${ids[(turn * 37) % ids.length]}`,
      'its protocol': (turn) => `/applications/${ids[(turn * 37) % ids.length]}/inbound-protocols/oidc`,
    };
    for (const [name, where] of Object.entries(cases))
      rows.push(await requestRow(server, name, (turn) => get(where(turn))));
    agent.destroy();
  } finally {
    server.kill();
  }
  report(rows, plantedMs);
}

/** From the start of the process to the line that names the servers, three servers with the sample company. */
async function startRow() {
  const [starts, bare] = [[], []];
  for (let turn = 0; turn < STARTS; turn += 1) {
    starts.push(await firstOutput([CLI, 'sandbox', 'start', '--port', '0', '--json']));
    bare.push(await firstOutput(['-e', 'console.log(1)']));
  }
  const [least, node] = [Math.min(...starts), Math.min(...bare)];
  const note = `node alone ${node.toFixed(0)} ms, so ${(least / node).toFixed(1)} times that`;
  return { name: 'start of three servers', least, median: median(starts), bound: BOUNDS.start, note };
}

function firstOutput(args) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let took;
    child.stdout.once('data', () => {
      took = performance.now() - begun;
      child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', () => resolve(took));
  });
}

async function requestRow(server, name, request) {
  await round(request);
  const medians = [];
  const cpu = [];
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const before = await ask(server, 'clear');
    medians.push(median(await round(request)));
    cpu.push(((await ask(server, 'cpu')).cpuMs - before.cpuMs) / REQUESTS);
  }
  const note = `${Math.min(...cpu).toFixed(3)} ms of the server's processor for each`;
  return { name, least: Math.min(...medians), median: median(medians), bound: BOUNDS.request, note };
}

/** The times of many requests, some in flight at any time. */
async function round(request) {
  const times = [];
  let next = 0;
  const work = async () => {
    while (next < REQUESTS) {
      const turn = next++;
      const begun = performance.now();
      await request(turn);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return times;
}

function send(agent, url) {
  return new Promise((resolve, reject) => {
    const sent = http.get(url, { agent, headers: { authorization: AUTHORIZATION } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(chunks);
        else reject(new Error(`${url}: ${answer.statusCode} ${Buffer.concat(chunks)}`));
      });
    });
    sent.once('error', reject);
  });
}

async function idsOf(get) {
  const list = JSON.parse(Buffer.concat(await get('/applications?limit=100&offset=5000')));
  return list.applications.map(({ id }) => id);
}

function message(child) {
  return new Promise((resolve) => child.once('message', resolve));
}

function ask(child, what) {
  const answer = message(child);
  child.send(what);
  return answer;
}

function cpuMs({ user, system }) {
  return (user + system) / 1000;
}

function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}

function report(rows, plantedMs) {
  const cells = rows.map(({ name, least, median: middle, bound, note }) => [
    name,
    least.toFixed(2),
    middle.toFixed(2),
    `< ${bound}`,
    least < bound ? 'yes' : 'NO',
    note,
  ]);
  const table = [['', 'least ms', 'median ms', 'bound', 'kept', ''], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const text = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(
    `${APPLICATIONS} applications planted in ${plantedMs.toFixed(0)} ms; ${IN_FLIGHT} in flight\n\n`,
  );
  process.stdout.write(`${text.join('\n')}\n`);
  if (rows.some(({ least, bound }) => least >= bound)) process.exitCode = 1;
}
