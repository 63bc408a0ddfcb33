import { writeFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { FaultRule } from '../../src/sandbox/faults';
import { authority, issued } from '../transport/certificates';
import { makeWorkspace, useFolders, useSandbox, type Ended, type Workspace } from './harness';
import { application, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('servers'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  await workspace.edit('artifacts/applications/Ferry.yaml', 'Crossings', 'Changed');
});

/** Nothing may have been written, neither to files nor to the server. */
async function failing(args: readonly string[], env: Record<string, string> = {}, at = workspace): Promise<Ended> {
  const files = await at.files();
  const state = sandbox().snapshot();
  const ended = await at.run(args, { env: { ...smallSecrets, ...env } });
  expect([args, ended.code, ended.stdout]).toEqual([args, 1, '']);
  expect(sandbox().journal.writes()).toEqual([]);
  expect(sandbox().snapshot()).toEqual(state);
  expect(await at.files()).toEqual(files);
  return ended;
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a server that is not there is named with its address', async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const away = await makeWorkspace(await folder('closed'), { dev: url });
  const { stderr } = await failing(['export', 'dev'], {}, away);
  expect(stderr).toContain(url);
  expect(stderr).toMatch(/refused|not listening|nothing listens/i);
  const check = await away.run(['env', 'check']);
  expect(check.code).toBe(1);
  expect(check.stdout).toContain('sign-in');
});

test('a certificate is verified whatever the process variables say, and a private authority is given by file', async () => {
  const secure = await startSandbox({ port: 0, https: true, seed: smallCompany });
  try {
    const trusting = await makeWorkspace(await folder('tls'), { dev: secure.url });
    const refused = await trusting.run(['export', 'dev'], { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/certificate/);
    expect(refused.stderr).toMatch(/tls\.ca/);
    expect(secure.journal.entries()).toEqual([]);
    expect((await trusting.run(['export', '--help'])).stdout).not.toMatch(/insecure|skip-tls|no-verify/i);
    const text = await trusting.read('environments/dev.yaml');
    await trusting.edit(
      'environments/dev.yaml',
      /$/,
      'insecure: true\ntls: { insecure: true, rejectUnauthorized: false }\n',
    );
    const unknown = await trusting.run(['env', 'list']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr.match(/Unknown field/g)).toHaveLength(3);
    await trusting.write('environments/dev.yaml', text);
    await writeFile(path.join(trusting.root, 'ca.pem'), secure.certificate ?? '');
    await trusting.edit('environments/dev.yaml', /$/, 'tls: { ca: ca.pem }\n');
    expect((await trusting.run(['export', 'dev'])).code).toBe(0);
    await trusting.write('ca.pem', 'no certificate');
    const broken = await trusting.run(['export', 'dev']);
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('ca.pem')]);
  } finally {
    await secure.close();
  }
});

test.each(['https://is.example.com', 'http://is.example.com'])(
  'the certificate of a proxy to %s is verified whatever the process variables say',
  async (url) => {
    const seen: string[] = [];
    const { cert, key } = await issued(await authority());
    const proxy = createTlsServer({ cert, key }, (request, response) =>
      response.end(String(seen.push(request.url ?? ''))),
    );
    proxy.on('connect', (request, socket) => socket.end(String(seen.push(request.url ?? ''))));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = proxy.address() as AddressInfo;
      const behind = await makeWorkspace(await folder('proxy'), { dev: url }, { proxy: `https://127.0.0.1:${port}` });
      const refused = await behind.run(['export', 'dev'], { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toMatch(/certificate/);
      expect(seen).toEqual([]);
    } finally {
      proxy.close();
    }
  },
);

test('wrong credentials are told from missing scopes', async () => {
  const wrong = await failing(['plan', 'dev'], { CLIENT_SECRET: 'wrong-one' });
  expect(wrong.stderr).toMatch(/client id|client secret|credentials/i);
  expect(wrong.stderr).not.toContain('wrong-one');
  const reader = { CLIENT_ID: 'liftlock-read' };
  expect((await workspace.run(['plan', 'dev'], { env: { ...smallSecrets, ...reader } })).code).toBe(0);
  const apply = await workspace.run(['apply', 'dev', '--yes'], { env: { ...smallSecrets, ...reader } });
  expect(apply.code).toBe(1);
  expect(apply.text).toMatch(/internal_application_mgt_update/);
  expect(apply.text).toMatch(/scope/);
  const check = await workspace.run(['env', 'check', 'dev'], { env: reader });
  expect(check.code).toBe(0);
  expect(check.stdout).toMatch(/scopes to write +not granted: .*internal_application_mgt_update/s);
});

const everyList: readonly (readonly [string, FaultRule, RegExp])[] = [
  ['HTML in place of JSON', { match: { path: '/applications\\?' }, action: { html: true } }, /HTML|JSON/],
  ['a body that ends in the middle', { match: { path: '/applications\\?' }, action: { truncate: true } }, /middle|cut/],
  ['an error', { match: { path: '/applications\\?' }, action: { status: 500 } }, /500/],
  [
    'a page for something else',
    { match: { path: '/applications\\?' }, action: { status: 200, body: {} } },
    /applications/,
  ],
  ['no permission', { match: { path: '/identity-providers\\?' }, action: { status: 403 } }, /403/],
];

test.each(everyList)('%s in place of a list is never read as an empty one', async (_, rule, says) => {
  sandbox().faults.set([rule]);
  const command = everyList.findIndex((one) => one[1] === rule) % 2 === 0 ? 'plan' : 'export';
  const { stderr } = await failing([command, 'dev', '--prune']);
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/dev|127\.0\.0\.1/);
});

describe('a listing of several pages that fails on the third', () => {
  const many = { random: 3, requests: Array.from({ length: 12 }, (_, index) => application(`App ${index + 10}`)) };
  const paged = useSandbox({ seed: many, maximumItemsPerPage: 4 });

  test('plans no deletion and removes no file', async () => {
    const pages = await makeWorkspace(await folder('pages'), { dev: paged().url }, {}, { kinds: ['application'] });
    expect((await pages.run(['export', 'dev'])).stdout).toContain('12 created');
    const files = await pages.files();
    const empty = { status: 200, body: { totalResults: 14, applications: [] } };
    for (const [args, action] of [
      [['plan', 'dev', '--prune'], { status: 500 }],
      [['export', 'dev', '--prune'], { status: 500 }],
      [['plan', 'dev', '--prune'], empty],
      [['drift', 'dev'], empty],
    ] as const) {
      paged().faults.set([{ match: { method: 'GET', path: '/applications\\?' }, after: 2, action }]);
      const { code, stdout } = await pages.run(args);
      expect([args, code, stdout]).toEqual([args, 1, '']);
    }
    expect(paged().journal.writes()).toEqual([]);
    expect(await pages.files()).toEqual(files);
  });

  test('an artifact that may not be read after others could writes no file', async () => {
    const pages = await makeWorkspace(await folder('unread'), { dev: paged().url }, {}, { kinds: ['application'] });
    const files = await pages.files();
    paged().faults.set([{ match: { method: 'GET', path: '/applications/[^?]+' }, after: 20, action: { status: 403 } }]);
    const { code, stdout, stderr } = await pages.run(['export', 'dev']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/GET \S*\/applications\/\S+ → 403/);
    expect(await pages.files()).toEqual(files);
  });
});
