import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, type Reply } from './api';

/* Recorded payloads of the product's own tests; they lie beside the repository, not in it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'fixtures', 'wso2-is', 'applications');
const present = existsSync(FOLDER);
const recorded = present ? describe : describe.skip;

function fixture(name: string): string {
  return readFileSync(join(FOLDER, `${name}.json`), 'utf8');
}

function parsed(name: string): Json {
  const json: Json = JSON.parse(fixture(name));
  return json;
}

/** What is done with a recorded payload. */
type Exercise = (api: Api, name: string) => Promise<Reply>;

const create: Exercise = (api, name) => api.post('/applications', fixture(name));
const createTemplate: Exercise = (api, name) => api.post('/applications/templates', fixture(name));
const change: Exercise = async (api, name) =>
  api.patch(await api.create('/applications', { name: 'x', accessUrl: 'https://x.example' }), fixture(name));
const putSaml: Exercise = async (api, name) =>
  api.put(`${await api.create('/applications', { name: 'x' })}/inbound-protocols/saml`, fixture(name));

/** The recorded update names a client, which has to be there. */
const putOidc: Exercise = async (api, name) => {
  const path = await api.create('/applications', fixture('create-oauth-app-with-predefined-clientid'));
  return api.put(`${path}/inbound-protocols/oidc`, fixture(name));
};

/** A recorded answer: everything in it has to come back. */
const answers =
  (request: (api: Api) => Promise<Reply>, untold: readonly string[] = []): Exercise =>
  async (api, name) => {
    const reply = await request(api);
    const expected = parsed(name);
    const told = isObject(expected) ? without(expected, untold) : expected;
    expect(unordered(reply.body)).toMatchObject(object({ body: unordered(told) }).body ?? {});
    return reply;
  };

function without(expected: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(expected).filter(([field]) => !fields.includes(field)));
}

/** Choices are offered in no particular order. */
function unordered(value: Json): Json {
  if (Array.isArray(value))
    return value.map(unordered).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, unordered(item)]));
}

const protocols = answers((api) => api.get('/applications/meta/inbound-protocols'));
/** The issuers are those of the organizations, which a sandbox has none of. */
const oidcChoices = answers((api) => api.get('/applications/meta/inbound-protocols/oidc'), ['allowedIssuers']);
/** The recorded advanced configuration has the name that a field had before 5.11. */
const bareApplication = answers(
  async (api) => {
    const { name, description, imageUrl, accessUrl } = object(parsed('create-basic-application-response'));
    return api.get(await api.create('/applications', { name, description, imageUrl, accessUrl }));
  },
  ['id', 'advancedConfigurations'],
);

/** Every recorded file, with the versions on which it is taken and the last one on which it is not yet. */
const LINES: readonly [file: string, version: Version, exercise: Exercise, status: number, code?: string][] = [
  ['all-inbound-protocols-response', '5.11', protocols, 200],
  ['all-inbound-protocols-response', 'next', protocols, 200],
  ['create-application-template', '5.11', createTemplate, 201],
  ['create-application-template', 'next', createTemplate, 201],
  ['create-basic-application-response', '5.11', bareApplication, 200],
  ['create-basic-application', '7.0', create, 400, 'UE-10000'],
  ['create-basic-application', '7.1', create, 201],
  ['create-basic-application', 'next', create, 201],
  ['create-fapi2-app', '7.3', create, 400, 'UE-10000'],
  ['create-fapi2-app', 'next', create, 201],
  ['create-oauth-app-with-additional-oidc-attributes', '7.0', create, 400, 'UE-10000'],
  ['create-oauth-app-with-additional-oidc-attributes', '7.1', create, 201],
  ['create-oauth-app-with-graceful-refresh-token', '7.1', create, 201],
  ['create-oauth-app-with-no-redirect-uris', '7.1', create, 400, 'OAUTH-60001'],
  ['create-oauth-app-with-predefined-clientid', '5.11', create, 201],
  ['create-oauth-app-with-predefined-clientid', 'next', create, 201],
  ['create-oauth-app', '5.11', create, 201],
  ['create-oauth-app', 'next', create, 201],
  ['create-passive-sts-app', '5.11', create, 201],
  ['create-passive-sts-app', 'next', create, 201],
  ['create-saml-app-with-manual-config', '5.11', create, 201],
  ['create-saml-app-with-manual-config', 'next', create, 201],
  ['create-ws-trust-app', '5.11', create, 201],
  ['create-ws-trust-app', 'next', create, 201],
  ['oidc-metadata', 'next', oidcChoices, 200],
  ['patch-application-advanced-configuration', '7.0', change, 400, 'UE-10000'],
  ['patch-application-advanced-configuration', '7.1', change, 200],
  ['put-saml-inbound-with-manual-configs', '7.1', putSaml, 400, 'UE-10000'],
  ['update-claim-configuration', '6.1', change, 400, 'UE-10000'],
  ['update-claim-configuration', '7.0', change, 200],
  ['update-oauth-app-with-predefined-clientid', '7.1', putOidc, 200],
];

