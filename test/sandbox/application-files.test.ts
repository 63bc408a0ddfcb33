import type { JsonObject } from '../../src/model/json';
import { readProductFile } from '../../src/service-provider-files/read';
import type { FileFormat } from '../../src/service-provider-files/source-text';
import { makeCertificate } from '../../src/sandbox/certificate';
import { sampleCompany } from '../../src/sandbox/seed';
import { startSandbox, type SandboxOptions } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';
import { download, sendForm, upload, type Download } from './upload';

const XML = 'application/xml';
const JSON_TYPE = 'application/json';
const YAML = 'application/yaml';
const IMPORT = '/applications/import';
const SECRET = 'rising-tide-77';
const SCRIPT = 'var onLoginRequest = function (context) {\n  executeStep(1); // ]]> and <b>\n};\n';
const local = (name: string) => `http://wso2.org/claims/${name}`;

/** An application with something in every part of a file. */
const WHARF = {
  name: 'Wharf Desk',
  description: 'Berths & "bollards" <north>',
  accessUrl: 'https://wharf.aldermere.example',
  templateId: 'wharf-template',
  advancedConfigurations: {
    saas: true,
    skipLoginConsent: true,
    certificate: { type: 'JWKS', value: 'https://w.example/jwks' },
  },
  inboundProtocolConfiguration: {
    oidc: {
      clientId: 'wharf-client',
      clientSecret: SECRET,
      grantTypes: ['authorization_code', 'refresh_token'],
      callbackURLs: ['regexp=(https://wharf.aldermere.example/cb|https://w.aldermere.example/cb)'],
      allowedOrigins: ['https://wharf.aldermere.example'],
      pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
      accessToken: {
        type: 'JWT',
        userAccessTokenExpiryInSeconds: 900,
        applicationAccessTokenExpiryInSeconds: 3600,
      },
    },
    saml: {
      manualConfiguration: {
        issuer: 'urn:aldermere:wharf',
        assertionConsumerUrls: ['https://wharf.aldermere.example/acs'],
        singleLogoutProfile: { enabled: true, logoutMethod: 'FRONTCHANNEL_HTTP_POST' },
      },
    },
  },
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [
      { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] },
      { id: 2, options: [{ idp: 'LOCAL', authenticator: 'totp' }] },
    ],
    script: SCRIPT,
    subjectStepId: 1,
    attributeStepId: 2,
  },
  claimConfiguration: {
    dialect: 'CUSTOM',
    claimMappings: [
      { applicationClaim: 'mail', localClaim: { uri: local('emailaddress') } },
      { applicationClaim: 'surname', localClaim: { uri: local('lastname') } },
    ],
    requestedClaims: [{ claim: { uri: 'mail' }, mandatory: true }],
    subject: { claim: { uri: 'mail' }, includeUserDomain: true },
  },
  provisioningConfigurations: { inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: 'PRIMARY' } },
};

/** The application by REST, without what every server makes for itself. */
async function shown(api: Api, path: string): Promise<JsonObject> {
  const detail = await api.read(path);
  const protocols: JsonObject = {};
  for (const { self, type } of objects(detail.inboundProtocols)) protocols[String(type)] = await api.read(String(self));
  const text = JSON.stringify({ ...detail, protocols }, (key, value: unknown) =>
    ['id', 'self', 'attributeConsumingServiceIndex'].includes(key) ? undefined : pemOf(value),
  );
  return object(JSON.parse(text));
}

/** A certificate may come as PEM or as base64 of that. */
function pemOf(value: unknown): unknown {
  const decoded = typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  return decoded.startsWith('-----BEGIN') ? decoded : value;
}

async function bearer(api: Api, ...scopes: string[]): Promise<string> {
  const names = scopes.map((scope) => `internal_application_${scope}`).join(' ');
  const { body } = await api.token('liftlock', 'liftlock-sandbox', names);
  return `Bearer ${String(object(body).access_token)}`;
}

function treeOf(file: Download | string, format: FileFormat = 'xml'): JsonObject {
  return readProductFile(typeof file === 'string' ? file : file.text, { file: 'export', format }).root;
}

/** A small service provider file in JSON; by name what it is to hold beside its name. */
function jsonFile(fields: JsonObject = {}): string {
  return JSON.stringify({ applicationName: 'Wharf Desk', ...fields });
}

function oidcFile(protocol: JsonObject): string {
  const config = {
    inboundAuthKey: protocol.oauthConsumerKey ?? '',
    inboundAuthType: 'oauth2',
    inboundConfigurationProtocol: { grantTypes: 'client_credentials', ...protocol },
  };
  return jsonFile({ inboundAuthenticationConfig: { inboundAuthenticationRequestConfigs: [config] } });
}

