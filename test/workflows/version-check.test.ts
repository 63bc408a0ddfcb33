import type { CheckItem } from '../../src/model/report';
import { wso2Is } from '../../src/products/wso2-is/product';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import type { FaultRule } from '../../src/sandbox/fault-rules/rule';
import type { Version } from '../../src/sandbox/versions';
import { createTransport } from '../../src/transport/transport';
import { rangeOf, versionItem } from '../../src/workflows/version-check';

const FILE = 'environments/dev.yaml';
const AUTH = { type: 'client-credentials' as const, clientId: 'liftlock', clientSecret: 'liftlock-sandbox' };

let sandbox: RunningSandbox | undefined;
afterEach(async () => sandbox?.close());

/** What the check of a server says when the environment file says `said`, with the scopes of that version. */
async function checked(version: Version, said: string, faults: FaultRule[] = []): Promise<CheckItem> {
  sandbox = await startSandbox({ version, faults });
  const { read } = wso2Is.scopes(said);
  const address = { environment: 'dev', url: sandbox.url, tenant: 'carbon.super', auth: AUTH };
  const transport = await createTransport(address, { scopes: read });
  try {
    return await versionItem(transport, wso2Is.versionSigns, { version: said, file: FILE });
  } finally {
    transport.close();
  }
}

test.each([
  ['5.11', 'a version before 7.0'],
  ['6.0', 'a version before 7.0'],
  ['6.1', 'a version before 7.0'],
  ['7.0', '7.0 (before 7.1)'],
  ['7.1', '7.1 (before 7.2)'],
  ['7.2', '7.2 (before 7.3)'],
  ['7.3', '7.3 or newer'],
] as const)('a %s server answers like %s', async (version, like) => {
  const detail = `${version}, as ${FILE} says; the server answers like ${like}`;
  expect(await checked(version, version)).toEqual({ name: 'version', status: 'ok', detail });
});

test.each([
  ['7.2', '7.1', '7.2 (before 7.3)'],
  ['7.3', '6.1', '7.3 or newer'],
  ['6.1', '7.1', 'a version before 7.0'],
  ['7.1', '7.2', '7.1 (before 7.2)'],
] as const)('a %s server whose file says %s is a warning', async (version, said, like) => {
  const item = await checked(version, said);
  expect(item).toMatchObject({
    status: 'warning',
    detail: `${FILE} says ${said}, but the server answers like ${like}`,
  });
  expect(item.hint).toContain(`Set "version" in ${FILE}`);
});

test('a server that refuses or fails every question is taken at the word of the file', async () => {
  const failing = await checked('7.1', '7.3', [{ match: { method: 'GET' }, action: { status: 500 } }]);
  expect(failing).toEqual({ name: 'version', status: 'ok', detail: `7.3, as ${FILE} says (the server does not tell)` });
});

test('of signs that point both ways the newest that is there counts', () => {
  const signs = ['7.0', '7.1', '7.2', '7.3'].map((since) => ({ since, path: [since] }));
  expect(rangeOf(signs, [true, false, true, false])).toEqual({ from: '7.2', before: '7.3' });
  expect(rangeOf(signs, [undefined, false, false, undefined])).toEqual({ before: '7.1' });
  expect(rangeOf(signs, [undefined, undefined, undefined, undefined])).toEqual({});
});
