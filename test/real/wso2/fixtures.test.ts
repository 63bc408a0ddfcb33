import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { useFolders, type Ended, type Workspace } from '../../e2e/harness';
import { emptyServer, read, realServers, request, type RealServer } from './servers';
import { realWorkspace } from './workspace';

/*
 * Bodies of the product's own tests that create something, each sent to a real server. What the server takes is brought
 * to the other one by the tool, and has to be the same there.
 */

const FIXTURES = path.resolve(__dirname, '../../../../shared/fixtures/wso2-is');
const { dev, prod } = realServers();
const folder = useFolders();

/** Where the files of a folder are sent to. */
const RESOURCES: Readonly<Record<string, (file: string) => string>> = {
  applications: () => 'applications',
  'identity-providers': () => 'identity-providers',
  claims: (file) => {
    if (file.includes('external')) return `claim-dialects/${DIALECT}/claims`;
    return file.includes('local') ? 'claim-dialects/local/claims' : 'claim-dialects';
  },
};
/** The dialect that the external claim of the fixtures belongs to: claim-management-add-dialect.json makes it. */
const DIALECT = Buffer.from('http://dummy.org/claim').toString('base64url');

/** What the exported files need for the secrets of add-idp.json. */
const secretsOfProvider = {
  LIFTLOCK_SECRET_GOOGLE_CLIENTSECRET: 'testclientsecret',
  LIFTLOCK_SECRET_GOOGLE_SCIM_PASSWORD: 'admin',
};

/** Files that a server of 6.0 or 6.1 refuses, and why. */
const REFUSED: Readonly<Record<string, readonly [status: number, code: string, why: string]>> = {
  'create-application-template.json': [400, 'UE-10000', 'a template is no application'],
  'create-basic-application.json': [400, 'UE-10000', 'has fields of 7.x'],
  'create-fapi2-app.json': [400, 'UE-10000', 'has fields of 7.x'],
  'create-oauth-app-with-additional-oidc-attributes.json': [400, 'UE-10000', 'has fields of 7.x'],
  'create-oauth-app-with-no-redirect-uris.json': [400, 'OAUTH-60001', 'a code grant needs a callback'],
  'add-idp-template.json': [400, 'UE-10000', 'a template is no identity provider'],
  'add-idp-with-custom-fed-auth.json': [400, 'UE-10000', 'has fields of 7.1'],
  'add-oidc-idp.json': [400, 'UE-10000', 'has holes'],
  'add-saml-idp.json': [500, 'SE-50000', 'its certificate is a hole'],
  'claim-management-add-local-claim.json': [400, 'UE-10000', 'has fields of 7.x'],
};

interface Fixture {
  readonly file: string;
  readonly resource: string;
  readonly body: string;
}

/** The files whose names say that they create something; dialects come before their claims. */
const fixtures: Fixture[] = Object.entries(RESOURCES).flatMap(([name, resourceOf]) => {
  const files = existsSync(FIXTURES) ? readdirSync(path.join(FIXTURES, name)).sort() : [];
  return files
    .filter((file) => /^(?:create|add|claim-management-add)-/.test(file) && !/-response\.json$/.test(file))
    .map((file) => ({ file, resource: resourceOf(file), body: readFileSync(path.join(FIXTURES, name, file), 'utf8') }));
});

(fixtures.length === 0 ? describe.skip : describe)('bodies that create something', () => {
  const taken = fixtures.filter(({ file }) => REFUSED[file] === undefined);
  let workspace: Workspace;
  const run = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
    workspace.run(args, { env });
  beforeAll(async () => {
    await emptyServer(dev);
    await emptyServer(prod);
    workspace = await realWorkspace(await folder('real-fixtures'), { dev, prod });
  });

  test.each(fixtures)('$file is taken or refused as the release does', async ({ file, resource, body }) => {
    const answer = await request(dev, 'POST', resource, body);
    const [status, code] = REFUSED[file] ?? [201];
    expect(answer).toMatchObject({ status, ...(code === undefined ? {} : { body: { code } }) });
    if (status >= 500) await removeRemains(body);
  });

  test('what was taken is exported, applied to the other server and the same there', async () => {
    expect(await run({}, 'export', 'dev')).toMatchObject({ code: 0, stderr: '' });
    workspace.commit();
    const secrets = { ...secretsOfProvider, ...(await clientSecretsOn(dev)) };
    const applied = await run(secrets, 'apply', 'prod', '--yes');
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout).toContain(`${taken.length} done, 0 failed, 0 skipped`);
    expect((await run(secrets, 'plan', 'prod', '--exit-code')).code).toBe(0);
    expect(await everything(prod)).toEqual(await everything(dev));
  });
});

/** A refused creation can stay behind. */
async function removeRemains(body: string): Promise<void> {
  const { name } = JSON.parse(body) as { name: string };
  const list = (await read(dev, 'identity-providers?limit=100')) as {
    identityProviders?: { id: string; name: string }[];
  };
  const found = list.identityProviders?.find((provider) => provider.name === name);
  if (found) await request(dev, 'DELETE', `identity-providers/${found.id}`);
}

/**
 * All applications and identity providers of a server by name, with their protocols and authenticators, without the ids
 * that a server gives.
 */
async function everything(server: RealServer): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [resource, field] of [
    ['applications', 'applications'],
    ['identity-providers', 'identityProviders'],
  ] as const) {
    const list = (await read(server, `${resource}?limit=100`)) as Record<string, { id: string; name: string }[]>;
    for (const { id, name } of list[field] ?? []) {
      found[`${resource}/${name}`] = comparable(await withParts(server, await read(server, `${resource}/${id}`)));
    }
  }
  return found;
}

/** The process variables that hold the secrets of a server's OAuth clients, some of which it made up itself. */
async function clientSecretsOn(server: RealServer): Promise<Record<string, string>> {
  const { applications } = (await read(server, 'applications?limit=100')) as {
    applications: { id: string; name: string }[];
  };
  const secrets: Record<string, string> = {};
  for (const { id, name } of applications) {
    const { status, body } = await request(server, 'GET', `applications/${id}/inbound-protocols/oidc`);
    if (status !== 200) continue;
    const variable = `LIFTLOCK_SECRET_${name.toUpperCase().replaceAll(' ', '_')}_CLIENTSECRET`;
    secrets[variable] = (body as { clientSecret: string }).clientSecret;
  }
  return secrets;
}

/** A resource with every part that it links to by `self`. */
async function withParts(server: RealServer, value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => withParts(server, item)));
  const { self, ...fields } = value as Record<string, unknown>;
  const entries = Object.entries(fields).map(async ([name, field]) => [name, await withParts(server, field)] as const);
  const whole = Object.fromEntries(await Promise.all(entries));
  return typeof self === 'string' ? { ...whole, part: await read(server, self) } : whole;
}

/** What the two servers have to agree in: ids are their own, lists of texts have no order, "" is as good as nothing. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (key, field: unknown) => {
    if (field === '' || key === 'attributeConsumingServiceIndex') return undefined;
    return Array.isArray(field) && field.every((item) => typeof item === 'string') ? [...field].sort() : field;
  });
  return JSON.parse(text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')) as unknown;
}
