import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, type Reply } from './api';

/* Recorded payloads of the product's own tests; they lie beside the repository, not in it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'fixtures', 'wso2-is');
const present = existsSync(FOLDER);
const recorded = present ? describe : describe.skip;

/** A fixture with its holes filled, as the product's tests do. */
function fixture(name: string): string {
  const id = Buffer.from('custom-authenticator').toString('base64url');
  const endpoint = {
    uri: 'https://login.example',
    authentication: { type: 'BASIC', properties: { username: 'u', password: 'p' } },
  };
  const authenticator = { authenticatorId: id, isEnabled: true, definedBy: 'USER', endpoint };
  return readFileSync(join(FOLDER, `${name}.json`), 'utf8')
    .replace('"<FEDERATED_AUTHENTICATOR>"', JSON.stringify(authenticator))
    .replace('<FEDERATED_AUTHENTICATOR_ID>', id)
    .replace('<IDP_NAME>', 'Custom')
    .replace('"<OIDC_SCOPES>"', JSON.stringify({ key: 'Scopes', value: 'openid email' }))
    .replace('<METADATA_SAML>', Buffer.from('<EntityDescriptor/>').toString('base64'));
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const LOCAL = '/claim-dialects/local/claims';

/** What a payload is for. */
interface Use {
  readonly verb: 'POST' | 'PUT' | 'PATCH';
  /** Sends what has to be there first; the path, which may follow from what was created. */
  prepare?(api: Api): Promise<string>;
  readonly path?: string;
}

const create = (path: string): Use => ({ verb: 'POST', path });

/** A change of the recorded Google provider. */
function provider(verb: 'PUT' | 'PATCH', part = '', before?: string): Use {
  return {
    verb,
    prepare: async (api) => {
      const path = await api.create('/identity-providers', fixture('identity-providers/add-idp'));
      if (before !== undefined) await api.patch(path, fixture(`identity-providers/${before}`));
      return `${path}${part}`;
    },
  };
}

/** A change of a claim that is there from the start. */
function localClaim(uri: string): Use {
  return { verb: 'PUT', path: `${LOCAL}/${encoded(uri)}` };
}

async function dialect(api: Api): Promise<string> {
  return api.create('/claim-dialects', fixture('claims/claim-management-add-dialect'));
}

/** The claim is mapped to the recorded local one afterwards. */
async function externalClaim(api: Api): Promise<string> {
  await api.create(LOCAL, fixture('claims/claim-management-add-local-claim.is5.11'));
  return api.create(`${await dialect(api)}/claims`, fixture('claims/claim-management-add-external-claim'));
}

const GOOGLE = '/federated-authenticators/R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I';
const CORE = encoded('urn:ietf:params:scim:schemas:core:2.0');

/** Every file: what it is for, and what it is answered with in which versions. */
const FILES: Readonly<Record<string, readonly [use: Use, ...answers: [Version, number, string][]]>> = {
  'identity-providers/add-idp-template': [create('/identity-providers/templates'), ['5.11', 201, ''], ['7.1', 201, '']],
  'identity-providers/add-idp-with-custom-fed-auth': [
    create('/identity-providers'),
    ['7.0', 400, 'UE-10000'],
    ['7.1', 201, ''],
  ],
  'identity-providers/add-idp': [create('/identity-providers'), ['5.11', 201, ''], ['7.0', 201, ''], ['next', 201, '']],
  'identity-providers/add-oidc-idp': [create('/identity-providers'), ['7.1', 201, '']],
  'identity-providers/add-saml-idp': [create('/identity-providers'), ['7.1', 201, '']],
  'identity-providers/add-trusted-token-issuer-idp': [
    create('/identity-providers'),
    ['5.11', 400, 'UE-10000'],
    ['7.1', 201, ''],
  ],
  'identity-providers/patch-add-certificate': [
    provider('PATCH', '', 'patch-remove-certificate'),
    ['5.11', 200, ''],
    ['7.1', 200, ''],
  ],
  'identity-providers/patch-add-jwks-uri': [provider('PATCH'), ['7.1', 200, '']],
  'identity-providers/patch-idp-home-realm': [provider('PATCH'), ['5.11', 200, ''], ['7.1', 200, '']],
  'identity-providers/patch-remove-certificate': [provider('PATCH'), ['5.11', 200, ''], ['7.1', 200, '']],
  'identity-providers/update-idp-claims': [provider('PUT', '/claims'), ['7.1', 200, '']],
  'identity-providers/update-idp-federated-authenticator': [
    provider('PUT', GOOGLE),
    ['5.11', 200, ''],
    ['7.1', 200, ''],
  ],
  'identity-providers/update-idp-jit': [provider('PUT', '/provisioning/jit'), ['7.1', 200, '']],
  'identity-providers/update-idp-outbound-connector': [
    provider('PUT', '/provisioning/outbound-connectors/c2NpbQ'),
    ['5.11', 200, ''],
    ['7.3', 200, ''],
  ],
  'identity-providers/update-idp-roles': [provider('PUT', '/roles'), ['5.11', 200, ''], ['7.1', 200, '']],
  'claims/claim-management-add-dialect': [create('/claim-dialects'), ['5.11', 201, ''], ['next', 201, '']],
  'claims/claim-management-add-external-claim': [
    { verb: 'POST', prepare: async (api) => `${await dialect(api)}/claims` },
    ['5.11', 201, ''],
    ['next', 201, ''],
  ],
  'claims/claim-management-add-local-claim.is5.11': [create(LOCAL), ['5.11', 201, ''], ['7.0', 201, '']],
  'claims/claim-management-add-local-claim': [create(LOCAL), ['7.0', 400, 'UE-10000'], ['7.1', 201, '']],
  'claims/claim-management-update-default-external-claim': [
    {
      verb: 'PUT',
      prepare: async () => {
        const { claimURI } = object(JSON.parse(fixture('claims/claim-management-update-default-external-claim')));
        return `/claim-dialects/${CORE}/claims/${encoded(String(claimURI))}`;
      },
    },
    ['5.11', 200, ''],
    ['7.1', 200, ''],
  ],
  'claims/claim-management-update-dialect': [{ verb: 'PUT', prepare: dialect }, ['5.11', 200, ''], ['7.1', 200, '']],
  'claims/claim-management-update-external-claim': [
    { verb: 'PUT', prepare: externalClaim },
    ['5.11', 200, ''],
    ['7.1', 200, ''],
  ],
  'claims/claim-management-update-local-claim': [
    {
      verb: 'PUT',
      prepare: (api) => api.create(LOCAL, fixture('claims/claim-management-add-local-claim')),
    },
    ['7.1', 200, ''],
  ],
  // The product's test sends this to a system claim, and is refused.
  'claims/claim-management-update-sharedProfileValueResolvingMethod-of-system-claim': [
    localClaim('http://wso2.org/claims/givenname'),
    ['7.0', 400, 'UE-10000'],
    ['7.1', 400, 'CMT-60013'],
  ],
  'claims/custom-claim-update-to-resolve-from-shared-profile': [
    create(LOCAL),
    ['7.0', 400, 'UE-10000'],
    ['7.1', 201, ''],
  ],
  'claims/mobile-numbers-claim-update-to-exclude-userstore': [
    localClaim('http://wso2.org/claims/mobileNumbers'),
    ['7.1', 400, 'UE-10000'],
    ['7.2', 200, ''],
  ],
};

type Case = [file: string, version: Version, status: number, code: string, use: Use];

const CASES: Case[] = Object.entries(FILES).flatMap(([file, [use, ...answers]]) =>
  answers.map(([version, status, code]): Case => [file, version, status, code, use]),
);

async function answered(api: Api, file: string, use: Use): Promise<Reply> {
  const path = use.prepare ? await use.prepare(api) : (use.path ?? '');
  return api.send(use.verb, path, fixture(file));
}

recorded(present ? 'recorded payloads' : 'recorded payloads (skipped: ../shared/fixtures is not there)', () => {
  const running = new Map<Version, RunningSandbox>();
  afterAll(() => Promise.all([...running.values()].map((sandbox) => sandbox.close())));

  /** An empty sandbox of a version; each version is started once. */
  async function emptied(version: Version): Promise<Api> {
    const sandbox = running.get(version) ?? (await startSandbox({ version }));
    running.set(version, sandbox);
    sandbox.reset();
    return new Api(sandbox);
  }

  test.each(CASES)('%s on %s is answered with %d %s', async (file, version, status, code, use) => {
    const reply = await answered(await emptied(version), file, use);
    expect(reply.status).toBe(status);
    if (code !== '') expect(reply.body).toMatchObject({ code });
  });

  test('every recorded file has a line', () => {
    const files = ['identity-providers', 'claims'].flatMap((folder) =>
      readdirSync(join(FOLDER, folder)).map((file) => `${folder}/${file.replace(/\.json$/, '')}`),
    );
    expect(Object.keys(FILES).sort()).toEqual(files.sort());
  });
});
