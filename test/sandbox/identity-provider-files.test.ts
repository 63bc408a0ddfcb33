import type { JsonObject } from '../../src/model/json';
import { readTaggedYaml } from '../../src/sandbox/exported-files/yaml';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';
import { download, upload } from './upload';

const OIDC = Buffer.from('OpenIDConnectAuthenticator').toString('base64url');
const SCIM = Buffer.from('scim').toString('base64url');
const local = (name: string) => `http://wso2.org/claims/${name}`;

const QUAYSIDE = {
  name: 'Quayside',
  description: 'Login of the harbour office',
  alias: 'https://id.aldermere.example/token',
  homeRealmIdentifier: 'quayside.example',
  idpIssuerName: 'https://quayside.example',
  templateId: 'enterprise-oidc-idp',
  certificate: { jwksUri: 'https://quayside.example/jwks' },
  claims: {
    userIdClaim: { uri: 'sub' },
    roleClaim: { uri: '' },
    mappings: [
      { idpClaim: 'sub', localClaim: { uri: local('username') } },
      { idpClaim: 'mail', localClaim: { uri: local('emailaddress') } },
    ],
    provisioningClaims: [{ claim: { uri: 'mail' }, defaultValue: 'none@quayside.example' }],
  },
  roles: { mappings: [{ idpRole: 'pilots', localRole: 'Internal/everyone' }], outboundProvisioningRoles: ['everyone'] },
  groups: [{ name: 'harbour' }],
  federatedAuthenticators: {
    defaultAuthenticatorId: OIDC,
    authenticators: [
      {
        authenticatorId: OIDC,
        isEnabled: true,
        properties: [
          { key: 'ClientId', value: 'aldermere' },
          { key: 'ClientSecret', value: 'tide-and-time' },
        ],
      },
    ],
  },
  provisioning: {
    jit: { isEnabled: true, scheme: 'PROMPT_PASSWORD_CONSENT', userstore: 'PRIMARY' },
    outboundConnectors: {
      defaultConnectorId: SCIM,
      connectors: [{ connectorId: SCIM, isEnabled: true, properties: [{ key: 'scim-password', value: 'low-tide' }] }],
    },
  },
  implicitAssociation: { isEnabled: true, lookupAttribute: [local('emailaddress')] },
};

/** The detail without what every server makes for itself. */
function comparable(detail: JsonObject): JsonObject {
  const text = JSON.stringify(detail, (key, value: unknown) => (key === 'id' || key === 'self' ? undefined : value));
  return object(JSON.parse(text));
}

async function createQuayside(api: Api): Promise<string> {
  return new URL((await api.post('/identity-providers', QUAYSIDE)).location).pathname;
}

