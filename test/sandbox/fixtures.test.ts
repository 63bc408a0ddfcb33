import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, objects, type Reply } from './api';

/* Recorded payloads of the product's own tests; they lie beside the repository, not in it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'fixtures', 'wso2-is');
const present = existsSync(FOLDER);
const recorded = present ? describe : describe.skip;

/** A fixture with its holes filled, as the product's tests do. */
function fixture(name: string): string {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const id = Buffer.from('custom-authenticator').toString('base64url');
  const endpoint = {
    uri: 'https://login.example',
    authentication: { type: 'BASIC', properties: { username: 'u', password: 'p' } },
  };
  const authenticator = { authenticatorId: id, isEnabled: true, definedBy: 'USER', endpoint };
  return text
    .replace('"<FEDERATED_AUTHENTICATOR>"', JSON.stringify(authenticator))
    .replace('<FEDERATED_AUTHENTICATOR_ID>', id)
    .replace('"<OIDC_SCOPES>"', JSON.stringify({ key: 'Scopes', value: 'openid email' }))
    .replace('<METADATA_SAML>', Buffer.from('<EntityDescriptor/>').toString('base64'));
}

async function on(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ version });
  try {
    await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

recorded(present ? 'recorded payloads' : 'recorded payloads (skipped: ../shared/fixtures is not there)', () => {
  test.each<[string, Version]>([
    ['add-idp-with-custom-fed-auth', '7.1'],
    ['add-idp', '7.1'],
    ['add-idp', '5.11'],
    ['add-oidc-idp', '7.1'],
    ['add-saml-idp', '7.1'],
    ['add-trusted-token-issuer-idp', '7.1'],
  ])('identity-providers/%s is accepted on %s', async (name, version) => {
    await on(version, async (api) =>
      expect((await api.post('/identity-providers', fixture(`identity-providers/${name}.json`))).status).toBe(201),
    );
  });

  test('the recorded changes of an identity provider are taken', async () => {
    await on('7.1', async (api) => {
      const path = await api.create('/identity-providers', fixture('identity-providers/add-idp.json'));
      const google = 'federated-authenticators/R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I';
      const steps: [string, Promise<Reply>][] = [];
      const run = async (name: string, reply: Promise<Reply>): Promise<void> => {
        steps.push([name, reply]);
        expect([name, (await reply).status]).toEqual([name, 200]);
      };
      const body = (name: string): string => fixture(`identity-providers/${name}.json`);
      await run('home realm', api.patch(path, body('patch-idp-home-realm')));
      await run('remove certificate', api.patch(path, body('patch-remove-certificate')));
      await run('add certificate', api.patch(path, body('patch-add-certificate')));
      await run('add jwks', api.patch(path, body('patch-add-jwks-uri')));
      await run('claims', api.put(`${path}/claims`, body('update-idp-claims')));
      await run('authenticator', api.put(`${path}/${google}`, body('update-idp-federated-authenticator')));
      await run('jit', api.put(`${path}/provisioning/jit`, body('update-idp-jit')));
      await run(
        'connector',
        api.put(`${path}/provisioning/outbound-connectors/c2NpbQ`, body('update-idp-outbound-connector')),
      );
      await run('roles', api.put(`${path}/roles`, body('update-idp-roles')));
      expect(await api.read(path)).toMatchObject({
        homeRealmIdentifier: 'google',
        certificate: { jwksUri: expect.any(String) },
        provisioning: { jit: { isEnabled: false } },
      });
      expect(steps).toHaveLength(9);
    });
  });

  test('the recorded life of dialects and claims', async () => {
    await on('7.1', async (api) => {
      const body = (name: string): string => fixture(`claims/claim-management-${name}.json`);
      const local = await api.create('/claim-dialects/local/claims', body('add-local-claim'));
      expect((await api.put(local, body('update-local-claim'))).status).toBe(200);
      expect(await api.read(local)).toMatchObject({
        displayOrder: 7,
        sharedProfileValueResolvingMethod: 'FromSharedProfile',
      });
      const dialect = await api.create('/claim-dialects', body('add-dialect'));
      const renamed = await api.put(dialect, body('update-dialect'));
      const external = await api.create(`${new URL(renamed.location).pathname}/claims`, body('add-external-claim'));
      expect((await api.put(external, body('update-external-claim'))).status).toBe(200);
      const core = Buffer.from('urn:ietf:params:scim:schemas:core:2.0').toString('base64url');
      const changed = object(JSON.parse(body('update-default-external-claim')));
      const id = Buffer.from(String(changed.claimURI)).toString('base64url');
      expect((await api.put(`/claim-dialects/${core}/claims/${id}`, changed)).status).toBe(200);
      const given = Buffer.from('http://wso2.org/claims/givenname').toString('base64url');
      const shared = 'update-sharedProfileValueResolvingMethod-of-system-claim';
      expect((await api.put(`/claim-dialects/local/claims/${given}`, body(shared))).status).toBe(400);
      expect(
        (
          await api.post(
            '/claim-dialects/local/claims',
            fixture('claims/custom-claim-update-to-resolve-from-shared-profile.json'),
          )
        ).status,
      ).toBe(201);
      expect(objects((await api.get('/claim-dialects')).body).map((each) => each.dialectURI)).toContain(
        'http://updateddummy.org/claim',
      );
    });
  });

  test('the local claim of 5.11 is taken there, the multi-valued one from 7.2 on', async () => {
    const older = fixture('claims/claim-management-add-local-claim.is5.11.json');
    await on('5.11', async (api) => expect((await api.post('/claim-dialects/local/claims', older)).status).toBe(201));
    const numbers = Buffer.from('http://wso2.org/claims/mobileNumbers').toString('base64url');
    const excluding = fixture('claims/mobile-numbers-claim-update-to-exclude-userstore.json');
    const put = (api: Api): Promise<Reply> => api.put(`/claim-dialects/local/claims/${numbers}`, excluding);
    await on('7.1', async (api) => expect((await put(api)).status).toBe(400));
    await on('7.2', async (api) => expect((await put(api)).status).toBe(200));
  });
});
