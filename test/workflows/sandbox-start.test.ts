import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LiftlockError } from '../../src/model/problem';
import { startSandboxes, type SandboxStart } from '../../src/workflows/sandbox';
import { readFaults } from '../../src/workflows/sandbox-faults';
import { latencyOf, releasesOf } from '../../src/workflows/sandbox-settings';

const ENVIRONMENTS = ['dev', 'preprod', 'prod'];
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'liftlock-sandbox-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const location = path.join(folder, name);
  writeFileSync(location, text);
  return location;
}

/** `line:column message hint` of every problem. */
async function problemsOf(work: () => unknown): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    return error.problems.map(({ place, message, hint }) =>
      [place && `${place.line}:${place.column}`, message, hint].filter(Boolean).join(' '),
    );
  }
  return [];
}

const read = (name: string, text: string): Promise<string[]> =>
  problemsOf(() => readFaults({ lines: [], files: [file(name, text)] }, ENVIRONMENTS));

describe('files of fault rules', () => {
  test('YAML and JSON say the same; lines of the command line come first', async () => {
    const yaml = file('a.yaml', '# busy\n- match: { method: GET }\n  times: 2\n  action: { status: 503 }\n');
    const json = file('a.json', '[{"match":{"method":"GET"},"times":2,"action":{"status":503}}]');
    const rule = { match: { method: 'GET' }, times: 2, action: { status: 503 } };
    expect(await readFaults({ lines: ['prod: * * html'], files: [yaml, json] }, ENVIRONMENTS)).toEqual([
      { match: {}, environments: ['prod'], action: { html: true } },
      rule,
      rule,
    ]);
  });

  test('every mistake is told with line, column and what was meant', async () => {
    const text = `- match: { methd: GET }
  action: { status: 503 }
- match: {}
  environments: [prdo]
  action: { status: 503 }
`;
    expect(await read('b.yaml', text)).toEqual(['1:12 Unknown field "methd" in "[1].match" Did you mean "method"?']);
    expect(await read('c.yaml', text.replace('methd', 'method'))).toEqual([
      '4:18 No server is called "prdo" Did you mean "prod"?',
    ]);
    expect(await read('d.yaml', '- match: {}\n  action: { reset: later }\n')).toEqual([
      '2:20 "[1].action.reset": expected one of "before", "after", found "later" Known: before, after.',
    ]);
    expect(await read('e.json', '[{"match":{},\n "action":{"html":true,"cut":1}}]')).toEqual([
      expect.stringMatching(/^2:24 Unknown field "cut" in "\[1\]\.action"/),
    ]);
    expect(await read('f.yaml', 'rules: []')).toEqual(['1:1 The file: expected a list, found a map']);
    expect(await read('g.yaml', '- [')).toEqual([expect.stringMatching(/^\d:\d Not valid YAML/)]);
  });

  test('a file that is missing, and a line that is wrong, are told', async () => {
    const missing = path.join(folder, 'nope');
    expect(await problemsOf(() => readFaults({ lines: [], files: [missing] }, ENVIRONMENTS))).toEqual([
      expect.stringContaining(`Cannot read ${missing}: there is no such file`),
    ]);
    const line = (text: string): Promise<string[]> =>
      problemsOf(() => readFaults({ lines: [text], files: [] }, ENVIRONMENTS));
    expect(await line('GET /a 999')).toEqual(['The fault "GET /a 999": action.status: must be at most 599']);
    expect(await line('GET /a 500 html')).toEqual([
      'The fault "GET /a 500 html": action.html: cannot go together with "status"; make two rules of it',
    ]);
    expect(await line('prd: GET /a 500')).toEqual([
      'The fault "prd: GET /a 500" is for "prd", and no server is called that Did you mean "prod"?',
    ]);
  });
});

describe('settings', () => {
  test.each([
    ['0', 0],
    ['200', 200],
    ['150-250', { min: 150, max: 250 }],
  ])('the latency %s', (text, expected) => expect(latencyOf(text)).toEqual(expected));

  test.each(['', 'x', '-1', '1.5', '5-2', '1-2-3', '700000'])('the latency %j is refused', async (text) => {
    expect(await problemsOf(() => latencyOf(text))).toEqual([expect.stringContaining('is no time')]);
  });

  test('a release for all servers, then another for one', () => {
    expect([...releasesOf(['7.0', 'prod=6.1'], ENVIRONMENTS)]).toEqual([
      ['dev', '7.0'],
      ['preprod', '7.0'],
      ['prod', '6.1'],
    ]);
    expect([...releasesOf(['dev=next'], ENVIRONMENTS)]).toEqual([['dev', 'next']]);
  });

  test.each([
    ['7.9', /there is no release "7.9"/],
    ['dev=', /there is no release ""/],
    ['dve=7.0', /there is no environment "dve" Did you mean "dev"\? Known: dev, preprod, prod\./],
  ])('the release %s is refused', async (word, expected) => {
    expect(await problemsOf(() => releasesOf([word], ENVIRONMENTS))).toEqual([expect.stringMatching(expected)]);
  });
});

describe('started servers', () => {
  const usual: SandboxStart = {
    port: 0,
    https: false,
    latency: '0',
    releases: [],
    faults: { lines: [], files: [] },
    empty: false,
    certificateFile: 'none',
  };

  async function get(url: string, where: string): Promise<Response> {
    const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    return fetch(`${url}/api/server/v1${where}`, { headers: { authorization } });
  }

  test('each has its release, its faults and its company', async () => {
    const { servers, close } = await startSandboxes({
      ...usual,
      releases: ['dev=6.1'],
      faults: { lines: ['prod: GET /applications 503'], files: [] },
    });
    try {
      const statuses = async (where: string): Promise<number[]> =>
        Promise.all(servers.map(async ({ url }) => (await get(url, where)).status));
      // API resources came with 7.0.
      expect(await statuses('/api-resources')).toEqual([404, 200, 200]);
      expect(await statuses('/applications')).toEqual([200, 200, 503]);
      const list = await get(servers[1]?.url ?? '', '/applications?excludeSystemPortals=true');
      expect(await list.json()).toMatchObject({ totalResults: 15 });
    } finally {
      await close();
    }
  });

  test('what was kept of another release is an error, not a start', async () => {
    const stateFolder = path.join(folder, 'state');
    await (await startSandboxes({ ...usual, stateFolder, releases: ['7.0'] })).close();
    expect(await problemsOf(() => startSandboxes({ ...usual, stateFolder }))).toEqual([
      expect.stringMatching(/dev\.json is of version 7\.0, tenant carbon\.super.*--release/),
    ]);
    const again = await startSandboxes({ ...usual, stateFolder, releases: ['7.0'] });
    await again.close();
    expect(again.servers).toHaveLength(3);
  });

  test('tokens end after the time that is asked for', async () => {
    const { servers, close } = await startSandboxes({ ...usual, empty: true, tokenLifetimeSeconds: 1 });
    try {
      const url = servers[0]?.url ?? '';
      const answer = await fetch(`${url}/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials&client_id=liftlock&client_secret=liftlock-sandbox',
      });
      expect(await answer.json()).toMatchObject({ expires_in: 1 });
    } finally {
      await close();
    }
  });
});