describe('identity provider files', () => {
  const server = sandboxed();

  test('the Accept header chooses the format, and the name of the provider names the file', async () => {
    const path = `${await createQuayside(server.api)}/export`;
    for (const [accept, type, extension] of [
      ['application/json', 'application/json', 'json'],
      ['text/xml', 'application/xml', 'xml'],
      ['application/x-yaml', 'application/yaml', 'yml'],
      ['*/*', 'application/yaml', 'yml'],
    ] as const) {
      const file = await download(server.api, path, accept);
      expect(file).toMatchObject({ status: 200, type, disposition: `attachment; filename="Quayside.${extension}"` });
      expect(file.headers.get('cache-control')).toBe('no-cache, no-store, must-revalidate');
    }
  });

  test('the file holds the internal model, without secrets unless they are asked for', async () => {
    const path = `${await createQuayside(server.api)}/export`;
    const file = object(JSON.parse((await download(server.api, path, 'application/json')).text));
    expect(file).toMatchObject({
      identityProviderName: 'Quayside',
      idPGroupConfig: [{ idpGroupName: 'harbour' }],
      provisioningRole: 'everyone',
      claimConfig: { userClaimURI: 'sub', localClaimDialect: false },
      permissionAndRoleConfig: {
        roleMappings: [{ localRole: { userStoreId: 'Internal', localRoleName: 'everyone' }, remoteRole: 'pilots' }],
      },
    });
    expect(objects(file.federatedAuthenticatorConfigs)[0]).toMatchObject({
      name: 'OpenIDConnectAuthenticator',
      definedByType: 'SYSTEM',
      properties: [
        { name: 'ClientId', value: 'aldermere', confidential: false },
        { name: 'ClientSecret', value: '********', confidential: true },
      ],
    });
    const open = (await download(server.api, `${path}?excludeSecrets=false`, 'application/json')).text;
    expect(open).toContain('tide-and-time');
    expect(open).toContain('low-tide');
  });

  test('YAML names the Java class and leaves out the ids', async () => {
    const path = `${await createQuayside(server.api)}/export`;
    const { text } = await download(server.api, path, 'application/yaml');
    expect(text).toMatch(/^!!org\.wso2\.carbon\.identity\.application\.common\.model\.IdentityProvider\n/);
    const file = readTaggedYaml(text);
    expect(file).toMatchObject({ identityProviderName: 'Quayside' });
    expect(file).not.toHaveProperty('resourceId');
    expect(file).not.toHaveProperty('id');
  });

  test.each(['application/json', 'application/yaml'])(
    'a file as %s brings the provider to another server',
    async (type) => {
      const path = await createQuayside(server.api);
      const file = await download(server.api, `${path}/export?excludeSecrets=false`, type);
      const other = await startSandbox();
      try {
        const target = new Api(other);
        const reply = await upload(target, 'POST', '/identity-providers/import', file.text, type);
        expect(reply).toMatchObject({ status: 201, text: '' });
        const arrived = await target.read(reply.location);
        expect(comparable(arrived)).toEqual(comparable(await server.api.read(path)));
        const authenticator = await target.read(`${reply.location}/federated-authenticators/${OIDC}`);
        expect(JSON.stringify(authenticator)).toContain('tide-and-time');
      } finally {
        await other.close();
      }
    },
  );

  test('XML loses what the product keeps as properties, such as the address of the keys', async () => {
    const path = await createQuayside(server.api);
    const file = await download(server.api, `${path}/export?excludeSecrets=false`, 'application/xml');
    expect(file.text).toContain('<IdentityProviderName>Quayside</IdentityProviderName>');
    expect(file.text).not.toContain('jwks');
    await server.api.delete(path);
    const reply = await upload(server.api, 'POST', '/identity-providers/import', file.text, 'application/xml');
    expect(reply.status).toBe(201);
    const arrived = await server.api.read(reply.location);
    expect(arrived).toMatchObject({ name: 'Quayside', claims: { userIdClaim: { uri: 'sub' } } });
    expect(arrived).not.toHaveProperty('certificate');
  });

  test('XML has the names of the product for provisioning, templates and claims', async () => {
    const file = `<IdentityProvider><IdentityProviderName>Lighthouse</IdentityProviderName><TemplateId>beam</TemplateId>
      <ClaimConfig><IdpClaim><Claims><ClaimUri>mail</ClaimUri></Claims></IdpClaim><ClaimMappings><ClaimMapping>
      <LocalClaim><ClaimUri>http://wso2.org/claims/emailaddress</ClaimUri></LocalClaim>
      <RemoteClaim><ClaimUri>mail</ClaimUri></RemoteClaim></ClaimMapping></ClaimMappings></ClaimConfig>
      <JustInTimeProvisioningConfig><ProvisioningUserStore>PRIMARY</ProvisioningUserStore>
      <IsProvisioningEnabled>true</IsProvisioningEnabled><IsPasswordProvisioningEnabled>true</IsPasswordProvisioningEnabled>
      <AllowModifyUserName>true</AllowModifyUserName><PromptConsent>true</PromptConsent>
      <EnableAssociateLocalUser>true</EnableAssociateLocalUser></JustInTimeProvisioningConfig></IdentityProvider>`;
    const reply = await upload(server.api, 'POST', '/identity-providers/import', file, 'application/xml');
    expect(reply.status).toBe(201);
    expect(await server.api.read(reply.location)).toMatchObject({
      templateId: 'beam',
      provisioning: {
        jit: { isEnabled: true, scheme: 'PROMPT_USERNAME_PASSWORD_CONSENT', associateLocalUser: true },
      },
    });
    const written = (await download(server.api, `${reply.location}/export`, 'application/xml')).text;
    for (const name of ['TemplateId', 'IdpClaim', 'IsPasswordProvisioningEnabled', 'AllowModifyUserName']) {
      expect(written).toContain(`<${name}>`);
    }
  });

  test('XML may hold properties, which an import takes', async () => {
    const property = (name: string, value: string): string =>
      `<IdpProperties><name>${name}</name><value>${value}</value></IdpProperties>`;
    const keys = property('jwksUri', 'https://beam.example/keys') + property('idpIssuerName', 'https://beam.example');
    const file = `<IdentityProvider><IdentityProviderName>Beam</IdentityProviderName>${keys}</IdentityProvider>`;
    const reply = await upload(server.api, 'POST', '/identity-providers/import', file, 'application/xml');
    expect(reply.status).toBe(201);
    expect(await server.api.read(reply.location)).toMatchObject({
      idpIssuerName: 'https://beam.example',
      certificate: { jwksUri: 'https://beam.example/keys' },
    });
  });

  test('an import that changes a provider replaces all of it under its id', async () => {
    const path = await createQuayside(server.api);
    const file = object(JSON.parse((await download(server.api, `${path}/export`, 'application/json')).text));
    const changed = JSON.stringify({ ...file, identityProviderDescription: 'Moved', enable: false });
    const reply = await upload(server.api, 'PUT', `${path}/import`, changed, 'application/json');
    expect(reply).toMatchObject({ status: 200, text: '' });
    expect(await server.api.read(path)).toMatchObject({ description: 'Moved', isEnabled: false });
    // The mask that stood for the secret is the secret now.
    const authenticator = await server.api.read(`${path}/federated-authenticators/${OIDC}`);
    expect(objects(authenticator.properties)).toContainEqual({ key: 'ClientSecret', value: '********' });
  });

  test('what cannot be imported', async () => {
    const path = await createQuayside(server.api);
    const { text } = await download(server.api, `${path}/export`, 'application/json');
    const yaml = 'application/yaml';
    for (const [method, at, content, type, status, code] of [
      ['POST', '/identity-providers/import', text, 'application/json', 409, 'IDP-60001'],
      ['POST', '/identity-providers/import', '', 'application/json', 400, 'IDP-65007'],
      ['POST', '/identity-providers/import', text, 'application/xml', 400, 'IDP-65007'],
      ['POST', '/identity-providers/import', 'boats: [', yaml, 400, 'IDP-65007'],
      ['POST', '/identity-providers/import', 'identityProviderName: x\nsails: 3\n', yaml, 400, 'IDP-65007'],
      ['POST', '/identity-providers/import', 'alias: x\n', yaml, 400, 'IDP-65007'],
      ['PUT', `${path}/import`, 'no', 'application/json', 400, 'IDP-65005'],
      ['PUT', '/identity-providers/nowhere/import', text, 'application/json', 404, 'IDP-60002'],
    ] as const) {
      const reply = await upload(server.api, method, at, content, type);
      expect([content.slice(0, 20), reply.status, JSON.parse(reply.text).code]).toEqual([
        content.slice(0, 20),
        status,
        code,
      ]);
    }
    expect((await server.api.post('/identity-providers/import', {})).status).toBe(415);
    expect(await server.api.get('/identity-providers/nowhere/export')).toMatchObject({ status: 404 });
  });

  test('the resident provider has nothing but its file', async () => {
    expect(await server.api.get('/identity-providers/LOCAL')).toMatchObject({
      status: 404,
      body: { code: 'IDP-60002' },
    });
    expect((await server.api.patch('/identity-providers/LOCAL', [])).status).toBe(404);
    const { text } = await download(server.api, '/identity-providers/LOCAL/export', 'application/json');
    const file = object(JSON.parse(text));
    const secret = objects(file.idpProperties).find((each) => String(each.name).startsWith('__secret__'));
    expect(secret).toMatchObject({ value: '********' });
    const idpProperties = [{ name: 'SessionIdleTimeout', value: '30' }];
    const body = JSON.stringify({ identityProviderName: 'LOCAL', homeRealmId: 'aldermere', idpProperties });
    const reply = await upload(server.api, 'PUT', '/identity-providers/LOCAL/import', body, 'application/json');
    expect(reply).toMatchObject({ status: 200, text: '' });
    const after = object(
      JSON.parse((await download(server.api, '/identity-providers/LOCAL/export', 'application/json')).text),
    );
    expect(after).toMatchObject({ homeRealmId: 'aldermere' });
    expect(objects(after.idpProperties)).toContainEqual({ ...idpProperties[0], displayName: null });
    expect(objects(after.idpProperties)).toHaveLength(objects(file.idpProperties).length);
    expect(JSON.stringify(await server.api.read('/identity-providers'))).not.toContain('LOCAL');
  });

  test('there are no files before 7.0', async () => {
    const older = await startSandbox({ version: '6.1' });
    try {
      const api = new Api(older);
      expect((await api.get('/identity-providers/LOCAL/export')).status).toBe(404);
    } finally {
      await older.close();
    }
  });
});
