import { canonicalise } from '../../../src/compare/canonical';
import type { JsonObject } from '../../../src/model/json';
import { residentIdentityProvider } from '../../../src/products/wso2-is/kinds/resident-identity-provider';
import type { DesiredState } from '../../../src/workflows/desired';
import { apply, exported, openTestServer, planFor, type TestServer } from '../../workflows/sandbox-session';

const KEY = 'resident-identity-provider/LOCAL';
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function opened(unprotect: string[] = [KEY], version: '6.1' | '7.1' = '7.1'): Promise<TestServer> {
  const server = await openTestServer({ version, journalBodies: true }, { unprotect });
  servers.push(server);
  return server;
}

function residentOf(state: DesiredState): JsonObject | undefined {
  return state.artifacts.find(({ kind }) => kind === 'resident-identity-provider')?.value;
}

/** Files that say this about the resident identity provider, and nothing else. */
function saying(value: JsonObject): DesiredState {
  const artifact = {
    kind: 'resident-identity-provider',
    key: 'LOCAL',
    value: { identityProviderName: 'LOCAL', ...value },
    file: 'artifacts/resident-identity-provider/LOCAL.yaml',
    unknownSecrets: [],
  };
  return { artifacts: [artifact], problems: [] };
}

test('it is left out unless liftlock.yaml releases it', async () => {
  const { session } = await opened([]);
  expect(residentOf(await exported(session))).toBeUndefined();
  const { operations, skipped } = await planFor(session, saying({ homeRealmId: 'other' }));
  expect(operations).toEqual([]);
  expect(skipped).toEqual([{ kind: 'resident-identity-provider', key: 'LOCAL', why: 'built into the product' }]);
});

test('an export has its settings by name, what an import does not take left out', async () => {
  const { session } = await opened();
  const value = residentOf(await exported(session));
  expect(value).toMatchObject({ identityProviderName: 'LOCAL', homeRealmId: 'localhost' });
  expect(value?.['idpProperties']).toContainEqual({ name: 'SessionIdleTimeout', value: '15' });
  const names = (value?.['federatedAuthenticatorConfigs'] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(['passivests', 'samlsso']);
});

test('an update sends the whole file with what changed; secrets stay, and planning again finds nothing', async () => {
  const { session, sandbox } = await opened();
  const desired = saying({ idpProperties: [{ name: 'SessionIdleTimeout', value: '30' }] });
  sandbox.journal.clear();
  await apply(session, desired);
  const writes = sandbox.journal.writes().map(({ method, path }) => `${method} ${path.replace(/^.*\/v1/, '')}`);
  expect(writes).toEqual(['PUT /identity-providers/LOCAL/import']);
  const state = JSON.stringify(sandbox.snapshot());
  expect(state).toContain('{"name":"SessionIdleTimeout","value":"30"');
  expect(state).toContain('sandbox-recaptcha-secret');
  expect((await planFor(session, desired)).operations).toEqual([]);
});

test('nothing of it is ever deleted: not with --prune, and not by leaving it out of a file', async () => {
  const { session } = await opened();
  expect((await planFor(session, { artifacts: [], problems: [] }, true)).operations).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ key: 'LOCAL' })]),
  );
  expect((await planFor(session, saying({}))).operations).toEqual([]);
});

test('a server before 7.0 cannot hold it, and the plan says so', async () => {
  const { session } = await opened([KEY], '6.1');
  const { operations, notCarried } = await planFor(session, saying({ homeRealmId: 'other' }));
  expect(operations).toEqual([]);
  expect(notCarried).toEqual([
    expect.objectContaining({ key: 'LOCAL', why: expect.stringContaining('7.0') as string }),
  ]);
});

describe('a mask', () => {
  const masked = { name: 'ReCaptchaSecret', value: '********' };
  const current: JsonObject = {
    identityProviderName: 'LOCAL',
    idpProperties: [masked, { name: 'SessionIdleTimeout', value: '15' }],
    federatedAuthenticatorConfigs: [
      { name: 'samlsso', properties: [masked, { name: 'IdPEntityId', value: 'localhost' }] },
      { name: 'openidconnect', properties: [masked] },
    ],
    serverOnly: 'stays',
  };

  test('is no value of a setting', () => {
    const { idpProperties } = canonicalise(residentIdentityProvider, current, '7.1');
    expect(idpProperties).toContainEqual({ name: 'ReCaptchaSecret' });
    expect(JSON.stringify(canonicalise(residentIdentityProvider, current, '7.1'))).not.toContain('***');
  });

  test('is never sent, whether it came from the server or from a file', () => {
    const live = canonicalise(residentIdentityProvider, current, '7.1');
    const desired = { ...live, idpProperties: [masked, { name: 'SessionIdleTimeout', value: '30' }] };
    const change = {
      kind: 'resident-identity-provider',
      key: 'LOCAL',
      differences: [],
      version: '7.1',
      ids: new Map(),
    };
    const [request] = residentIdentityProvider.calls.update({ ...change, desired, live, current });
    expect(request?.file?.text).not.toContain('***');
    expect(JSON.parse(request?.file?.text ?? '')).toEqual({
      identityProviderName: 'LOCAL',
      idpProperties: [{ name: 'SessionIdleTimeout', value: '30' }],
      federatedAuthenticatorConfigs: [
        { name: 'samlsso', properties: [{ name: 'IdPEntityId', value: 'localhost' }] },
        { name: 'openidconnect', properties: [] },
      ],
      serverOnly: 'stays',
    });
  });
});
