import { encodedName } from '../../src/sandbox/identifiers';
import { sandboxed, type Reply } from './api';

/* What a server of REST classes 1.2.6 on framework 5.25.92 answered to the same requests. */

const server = sandboxed({ version: '6.0' });
const OIDC = 'OpenIDConnectAuthenticator';

function imported(content: string): Promise<Reply> {
  const head = 'Content-Disposition: form-data; name="file"; filename="barge.xml"\r\nContent-Type: application/xml';
  const type = { 'content-type': 'multipart/form-data; boundary=barge' };
  return server.api.send('POST', '/applications/import', `--barge\r\n${head}\r\n\r\n${content}\r\n--barge--\r\n`, type);
}

async function exported(content: string): Promise<string> {
  const { status, location } = await imported(content);
  expect(status).toBe(201);
  const file = await server.api.send('GET', `${new URL(location).pathname}/export`, undefined, { accept: '*/*' });
  expect(file).toMatchObject({ status: 200 });
  expect(file.headers.get('content-disposition')).toBeNull();
  return String(file.body);
}

test('a file that is no service provider is refused with the code of the import', async () => {
  expect(await imported('<Driftwood/>')).toMatchObject({ status: 500, body: { code: 'APP-65001' } });
});

test('an exported file has the flags that nobody set', async () => {
  const file = await exported('<ServiceProvider><ApplicationName>barge</ApplicationName></ServiceProvider>');
  for (const element of ['UseTenantDomainInUsername', 'IsProvisioningEnabled', 'AlwaysSendMappedLocalSubjectId']) {
    expect(file).toContain(`<${element}>false</${element}>`);
  }
});

test('a protocol that a file only names is kept', async () => {
  const config = (key: string, type: string): string =>
    `<InboundAuthenticationRequestConfig><InboundAuthKey>${key}</InboundAuthKey><InboundAuthType>${type}</InboundAuthType></InboundAuthenticationRequestConfig>`;
  const configs = `<InboundAuthenticationRequestConfigs>${config('barge', 'passivests')}${config('b', 'openid')}</InboundAuthenticationRequestConfigs>`;
  const { location } = await imported(
    `<ServiceProvider><ApplicationName>barge</ApplicationName><InboundAuthenticationConfig>${configs}</InboundAuthenticationConfig></ServiceProvider>`,
  );
  const path = new URL(location).pathname;
  const types = (await server.api.readList(`${path}/inbound-protocols`)).map(({ type }) => type);
  expect(types.sort()).toEqual(['openid', 'passivests']);
});

test('a list that does not ask for claims shows an identity provider with a broken one', async () => {
  const claims = {
    mappings: [{ idpClaim: 'x', localClaim: { uri: 'http://wso2.org/claims/tonnage' } }],
    provisioningClaims: [],
  };
  expect((await server.api.post('/identity-providers', { name: 'Barge Club', claims })).status).toBe(400);
  const list = (attributes: string): Promise<Reply> =>
    server.api.get(`/identity-providers?requiredAttributes=${attributes}`);
  expect((await list('federatedAuthenticators')).status).toBe(200);
  expect((await list('claims')).status).toBe(400);
});

test('an identity provider in use is renamed although its authenticator is off, and its applications follow', async () => {
  const authenticatorId = encodedName(OIDC);
  const properties = Object.entries({
    ClientId: 'barge',
    ClientSecret: 'barge-secret',
    OAuth2AuthzEPUrl: 'https://barge.example/authorize',
    OAuth2TokenEPUrl: 'https://barge.example/token',
  }).map(([key, value]) => ({ key, value }));
  const federatedAuthenticators = {
    defaultAuthenticatorId: authenticatorId,
    authenticators: [{ authenticatorId, isEnabled: true, properties }],
  };
  const provider = await server.api.create('/identity-providers', { name: 'Barge Club', federatedAuthenticators });
  const application = await server.api.create('/applications', {
    name: 'barge',
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'Barge Club', authenticator: OIDC }] }],
    },
  });
  const rename = [{ operation: 'REPLACE', path: '/name', value: 'Barge Guild' }];
  expect((await server.api.patch(provider, rename)).status).toBe(200);
  expect(JSON.stringify(await server.api.read(application))).toContain('"idp":"Barge Guild"');
});

test('roles of an identity provider are replaced by nothing with an empty body', async () => {
  const provider = await server.api.create('/identity-providers', { name: 'Barge Club' });
  const reply = await server.api.send('PUT', `${provider}/roles`, '', { 'content-type': 'application/json' });
  expect(reply).toMatchObject({ status: 200, body: { mappings: [] } });
});

test('an element without text is an empty description of an imported application', async () => {
  const { location } = await imported(
    '<ServiceProvider><ApplicationName>barge</ApplicationName><Description/></ServiceProvider>',
  );
  expect(await server.api.read(new URL(location).pathname)).toMatchObject({ description: '' });
});

test('a scope keeps no claims that the OIDC dialect does not have', async () => {
  const claims = ['wind_force', 'given_name'];
  await server.api.create('/oidc/scopes', { name: 'winds', displayName: 'Winds', claims });
  expect(await server.api.read('/oidc/scopes/winds')).toMatchObject({ claims: ['given_name'] });
});

test('a list of applications has no certificates', async () => {
  const certificate = { type: 'JWKS', value: 'https://barge.example/jwks' };
  await server.api.create('/applications', { name: 'barge', advancedConfigurations: { certificate } });
  const { applications } = await server.api.read(
    '/applications?attributes=advancedConfigurations&filter=name+eq+barge',
  );
  expect(applications).toMatchObject([{ advancedConfigurations: expect.not.objectContaining({ certificate }) }]);
});

test('an exported file has the documents of the protocols', async () => {
  const path = await server.api.create('/applications', {
    name: 'barge',
    inboundProtocolConfiguration: { oidc: { grantTypes: ['client_credentials'], clientId: 'barge-client-of-ours' } },
  });
  const file = await server.api.send('GET', `${path}/export`, undefined, { accept: '*/*' });
  expect(String(file.body)).toContain('<oauthConsumerKey>barge-client-of-ours</oauthConsumerKey>');
});

test('the issuer of an application has its qualifier', async () => {
  const manualConfiguration = {
    issuer: 'barge',
    serviceProviderQualifier: 'north',
    assertionConsumerUrls: ['https://barge.example/acs'],
  };
  const path = await server.api.create('/applications', {
    name: 'barge',
    inboundProtocolConfiguration: { saml: { manualConfiguration } },
  });
  expect(await server.api.read(path)).toMatchObject({ issuer: 'barge:urn:sp:qualifier:north' });
});