const codeOf = (text: string): unknown => object(JSON.parse(text)).code;

async function onServer(options: SandboxOptions, work: (api: Api) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox(options);
  try {
    await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

describe('exported application files', () => {
  const server = sandboxed();

  test('are a download of bytes whose name is that of the application', async () => {
    const path = await server.api.create('/applications', { ...WHARF, name: 'Wharf Desk 2' });
    for (const [accept, extension] of [
      [XML, 'xml'],
      [YAML, 'yml'],
      ['application/x-yaml', 'yml'],
      ['text/yaml', 'yml'],
      [JSON_TYPE, 'json'],
    ] as const) {
      expect(await download(server.api, `${path}/exportFile`, accept)).toMatchObject({
        status: 200,
        type: 'application/octet-stream',
        disposition: `attachment; filename="Wharf Desk 2.${extension}"`,
      });
    }
    expect(await download(server.api, `${path}/export`, '*/*')).toMatchObject({
      status: 200,
      type: 'application/octet-stream',
      disposition: 'attachment; filename="Wharf Desk 2.xml"',
    });
  });

  test('of a type that is not supported break the server down', async () => {
    const path = await server.api.create('/applications', WHARF);
    for (const accept of ['text/csv', '*/*', 'application/octet-stream'])
      expect((await download(server.api, `${path}/exportFile`, accept)).status).toBe(500);
  });

  test('of an unknown application are 404', async () => {
    for (const path of ['/applications/none/export', '/applications/none/exportFile']) {
      const { status, text } = await download(server.api, path, XML);
      expect([status, codeOf(text)]).toEqual([404, 'APP-60006']);
    }
  });

  test('say the same in both dialects and all formats, in the way of each', async () => {
    const path = await server.api.create('/applications', WHARF);
    const older = await download(server.api, `${path}/export`, XML);
    const xml = await download(server.api, `${path}/exportFile`, XML);
    const yaml = await download(server.api, `${path}/exportFile`, YAML);
    const json = await download(server.api, `${path}/exportFile`, JSON_TYPE);
    expect(older.text).toMatch(/<inboundConfiguration><!\[CDATA\[<\?xml[^>]*>\s*<oAuthAppDO>/);
    expect(older.text).not.toContain('InboundConfigurationProtocol');
    expect(xml.text).toContain('<InboundConfigurationProtocol');
    expect(xml.text).not.toContain('<inboundConfiguration>');
    expect(yaml.text).toMatch(/^!!org\.wso2\.carbon\.identity\.application\.common\.model\.ServiceProvider\n/);
    expect(yaml.text).toMatch(/inboundConfigurationProtocol: !!org\.wso2\.carbon\.identity\.oauth\.dao\.OAuthAppDO\n/);
    expect(yaml.text).not.toMatch(/inboundConfiguration:|resourceId|idpProperties|spProperties|^id:/m);
    const tree = treeOf(older);
    expect(treeOf(xml)).toEqual(tree);
    expect(treeOf(yaml, 'yaml')).toEqual(tree);
    expect(JSON.parse(JSON.stringify(treeOf(json, 'json')).replaceAll(/"type":"(oAuthAppDO|saml\w+)",/g, ''))).toEqual(
      tree,
    );
  });

  test('hold the internal model', async () => {
    const path = await server.api.create('/applications', WHARF);
    expect(treeOf(await download(server.api, `${path}/export`, XML))).toMatchObject({
      applicationName: 'Wharf Desk',
      description: 'Berths & "bollards" <north>',
      jwksUri: 'https://w.example/jwks',
      saasApp: true,
      accessUrl: 'https://wharf.aldermere.example',
      templateId: 'wharf-template',
      managementApp: false,
      inboundAuthenticationConfig: {
        inboundAuthenticationRequestConfigs: [
          {
            inboundAuthKey: 'urn:aldermere:wharf',
            inboundAuthType: 'samlsso',
            inboundConfigurationProtocol: {
              issuer: 'urn:aldermere:wharf',
              doSingleLogout: true,
              doFrontChannelLogout: true,
              frontChannelLogoutBinding: 'HTTPPostBinding',
              attributeConsumingServiceIndex: expect.stringMatching(/^\d+$/),
            },
            properties: [{ name: 'attrConsumServiceIndex', value: expect.stringMatching(/^\d+$/) }],
          },
          {
            inboundAuthKey: 'wharf-client',
            inboundAuthType: 'oauth2',
            inboundConfigType: 'standardAPP',
            inboundConfigurationProtocol: {
              oauthConsumerKey: 'wharf-client',
              callbackUrl: 'regexp=(https://wharf.aldermere.example/cb|https://w.aldermere.example/cb)',
              grantTypes: 'authorization_code refresh_token',
              pkceMandatory: true,
              userAccessTokenExpiryTime: 900,
              tokenType: 'JWT',
            },
          },
        ],
      },
      localAndOutBoundAuthenticationConfig: {
        authenticationType: 'flow',
        authenticationScriptConfig: { content: SCRIPT, enabled: true, language: 'application/javascript' },
        authenticationSteps: [
          { stepOrder: 1, localAuthenticatorConfigs: [{ name: 'BasicAuthenticator' }], subjectStep: true },
          { stepOrder: 2, localAuthenticatorConfigs: [{ name: 'totp' }], attributeStep: true },
        ],
        skipConsent: true,
        subjectClaimUri: 'mail',
        useUserstoreDomainInLocalSubjectIdentifier: true,
      },
      inboundProvisioningConfig: { provisioningUserStore: 'PRIMARY', dumbMode: false },
      claimConfig: {
        localClaimDialect: false,
        claimMappings: [
          {
            localClaim: { claimUri: local('emailaddress') },
            remoteClaim: { claimUri: 'mail' },
            requested: true,
            mandatory: true,
          },
          { localClaim: { claimUri: local('lastname') }, remoteClaim: { claimUri: 'surname' }, requested: false },
        ],
      },
    });
  });

  test('leave out ids, the owner and properties without an element of their own', async () => {
    const path = await server.api.create('/applications', WHARF);
    await server.api.patch(path, { logoutReturnUrl: 'https://wharf.aldermere.example/bye' });
    await server.api.put(`${path}/owner`, { id: '4b1f2f60-9a5f-4d3b-8f0e-0d6a2f7f0001' });
    const { text } = await download(server.api, `${path}/exportFile`, JSON_TYPE);
    for (const absent of [path.split('/').at(-1) ?? '', 'bye', '4b1f2f60', 'spProperties', 'carbon.super', 'Origin'])
      expect(text).not.toContain(absent);
  });

  test('show what only a GET computes nowhere', async () => {
    const path = await server.api.create('/applications', { name: 'Wharf Desk' });
    expect(object(object(await server.api.read(path)).claimConfiguration)).toMatchObject({
      subject: { claim: { uri: local('userid') } },
    });
    const { text } = await download(server.api, `${path}/export`, XML);
    expect(text).not.toContain('wso2.org/claims');
    expect(text).toContain('<AuthenticationType>default</AuthenticationType>');
    expect(text).not.toContain('<AuthenticationStep>');
  });

  test('hold roles by their names and the certificate as the PEM text', async () => {
    const { certificate: pem } = await makeCertificate();
    const certificate = { type: 'PEM', value: Buffer.from(pem).toString('base64') };
    const path = await server.api.create('/applications', {
      name: 'Wharf Desk',
      advancedConfigurations: { certificate },
    });
    const id = path.split('/').at(-1);
    await server.api.post('/scim2/v2/Roles', {
      displayName: 'Berth Master',
      audience: { type: 'application', value: id },
    });
    await server.api.patch(path, { associatedRoles: { allowedAudience: 'APPLICATION', roles: [] } });
    expect(treeOf(await download(server.api, `${path}/export`, XML))).toMatchObject({
      certificateContent: pem,
      associatedRolesConfig: { allowedAudience: 'application', roles: [{ name: 'Berth Master' }] },
    });
  });
});

describe('secrets in exported application files', () => {
  test('are there only when they are asked for', async () => {
    await onServer({ version: '7.1' }, async (api) => {
      const path = await api.create('/applications', WHARF);
      for (const file of ['export', 'exportFile']) {
        for (const wish of ['', '?exportSecrets=false'])
          expect((await download(api, `${path}/${file}${wish}`, XML)).text).not.toContain(SECRET);
        const open = await download(api, `${path}/${file}?exportSecrets=true`, XML);
        expect(open.text).toContain(`<oauthConsumerSecret>${SECRET}</oauthConsumerSecret>`);
      }
      const bare = await bearer(api, 'mgt_view');
      expect((await download(api, `${path}/export?exportSecrets=true`, XML, bare)).text).toContain(SECRET);
    });
  });

  test('need a scope of their own from 7.2', async () => {
    await onServer({ version: '7.2' }, async (api) => {
      const path = `${await api.create('/applications', WHARF)}/exportFile?exportSecrets=true`;
      const bare = await download(api, path, XML, await bearer(api, 'mgt_view'));
      expect(bare.status).toBe(200);
      expect(bare.text).not.toContain('oauthConsumerSecret');
      const allowed = await bearer(api, 'mgt_view', 'mgt_client_secret_view');
      expect((await download(api, path, XML, allowed)).text).toContain(SECRET);
    });
  });

  test('cannot be had from a server that keeps hashes', async () => {
    await onServer({ hashedSecrets: true }, async (api) => {
      const path = `${await api.create('/applications', WHARF)}/export?exportSecrets=true`;
      expect((await download(api, path, XML)).text).not.toContain('oauthConsumerSecret');
    });
  });
});

describe('imported application files', () => {
  const server = sandboxed();

  test.each([
    ['export', XML],
    ['exportFile', XML],
    ['exportFile', YAML],
    ['exportFile', JSON_TYPE],
  ])('from %s as %s make the same application on another server', async (file, type) => {
    const path = await server.api.create('/applications', WHARF);
    const exported = await download(server.api, `${path}/${file}?exportSecrets=true`, type);
    const expected = await shown(server.api, path);
    const oidc = object(object(expected.protocols).oauth2);
    // A file has no CORS origins.
    oidc.allowedOrigins = [];
    await onServer({}, async (api) => {
      const reply = await upload(api, 'POST', IMPORT, exported.text, type);
      expect(reply).toMatchObject({ status: 201, text: '' });
      expect(reply.location).toMatch(/\/t\/carbon\.super\/api\/server\/v1\/applications\/[0-9a-f-]{36}$/);
      expect(await shown(api, new URL(reply.location).pathname)).toEqual(expected);
    });
  });

  test('that are handwritten become what they say', async () => {
    const authenticatorId = Buffer.from('OpenIDConnectAuthenticator').toString('base64url');
    const properties = ['ClientId', 'ClientSecret'].map((key) => ({ key, value: 'quay' }));
    await server.api.create('/identity-providers', {
      name: 'Quayside',
      federatedAuthenticators: {
        defaultAuthenticatorId: authenticatorId,
        authenticators: [{ authenticatorId, isEnabled: true, properties }],
      },
    });
    const file = `<?xml version="1.0"?><ServiceProvider>
      <ApplicationName>Tide Table</ApplicationName>
      <Owner><UserName>someone</UserName><TenantDomain>elsewhere</TenantDomain></Owner>
      <spProperties><property><name>x</name></property></spProperties>
      <LocalAndOutBoundAuthenticationConfig>
        <AuthenticationSteps>
          <AuthenticationStep><StepOrder>1</StepOrder>
            <FederatedIdentityProviders><FederatedIdentityProvider>
              <IdentityProviderName>Quayside</IdentityProviderName>
              <DefaultAuthenticatorConfig><Name>OpenIDConnectAuthenticator</Name></DefaultAuthenticatorConfig>
            </FederatedIdentityProvider></FederatedIdentityProviders>
          </AuthenticationStep>
        </AuthenticationSteps>
        <AuthenticationType>federated</AuthenticationType>
      </LocalAndOutBoundAuthenticationConfig>
      <RequestPathAuthenticatorConfigs><RequestPathAuthenticatorConfig>
        <Name>BasicAuthRequestPathAuthenticator</Name>
      </RequestPathAuthenticatorConfig></RequestPathAuthenticatorConfigs>
      <ClaimConfig>
        <LocalClaimDialect>true</LocalClaimDialect>
        <ClaimMappings>
          <ClaimMapping>
            <LocalClaim><ClaimUri>${local('emailaddress')}</ClaimUri></LocalClaim>
            <RemoteClaim><ClaimUri>${local('emailaddress')}</ClaimUri></RemoteClaim>
            <RequestClaim>true</RequestClaim><MandatoryClaim>false</MandatoryClaim>
          </ClaimMapping>
          <ClaimMapping>
            <LocalClaim><ClaimUri>${local('lastname')}</ClaimUri></LocalClaim>
            <RemoteClaim><ClaimUri>surname</ClaimUri></RemoteClaim>
            <RequestClaim>true</RequestClaim><MandatoryClaim>true</MandatoryClaim>
          </ClaimMapping>
        </ClaimMappings>
      </ClaimConfig>
      <PermissionAndRoleConfig><RoleMappings><RoleMapping>
        <localRole><LocalRoleName>Internal/everyone</LocalRoleName></localRole><remoteRole>all</remoteRole>
      </RoleMapping></RoleMappings></PermissionAndRoleConfig>
      <IsDiscoverable>true</IsDiscoverable><AccessUrl>https://tide.aldermere.example</AccessUrl>
    </ServiceProvider>`;
    const { status, location } = await upload(server.api, 'POST', IMPORT, file, 'text/plain');
    expect(status).toBe(201);
    const application = await server.api.read(location);
    expect(application).toMatchObject({
      name: 'Tide Table',
      accessUrl: 'https://tide.aldermere.example',
      clientId: '',
      inboundProtocols: [],
      advancedConfigurations: { discoverableByEndUsers: true, saas: false },
      authenticationSequence: {
        type: 'USER_DEFINED',
        steps: [{ id: 1, options: [{ idp: 'Quayside', authenticator: 'OpenIDConnectAuthenticator' }] }],
        requestPathAuthenticators: ['BasicAuthRequestPathAuthenticator'],
      },
      claimConfiguration: {
        dialect: 'LOCAL',
        role: { mappings: [{ localRole: 'Internal/everyone', applicationRole: 'all' }] },
      },
      access: 'WRITE',
    });
    const { claimMappings, requestedClaims } = object(application.claimConfiguration);
    expect(claimMappings).toHaveLength(2);
    expect(claimMappings).toContainEqual({ applicationClaim: 'surname', localClaim: { uri: local('lastname') } });
    expect(requestedClaims).toHaveLength(2);
  });

  test('replace the application of their name, but not its id, properties, version, origins and authorized APIs', async () => {
    const path = await server.api.create('/applications', WHARF);
    await server.api.patch(path, {
      logoutReturnUrl: 'https://wharf.aldermere.example/bye',
      applicationVersion: 'v2.0.0',
    });
    const { body } = await server.api.get('/api-resources?filter=identifier+eq+/api/server/v1/applications');
    const [resource] = objects(object(body).apiResources);
    await server.api.post(`${path}/authorized-apis`, { id: resource?.id, scopes: [] });
    const tree = object(JSON.parse((await download(server.api, `${path}/exportFile`, JSON_TYPE)).text));
    const inbound = objects(object(tree.inboundAuthenticationConfig).inboundAuthenticationRequestConfigs);
    const file = JSON.stringify({
      ...tree,
      applicationVersion: 'v9',
      description: 'Renovated',
      inboundAuthenticationConfig: {
        inboundAuthenticationRequestConfigs: inbound.filter(({ inboundAuthType }) => inboundAuthType === 'oauth2'),
      },
      claimConfig: {},
      localAndOutBoundAuthenticationConfig: { authenticationType: 'default' },
    });
    const reply = await upload(server.api, 'PUT', IMPORT, file, JSON_TYPE);
    expect(reply).toMatchObject({ status: 200, text: '' });
    expect(new URL(reply.location).pathname).toBe(path);
    expect(await shown(server.api, path)).toMatchObject({
      description: 'Renovated',
      logoutReturnUrl: 'https://wharf.aldermere.example/bye',
      applicationVersion: 'v2.0.0',
      issuer: '',
      inboundProtocols: [{ type: 'oauth2' }],
      authenticationSequence: { type: 'DEFAULT' },
      claimConfiguration: { claimMappings: [], requestedClaims: [] },
      protocols: { oauth2: { clientSecret: SECRET, allowedOrigins: ['https://wharf.aldermere.example'] } },
    });
    expect((await server.api.get(`${path}/authorized-apis`)).body).toHaveLength(1);
  });

  test('cannot change the deployed secret, and without a client id mean the deployed client', async () => {
    const path = await server.api.create('/applications', WHARF);
    const files: JsonObject[] = [
      {},
      { oauthConsumerKey: 'wharf-client' },
      { oauthConsumerKey: 'wharf-client', oauthConsumerSecret: 'low-tide' },
    ];
    for (const protocol of files) {
      expect((await upload(server.api, 'PUT', IMPORT, oidcFile(protocol), JSON_TYPE)).status).toBe(200);
      expect(await server.api.read(`${path}/inbound-protocols/oidc`)).toMatchObject({
        clientId: 'wharf-client',
        clientSecret: SECRET,
        grantTypes: ['client_credentials'],
      });
    }
  });

  test('make a new client with another client id', async () => {
    const path = await server.api.create('/applications', WHARF);
    const file = oidcFile({ oauthConsumerKey: 'pier-client', oauthConsumerSecret: 'low-tide' });
    expect((await upload(server.api, 'PUT', IMPORT, file, JSON_TYPE)).status).toBe(200);
    const oidc = await server.api.read(`${path}/inbound-protocols/oidc`);
    expect(oidc).toMatchObject({ clientId: 'pier-client', clientSecret: 'low-tide', allowedOrigins: [] });
  });

  test('keep the client id of the file, and get a client id and a secret where they have none', async () => {
    const chosen = oidcFile({ oauthConsumerKey: 'wharf-client' });
    const first = await upload(server.api, 'POST', IMPORT, chosen, JSON_TYPE);
    expect(await server.api.read(`${first.location}/inbound-protocols/oidc`)).toMatchObject({
      clientId: 'wharf-client',
      clientSecret: expect.stringMatching(/^\w{43}$/),
    });
    const other = oidcFile({}).replace('Wharf Desk', 'Pier Desk');
    const second = await upload(server.api, 'POST', IMPORT, other, JSON_TYPE);
    expect(await server.api.read(`${second.location}/inbound-protocols/oidc`)).toMatchObject({
      clientId: expect.stringMatching(/^\w{28}$/),
      clientSecret: expect.stringMatching(/^\w{43}$/),
    });
    const taken = chosen.replace('Wharf Desk', 'Lock Desk');
    const third = await upload(server.api, 'POST', IMPORT, taken, JSON_TYPE);
    expect([third.status, codeOf(third.text)]).toEqual([409, 'OAUTH-60008']);
    expect(JSON.stringify(await server.api.read('/applications'))).not.toContain('Lock Desk');
  });

  test('with names that the server does not have are refused, and nothing is left behind', async () => {
    const step = (fields: JsonObject): JsonObject => ({
      localAndOutBoundAuthenticationConfig: { authenticationSteps: [{ stepOrder: 1, ...fields }] },
    });
    const federated = { identityProviderName: 'Nowhere', defaultAuthenticatorConfig: { name: 'SAMLSSOAuthenticator' } };
    const mapping = { localClaim: { claimUri: local('nothing') }, remoteClaim: { claimUri: 'n' }, requested: true };
    const refused: JsonObject[] = [
      step({ federatedIdentityProviders: [federated] }),
      step({ localAuthenticatorConfigs: [{ name: 'NoAuthenticator' }] }),
      { outboundProvisioningConfig: { provisioningIdentityProviders: [{ identityProviderName: 'Nowhere' }] } },
      { claimConfig: { localClaimDialect: false, claimMappings: [mapping] } },
      {
        claimConfig: { localClaimDialect: true },
        localAndOutBoundAuthenticationConfig: { subjectClaimUri: local('nothing') },
      },
      {
        permissionAndRoleConfig: {
          roleMappings: [{ localRole: { localRoleName: 'Internal/nobody' }, remoteRole: 'n' }],
        },
      },
      { permissionAndRoleConfig: { roleMappings: [{ localRole: { localRoleName: 'NOWHERE/all' }, remoteRole: 'n' }] } },
      { associatedRolesConfig: { allowedAudience: 'application', roles: [{ name: 'Nobody' }] } },
      { discoverable: true },
    ];
    for (const fields of refused) {
      const { status, text } = await upload(server.api, 'POST', IMPORT, jsonFile(fields), JSON_TYPE);
      expect([fields, status, codeOf(text)]).toEqual([fields, 400, 'APP-60001']);
    }
    expect(JSON.stringify(await server.api.read('/applications'))).not.toContain('Wharf Desk');
  });

  test('that are taken, missing, nameless, broken or of another kind are refused', async () => {
    await server.api.create('/applications', { name: 'Wharf Desk' });
    const plain = '<ServiceProvider><ApplicationName>Pier Desk</ApplicationName></ServiceProvider>';
    for (const [method, content, type, status, code] of [
      ['POST', jsonFile(), JSON_TYPE, 409, 'APP-60007'],
      ['POST', jsonFile({ applicationName: 'wso2carbon-local-sp' }), JSON_TYPE, 409, 'APP-60007'],
      ['POST', jsonFile({ applicationName: 'Console' }), JSON_TYPE, 400, 'APP-60515'],
      ['POST', jsonFile({ applicationName: ' ' }), JSON_TYPE, 400, 'APP-60001'],
      ['PUT', plain, XML, 404, 'APP-60006'],
      ['PUT', jsonFile({ applicationName: 'Console' }), JSON_TYPE, 403, 'APP-60008'],
      ['POST', '', XML, 500, 'SE-50000'],
      ['POST', '<ServiceProvider><ApplicationName>', XML, 500, 'SE-50000'],
      ['POST', '{"applicationName"', JSON_TYPE, 500, 'SE-50000'],
      ['POST', 'applicationName: Pier Desk', JSON_TYPE, 500, 'SE-50000'],
      ['POST', jsonFile({ applicationName: 'Pier Desk' }), XML, 500, 'SE-50000'],
      ['POST', jsonFile({ applicationName: 'Pier Desk' }), 'text/plain', 500, 'SE-50000'],
      [
        'POST',
        '<IdentityProvider><IdentityProviderName>X</IdentityProviderName></IdentityProvider>',
        XML,
        500,
        'SE-50000',
      ],
    ] as const) {
      const reply = await upload(server.api, method, IMPORT, content, type);
      expect([content, reply.status, codeOf(reply.text)]).toEqual([content, status, code]);
    }
    const form = new FormData();
    form.append('another', new Blob([plain], { type: XML }), 'export.xml');
    const lost = await sendForm(server.api, 'POST', IMPORT, form);
    expect([lost.status, codeOf(lost.text)]).toEqual([400, 'APP-60001']);
  });

  test('need the scope to create or to update', async () => {
    const [viewer, creator] = [await bearer(server.api, 'mgt_view'), await bearer(server.api, 'mgt_create')];
    const file = jsonFile();
    expect((await upload(server.api, 'POST', IMPORT, file, JSON_TYPE, viewer)).status).toBe(403);
    expect((await upload(server.api, 'POST', IMPORT, file, JSON_TYPE, creator)).status).toBe(201);
    expect((await upload(server.api, 'PUT', IMPORT, file, JSON_TYPE, creator)).status).toBe(403);
    const path = '/applications/none/export';
    expect((await download(server.api, path, XML, creator)).status).toBe(403);
  });
});

describe('versions', () => {
  test.each(['5.11', '6.1'] as const)('%s knows XML alone, without the elements of later versions', async (version) => {
    await onServer({ version }, async (api) => {
      const path = await api.create('/applications', WHARF);
      const { text } = await download(api, `${path}/export?exportSecrets=true`, '*/*');
      for (const newer of [
        'ApplicationVersion',
        'AssociatedRoles',
        'IsApplicationEnabled',
        'ClientAttestation',
        'subjectToken',
      ])
        expect(text).not.toContain(newer);
      expect((await download(api, `${path}/exportFile`, XML)).status).toBe(404);
      const renamed = text.replaceAll('Wharf Desk', 'Pier Desk').replaceAll('wharf-client', 'pier-client');
      const file = renamed.replaceAll('urn:aldermere:wharf', 'urn:aldermere:pier');
      expect((await upload(api, 'POST', IMPORT, file, XML)).status).toBe(201);
      // The type of the part says nothing there.
      expect((await upload(api, 'PUT', IMPORT, file, JSON_TYPE)).status).toBe(200);
      expect((await upload(api, 'PUT', IMPORT, jsonFile(), JSON_TYPE)).status).toBe(500);
    });
  });

  const client = (inner: string): string =>
    `<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs><InboundAuthenticationRequestConfig><InboundAuthKey>berth</InboundAuthKey><InboundAuthType>oauth2</InboundAuthType><inboundConfiguration><![CDATA[<oAuthAppDO><oauthConsumerKey>berth</oauthConsumerKey><grantTypes>client_credentials</grantTypes>${inner}</oAuthAppDO>]]></inboundConfiguration></InboundAuthenticationRequestConfig></InboundAuthenticationRequestConfigs></InboundAuthenticationConfig>`;
  const fileOf = (inner: string): string =>
    `<ServiceProvider><ApplicationName>Pier Desk</ApplicationName><Description>d</Description>${inner}</ServiceProvider>`;
  const mapping = (local: string, remote: string): string =>
    `<PermissionAndRoleConfig><RoleMappings><RoleMapping><${local}><LocalRoleName>Internal/everyone</LocalRoleName></${local}><${remote}>all</${remote}></RoleMapping></RoleMappings></PermissionAndRoleConfig>`;
  const applicationNamed = async (api: Api): Promise<JsonObject> => {
    const { applications } = await api.read('/applications?filter=name+eq+Pier+Desk');
    return api.read(`/applications/${String(objects(applications)[0]?.id)}`);
  };

  test.each(['6.0', '7.0'] as const)(
    '%s breaks down over a role under another name, and the application stays without its protocol',
    async (version) => {
      await onServer({ version }, async (api) => {
        const file = fileOf(client('<scopeValidators/>') + mapping('LocalRole', 'RemoteRole'));
        expect((await upload(api, 'POST', IMPORT, file, XML)).status).toBe(500);
        expect(await applicationNamed(api)).toMatchObject({ description: 'd', inboundProtocols: [] });
      });
    },
  );

  test.each([
    ['6.1', 500, []],
    ['7.0', 201, [{ type: 'oauth2' }]],
  ] as const)('%s answers %i to a client without scope validators', async (version, status, protocols) => {
    await onServer({ version }, async (api) => {
      expect((await upload(api, 'POST', IMPORT, fileOf(client('')), XML)).status).toBe(status);
      expect((await applicationNamed(api)).inboundProtocols).toMatchObject(protocols);
    });
  });

  test.each([
    ['6.1', false],
    ['7.1', true],
  ] as const)('an import of %s makes a management application of the file: %s', async (version, isOne) => {
    await onServer({ version }, async (api) => {
      const file = fileOf('<IsManagementApp>true</IsManagementApp>');
      const { location } = await upload(api, 'POST', IMPORT, file, XML);
      expect(await api.read(location)).toMatchObject({ isManagementApp: isOne });
    });
  });

  test('an element that no class has is passed over with all that is in it', async () => {
    await onServer({ version: '6.0' }, async (api) => {
      const step = (element: string): string =>
        `<LocalAndOutBoundAuthenticationConfig><AuthenticationSteps><AuthenticationStep><StepOrder>1</StepOrder><LocalAuthenticatorConfigs><LocalAuthenticatorConfig><Name>BasicAuthenticator</Name></LocalAuthenticatorConfig></LocalAuthenticatorConfigs><FederatedIdentityProviders><${element}><IdentityProviderName>Quayside</IdentityProviderName></${element}></FederatedIdentityProviders></AuthenticationStep></AuthenticationSteps><AuthenticationType>flow</AuthenticationType></LocalAndOutBoundAuthenticationConfig>`;
      const { status, location } = await upload(api, 'POST', IMPORT, fileOf(step('IdentityProvider')), XML);
      expect(status).toBe(201);
      const { steps } = object((await api.read(location)).authenticationSequence);
      expect(steps).toEqual([{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }]);
    });
  });

  test('YAML and JSON with a name that is no property of a class are refused', async () => {
    await onServer({ version: '7.0' }, async (api) => {
      for (const [text, type] of [
        [jsonFile({ templateVersion: '1' }), JSON_TYPE],
        [jsonFile({ localAndOutBoundAuthenticationConfig: { useExternalizedConsentPage: true } }), JSON_TYPE],
        ['applicationName: Pier Desk\nfidoTrusted: true\n', YAML],
      ] as const)
        expect([text, (await upload(api, 'POST', IMPORT, text, type)).status]).toEqual([text, 500]);
    });
  });

  test('from 7.2 a script, of the file or of the server, needs a scope of its own', async () => {
    const script = { authenticationScriptConfig: { content: SCRIPT } };
    const steps = { authenticationSteps: [{ stepOrder: 1, localAuthenticatorConfigs: [{ name: 'totp' }] }] };
    const scripted = jsonFile({ localAndOutBoundAuthenticationConfig: { ...steps, ...script } });
    const scopes = ['mgt_create', 'mgt_update'];
    await onServer({ version: '7.2' }, async (api) => {
      const [bare, allowed] = [await bearer(api, ...scopes), await bearer(api, ...scopes, 'script_update')];
      for (const [method, file, caller, status] of [
        ['POST', scripted, bare, 403],
        ['POST', scripted, allowed, 201],
        ['PUT', scripted, bare, 403],
        ['PUT', jsonFile(), bare, 403],
        ['PUT', jsonFile(), allowed, 200],
        ['PUT', jsonFile(), bare, 200],
      ] as const) {
        const reply = await upload(api, method, IMPORT, file, JSON_TYPE, caller);
        expect(reply.status).toBe(status);
        if (status === 403) expect(codeOf(reply.text)).toBe('APP-60520');
      }
    });
    await onServer({ version: '7.1' }, async (api) => {
      const reply = await upload(api, 'POST', IMPORT, scripted, JSON_TYPE, await bearer(api, ...scopes));
      expect(reply.status).toBe(201);
    });
  });
});

test.each(['dev', 'prod'] as const)(
  'every application of the sample company in %s stays as it is when its file comes back',
  async (environment) => {
    await onServer({ seed: sampleCompany(environment) }, async (api) => {
      const { applications } = await api.read('/applications?limit=100');
      const own = objects(applications).filter(({ access }) => access === 'WRITE');
      expect(own.length).toBeGreaterThan(10);
      for (const { id, name } of own) {
        const path = `/applications/${String(id)}`;
        const before = await shown(api, path);
        const file = await download(api, `${path}/export`, XML);
        expect([name, (await upload(api, 'PUT', IMPORT, file.text, XML)).status]).toEqual([name, 200]);
        expect(await shown(api, path)).toEqual(before);
      }
    });
  },
);