/** One server of each version that a line asks for, emptied before it is used. */
const running = new Map<Version, Api>();
afterAll(async () => {
  for (const api of running.values()) await api.sandbox.close();
});

async function on(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const api = running.get(version) ?? new Api(await startSandbox({ version }));
  running.set(version, api);
  api.sandbox.reset();
  await work(api);
}

recorded(present ? 'recorded applications' : 'recorded applications (skipped: ../shared/fixtures is not there)', () => {
  // A line without a code needs an empty one: jest takes an argument that is missing for a callback.
  const lines = LINES.map(
    ([name, version, exercise, status, code = '']) => [name, version, exercise, status, code] as const,
  );
  test.each(lines)('%s on %s', async (name, version, exercise, status, code) => {
    await on(version, async (api) => {
      const reply = await exercise(api, name);
      expect(reply.status).toBe(status);
      if (code !== '') expect(reply.body).toMatchObject({ code });
    });
  });

  test('no recorded file is left out', () => {
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
    expect([...new Set(LINES.map(([name]) => name))].sort()).toEqual(files.sort());
  });

  test('a template comes back as it was sent', async () => {
    await on('7.1', async (api) => {
      const template = object(parsed('create-application-template'));
      expect(await api.read(await api.create('/applications/templates', template))).toMatchObject(template);
    });
  });

  test('the application in a template can be created, where a role may have no domain', async () => {
    await on('6.1', async (api) => {
      const { application } = object(parsed('create-application-template'));
      expect((await api.post('/applications', application)).status).toBe(201);
    });
  });

  test('the recorded changes can be read back', async () => {
    await on('7.1', async (api) => {
      const path = await api.create('/applications', fixture('create-basic-application'));
      await api.patch(path, fixture('patch-application-advanced-configuration'));
      await api.patch(path, fixture('update-claim-configuration'));
      expect(await api.read(path)).toMatchObject(object(parsed('patch-application-advanced-configuration')));
      expect(await api.read(path)).toMatchObject(object(parsed('update-claim-configuration')));
    });
  });

  test('the recorded OIDC update can be read back', async () => {
    await on('7.1', async (api) => {
      const application = await api.create('/applications', fixture('create-oauth-app-with-predefined-clientid'));
      const path = `${application}/inbound-protocols/oidc`;
      await api.put(path, fixture('update-oauth-app-with-predefined-clientid'));
      expect(await api.read(path)).toMatchObject({ publicClient: false, pkce: { mandatory: true } });
    });
  });

  test('the recorded SAML update is taken once its misspelt field is mended', async () => {
    await on('7.1', async (api) => {
      const path = `${await api.create('/applications', { name: 'x' })}/inbound-protocols/saml`;
      const mended = fixture('put-saml-inbound-with-manual-configs').replace('idPEntityidAlias', 'idpEntityIdAlias');
      expect((await api.put(path, mended)).status).toBe(200);
    });
  });
});
