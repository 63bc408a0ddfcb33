import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonObject } from '../../src/model/json';
import { sampleCompany } from '../../src/sandbox/seed';
import type { WorldState } from '../../src/sandbox/state';
import type { Version } from '../../src/sandbox/versions';
import { writeProductFile } from '../../src/service-provider-files/write';
import { Api, object, objects } from '../sandbox/api';
import { download } from '../sandbox/upload';
import { INBOUND, serviceProvider, YAML_SERVICE_PROVIDER } from '../service-provider-files/examples';
import { bothWays, pathOf, type Source } from './converted-application';
import { openTestServer, type TestServer } from './sandbox-session';

/*
 * A converted file applied to a server gives the same configuration as importing the file there. Both are done, on two
 * servers that are alike, and everything that they have is compared in canonical form.
 */

const XML = 'application/xml';
const SAMPLE = [
  'Booking Portal',
  'Crew Directory',
  'Crew Roster',
  'Deckhand App',
  'Fare Engine',
  'Fare Lab',
  'Fleet Maintenance',
  'Freight Ledger',
  'Harbour Kiosk',
  'Lock Keeper Service',
  'Loyalty Club',
  'Partner Lounge',
  'Settlement Job',
  'Shore Operations',
  'Ticket Office',
  'Timetable',
];

const opened: TestServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

/** What the company has on a server of each version; planting it takes longer than anything else here. */
const planted = new Map<Version, WorldState>();

/** Two servers of the sample company that are alike, ids included. */
async function twins(version: Version = '7.1'): Promise<[TestServer, TestServer]> {
  const known = planted.get(version);
  const first = await openTestServer({ version, ...(known ? { content: known } : { seed: sampleCompany('dev') }) });
  opened.push(first);
  const content = known ?? (first.sandbox.snapshot() as unknown as WorldState);
  planted.set(version, content);
  const second = await openTestServer({ version, content });
  opened.push(second);
  return [first, second];
}

async function exportedFrom(server: TestServer, name: string): Promise<string> {
  const api = new Api(server.sandbox);
  const { text } = await download(api, `${await pathOf(api, name)}/export?exportSecrets=true`, XML);
  return text;
}

/** Changes an application in every part that a file can bring back. */
async function disturb({ sandbox }: TestServer, name: string): Promise<void> {
  const api = new Api(sandbox);
  const at = await pathOf(api, name);
  const { advancedConfigurations } = await api.read(at);
  const consent = object(advancedConfigurations).skipLoginConsent !== true;
  const reply = await api.patch(at, {
    description: 'Somebody was here',
    advancedConfigurations: { saas: true, skipLoginConsent: consent, certificate: { type: 'PEM', value: '' } },
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [{ applicationClaim: 'x', localClaim: { uri: 'http://wso2.org/claims/mobile' } }],
      requestedClaims: [{ claim: { uri: 'x' }, mandatory: true }],
      subject: { claim: { uri: 'x' }, includeTenantDomain: true },
      role: { claim: { uri: 'x' }, mappings: [{ localRole: 'Internal/everyone', applicationRole: 'x' }] },
    },
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'totp' }] }],
      script: 'var x = 1;',
    },
    provisioningConfigurations: { inboundProvisioning: { proxyMode: true }, outboundProvisioningIdps: [] },
  });
  expect(reply.status).toBe(200);
  const { inboundProtocols } = await api.read(at);
  for (const { type, self } of objects(inboundProtocols)) await disturbProtocol(api, String(type), String(self));
}

async function disturbProtocol(api: Api, type: string, self: string): Promise<void> {
  const stored = await api.read(self);
  if (type === 'oauth2') {
    const body = {
      ...stored,
      pkce: { mandatory: true },
      refreshToken: { expiryInSeconds: 77 },
      scopeValidators: ['x'],
    };
    expect((await api.put(self, without(body, 'state'))).status).toBe(200);
  }
  if (type === 'samlsso') {
    const { issuer, assertionConsumerUrls } = stored;
    const manualConfiguration = {
      issuer,
      assertionConsumerUrls,
      singleLogoutProfile: {},
      enableAssertionQueryProfile: true,
    };
    expect((await api.put(self, { manualConfiguration })).status).toBe(200);
  }
}

function without(value: JsonObject, ...fields: string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

describe('files of the sample company', () => {
  test('the list here is that of the company', async () => {
    const [server] = await twins();
    const { applications } = await new Api(server.sandbox).read('/applications?limit=100');
    const own = objects(applications).filter(({ access }) => access === 'WRITE');
    expect(own.map(({ name }) => name).sort()).toEqual(SAMPLE);
  });

  test.each(SAMPLE)('%s, changed and brought back by its file', async (name) => {
    const [imported, applied] = await twins();
    const text = await exportedFrom(imported, name);
    for (const server of [imported, applied]) await disturb(server, name);
    expect(await bothWays(imported, applied, name, { text, type: XML })).toMatchObject({ differences: [] });
  });

  test.each(SAMPLE)('%s, deleted and made anew from its file', async (name) => {
    const [imported, applied] = await twins();
    const text = (await exportedFrom(imported, name)).replace(/<AssociatedRoles>[\s\S]*<\/AssociatedRoles>/, '');
    for (const { sandbox } of [imported, applied]) {
      const api = new Api(sandbox);
      expect((await api.delete(await pathOf(api, name))).status).toBe(204);
    }
    expect(await bothWays(imported, applied, name, { text, type: XML })).toMatchObject({ differences: [] });
  });
});

/** The document of an inbound protocol in JSON, which has the fields of all dialects. */
function inbound(type: string, key: string, fields: JsonObject = {}): JsonObject {
  return { inboundAuthKey: key, inboundAuthType: type, inboundConfigType: 'standardAPP', ...fields };
}

function file(fields: JsonObject, ...protocols: JsonObject[]): Source {
  const inboundAuthenticationConfig = { inboundAuthenticationRequestConfigs: protocols };
  const tree = { applicationName: 'Tide Table', ...fields, inboundAuthenticationConfig };
  return { text: JSON.stringify(tree), type: 'application/json' };
}

const LOCAL = 'localAndOutBoundAuthenticationConfig';
const local = (name: string): JsonObject => ({ claimUri: `http://wso2.org/claims/${name}` });
const steps = (...names: string[]): JsonObject[] =>
  names.map((name, index) => ({ stepOrder: index + 1, localAuthenticatorConfigs: [{ name }] }));
const oauth = (fields: JsonObject = {}): JsonObject =>
  inbound('oauth2', 'tide-client', {
    inboundConfigurationProtocol: { oauthConsumerKey: 'tide-client', oauthConsumerSecret: 'ebb', ...fields },
  });
const saml = (fields: JsonObject = {}): JsonObject =>
  inbound('samlsso', 'urn:tide', {
    inboundConfigurationProtocol: {
      issuer: 'urn:tide',
      assertionConsumerUrls: ['https://tide.example/acs'],
      ...fields,
    },
  });

const PEM = '-----BEGIN CERTIFICATE-----\nTUlJRA==\n-----END CERTIFICATE-----\n';

/** Files by what they are about, with what the conversion names as not carried and more than meaningless. */
const BY_HAND: Readonly<Record<string, readonly [Source, ...string[]]>> = {
  'a name and nothing else': [file({})],
  'an OAuth client of which nothing is said': [file({}, oauth({ grantTypes: 'client_credentials' }))],
  'an OAuth client with everything': [
    file(
      { description: 'All of it' },
      oauth({
        grantTypes: 'authorization_code refresh_token implicit',
        callbackUrl: 'regexp=(https://a.tide.example/cb|https://b.tide.example/cb)',
        scopeValidators: ['Role based scope validator'],
        pkceMandatory: true,
        pkceSupportPlain: true,
        hybridFlowEnabled: true,
        hybridFlowResponseType: 'code id_token',
        userAccessTokenExpiryTime: 61,
        applicationAccessTokenExpiryTime: 62,
        refreshTokenExpiryTime: 63,
        idTokenExpiryTime: 64,
        audiences: ['https://api.tide.example', 'second'],
        bypassClientCredentials: true,
        renewRefreshTokenEnabled: true,
        requestObjectSignatureValidationEnabled: true,
        idTokenEncryptionEnabled: true,
        idTokenEncryptionAlgorithm: 'RSA-OAEP',
        idTokenEncryptionMethod: 'A128GCM',
        backChannelLogoutUrl: 'https://tide.example/back',
        frontchannelLogoutUrl: 'https://tide.example/front',
        tokenType: 'JWT',
        tokenBindingType: 'cookie',
        tokenRevocationWithIDPSessionTerminationEnabled: true,
        tokenBindingValidationEnabled: true,
        tokenEndpointAuthMethod: 'private_key_jwt',
        tokenEndpointAuthSignatureAlgorithm: 'PS256',
        tokenEndpointAllowReusePvtKeyJwt: true,
        idTokenSignatureAlgorithm: 'PS256',
        requestObjectSignatureAlgorithm: 'PS256',
        requestObjectEncryptionAlgorithm: 'RSA-OAEP',
        requestObjectEncryptionMethod: 'A128GCM',
        requirePushedAuthorizationRequests: true,
        subjectType: 'pairwise',
        sectorIdentifierURI: 'https://tide.example/sector',
        subjectTokenEnabled: true,
        subjectTokenExpiryTime: 65,
        accessTokenClaims: ['email', 'country'],
      }),
    ),
  ],
  'a SAML application of which nothing is said': [file({}, saml())],
  'a SAML application with everything': [
    file(
      {},
      saml({
        issuerQualifier: 'east',
        assertionConsumerUrls: ['https://tide.example/acs', 'https://tide.example/second'],
        defaultAssertionConsumerUrl: 'https://tide.example/second',
        certAlias: 'tide-cert',
        idpEntityIDAlias: 'https://id.tide.example',
        doSingleLogout: true,
        doFrontChannelLogout: true,
        frontChannelLogoutBinding: 'HTTPRedirectBinding',
        sloRequestURL: 'https://tide.example/slo',
        sloResponseURL: 'https://tide.example/slo/answer',
        doSignAssertions: true,
        doSignResponse: true,
        requestedAudiences: ['urn:a', 'urn:b'],
        requestedRecipients: ['https://tide.example/r'],
        enableAttributeProfile: true,
        enableAttributesByDefault: true,
        assertionQueryRequestProfileEnabled: true,
        nameIDFormat: 'urn/oasis/names/tc/SAML/1.1/nameid-format/emailAddress',
        idPInitSSOEnabled: true,
        idPInitSLOEnabled: true,
        idpInitSLOReturnToURLs: ['https://tide.example/back'],
        doEnableEncryptedAssertion: true,
        doValidateSignatureInRequests: true,
        signingAlgorithmURI: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        digestAlgorithmURI: 'http://www.w3.org/2001/04/xmlenc#sha256',
        enableSAML2ArtifactBinding: true,
        doValidateSignatureInArtifactResolve: true,
      }),
    ),
  ],
  'protocols of old servers': [
    file(
      {},
      inbound('passivests', 'urn:tide:realm', {
        properties: [
          { name: 'passiveSTSWReply', value: 'https://tide.example/sts' },
          { name: 'passiveSTSWReplyLogout', value: 'https://tide.example/sts/out' },
        ],
      }),
      inbound('openid', 'Tide Table'),
      inbound('wstrust', 'https://tide.example/trust'),
    ),
    'inboundAuthenticationConfig.inboundAuthenticationRequestConfigs[]',
  ],
  'two steps with a script': [
    file({
      [LOCAL]: {
        authenticationType: 'flow',
        authenticationSteps: [
          {
            stepOrder: 2,
            federatedIdentityProviders: [
              {
                identityProviderName: 'Harbour Trust',
                defaultAuthenticatorConfig: { name: 'OpenIDConnectAuthenticator' },
              },
            ],
            localAuthenticatorConfigs: [{ name: 'totp' }, { name: 'email-otp-authenticator' }],
            attributeStep: true,
          },
          { stepOrder: 1, localAuthenticatorConfigs: [{ name: 'BasicAuthenticator' }], subjectStep: true },
        ],
        authenticationScriptConfig: {
          content: 'var onLoginRequest = function (context) {\r\n  executeStep(1);\r\n};',
          enabled: true,
          language: 'application/javascript',
        },
      },
      requestPathAuthenticatorConfigs: [{ name: 'BasicAuthRequestPathAuthenticator' }],
    }),
  ],
  'a script that is switched off': [
    file({
      [LOCAL]: {
        authenticationSteps: steps('BasicAuthenticator'),
        authenticationScriptConfig: { content: 'var x;', enabled: false },
      },
    }),
    `${LOCAL}.authenticationScriptConfig.content`,
  ],
  'the sequence of the tenant, with steps that mean nothing': [
    file({ [LOCAL]: { authenticationType: 'default', authenticationSteps: steps('totp') } }),
    `${LOCAL}.authenticationSteps[]`,
  ],
  'local claims, some of them renamed': [
    file({
      claimConfig: {
        localClaimDialect: true,
        alwaysSendMappedLocalSubjectId: true,
        claimMappings: [
          { localClaim: local('emailaddress'), remoteClaim: local('emailaddress'), requested: true, mandatory: true },
          { localClaim: local('lastname'), remoteClaim: { claimUri: 'surname' }, requested: true },
          { localClaim: local('givenname'), remoteClaim: local('givenname') },
          { localClaim: local('country'), remoteClaim: { claimUri: 'land' } },
        ],
      },
      [LOCAL]: {
        subjectClaimUri: 'http://wso2.org/claims/emailaddress',
        useTenantDomainInLocalSubjectIdentifier: true,
      },
    }),
  ],
  'claims under names of the application': [
    file({
      claimConfig: {
        localClaimDialect: false,
        roleClaimURI: 'roles',
        alwaysSendMappedLocalSubjectId: true,
        mappedLocalSubjectMandatory: true,
        claimMappings: [
          { localClaim: local('roles'), remoteClaim: { claimUri: 'roles' }, requested: true },
          { localClaim: local('emailaddress'), remoteClaim: { claimUri: 'mail' }, requested: true, mandatory: true },
          { localClaim: local('country'), remoteClaim: { claimUri: 'land' } },
        ],
      },
      permissionAndRoleConfig: {
        roleMappings: [
          { localRole: { localRoleName: 'Internal/everyone' }, remoteRole: 'agent' },
          { localRole: { localRoleName: 'everyone', userStoreId: 'Internal' }, remoteRole: 'all' },
        ],
      },
      [LOCAL]: { subjectClaimUri: 'mail', useUserstoreDomainInRoles: false },
    }),
  ],
  'provisioning both ways': [
    file({
      inboundProvisioningConfig: { provisioningUserStore: 'PRIMARY', provisioningEnabled: true, dumbMode: true },
      outboundProvisioningConfig: {
        provisioningIdentityProviders: [
          {
            identityProviderName: 'Payroll',
            defaultProvisioningConnectorConfig: { name: 'scim', blocking: true, rulesEnabled: true },
            justInTimeProvisioningConfig: { provisioningEnabled: true },
          },
        ],
      },
    }),
  ],
  'everything that stands at the top': [
    file({
      description: 'Spring & neap',
      imageUrl: 'https://tide.example/logo.png',
      accessUrl: 'https://tide.example',
      templateId: 'tide-template',
      templateVersion: '1.0.0',
      saasApp: true,
      discoverable: true,
      managementApp: true,
      applicationEnabled: false,
      apibasedAuthenticationEnabled: true,
      certificateContent: PEM,
      associatedRolesConfig: { allowedAudience: 'organization' },
      [LOCAL]: {
        skipConsent: true,
        skipLogoutConsent: true,
        enableAuthorization: true,
        alwaysSendBackAuthenticatedListOfIdPs: true,
        useExternalConsentPage: true,
      },
      clientAttestationMetaData: {
        attestationEnabled: true,
        androidPackageName: 'example.tide',
        appleAppId: 'tide.ios',
      },
      trustedAppMetadata: {
        androidPackageName: 'example.tide',
        androidThumbprints: ['AA:BB', 'CC:DD'],
        appleAppId: 'tide.ios',
        isFidoTrusted: true,
        isConsentGranted: true,
      },
    }),
  ],
  'what no field of the API says': [
    file({
      owner: { userName: 'keeper' },
      spProperties: [{ name: 'x', value: 'y' }],
      jwksUri: 'https://tide.example/jwks',
      certificateContent: PEM,
      claimConfig: { spClaimDialects: ['urn:aldermere:claims'] },
      permissionAndRoleConfig: { permissions: [{ value: '/permission/tide' }], idpRoles: ['a'] },
    }),
    'certificateContent',
    'claimConfig.spClaimDialects[]',
    'owner',
    'permissionAndRoleConfig.idpRoles[]',
    'permissionAndRoleConfig.permissions[].value',
    'spProperties[]',
  ],
};

describe('files written by hand', () => {
  const lost = (named: readonly { element: string; meaningless: boolean }[]): string[] =>
    named.filter(({ meaningless }) => !meaningless).map(({ element }) => element);

  test.each(Object.entries(BY_HAND))('%s, where there was nothing', async (_about, [source, ...expected]) => {
    const [imported, applied] = await twins();
    const { differences, named } = await bothWays(imported, applied, 'Tide Table', source);
    expect(differences).toEqual([]);
    expect(lost(named)).toEqual(expected);
  });

  /** All of the files at once, so that each one after it has something to take away. */
  const FULL = Object.values(BY_HAND).map(([{ text }]) => JSON.parse(text) as JsonObject);

  test.each(Object.entries(BY_HAND))('%s, over an application that has everything', async (_about, [source]) => {
    const [imported, applied] = await twins();
    const client = oauth({ grantTypes: 'password', tokenType: 'JWT' });
    const merged = FULL.reduce((all, each) => deepMerged(all, each), {});
    // An external consent page does not go with SAML, and only a creation makes a management application.
    const flags = { managementApp: false, [LOCAL]: { ...object(merged[LOCAL]), useExternalConsentPage: false } };
    const everything = file({ ...merged, ...flags }, client, saml({ doSignResponse: true }));
    await bothWays(imported, applied, 'Tide Table', everything);
    expect(await bothWays(imported, applied, 'Tide Table', source)).toMatchObject({ differences: [] });
  });

  test.each([
    ['with the inner document in CDATA', { text: serviceProvider(INBOUND.cdata), type: XML }],
    ['with the inner document escaped', { text: serviceProvider(INBOUND.escaped), type: XML }],
    ['with the inner document as an element', { text: serviceProvider(INBOUND.element), type: XML }],
    ['in YAML', { text: YAML_SERVICE_PROVIDER, type: 'application/yaml' }],
  ] as const)('an export %s', async (_about, source) => {
    // With claims of its own the subject is one of them, and from 7.0 on no group of a user store is mapped.
    const text = source.text
      .replaceAll(/(<subjectClaimUri>|subjectClaimUri: )[^<\n]*/g, '$1mail')
      .replaceAll('keeper', 'everyone')
      .replaceAll(/(everyone.*)CREW/g, '$1Internal')
      .replaceAll('CREW', 'PRIMARY');
    const [imported, applied] = await twins();
    const { differences } = await bothWays(imported, applied, 'Mooring Desk', { ...source, text });
    expect(differences).toEqual([]);
  });

  const VERSIONS = ['5.11', 'next'] as const;
  /** Of the others no field came or went with a version. */
  const VERSIONED = [
    'everything that stands at the top',
    'an OAuth client with everything',
    'a SAML application with everything',
    'provisioning both ways',
    'a name and nothing else',
  ];
  const matrix = VERSIONS.flatMap((version) => VERSIONED.map((about) => [version, about] as const));

  test.each(matrix)('on a server of version %s: %s', async (version, about) => {
    const [source] = BY_HAND[about] ?? [];
    if (!source) throw new Error(`there is no file about ${about}`);
    const isOld = version === '5.11';
    const text = isOld ? xmlOf(JSON.parse(source.text) as JsonObject) : source.text;
    const [imported, applied] = await twins(version);
    const { differences } = await bothWays(imported, applied, 'Tide Table', { text, type: isOld ? XML : source.type });
    expect(differences).toEqual([]);
  });
});

function deepMerged(one: JsonObject, other: JsonObject): JsonObject {
  const merged: JsonObject = { ...one };
  for (const [field, value] of Object.entries(other)) {
    const before = merged[field];
    merged[field] = isObject(before) && isObject(value) ? deepMerged(before, value) : value;
  }
  return merged;
}

function xmlOf(tree: JsonObject): string {
  return writeProductFile('application', tree, { format: 'xml', dialect: 'export' });
}

/** Real files of the product, where they are at hand. */
const FOLDER = path.resolve(__dirname, '../../../shared/fixtures/wso2-is/sp-xml');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.xml')) : [];
const each = names.length > 0 ? describe.each(names) : describe.skip.each(['the real files are not here']);

/** The steps of a real file with what the sample company has. */
function withKnownNames(text: string): string {
  return text
    .replaceAll('BasicMockAuthenticator', 'BasicAuthenticator')
    .replaceAll('MockFallbackAuthenticator', 'totp')
    .replaceAll(/<IdentityProvider>[\s\S]*?<\/IdentityProvider>/g, HARBOUR_TRUST);
}

const HARBOUR_TRUST = `<FederatedIdentityProvider><IdentityProviderName>Harbour Trust</IdentityProviderName>
  <DefaultAuthenticatorConfig><Name>OpenIDConnectAuthenticator</Name></DefaultAuthenticatorConfig></FederatedIdentityProvider>`;

each('the real file %s', (name) => {
  // A template has no name: neither way takes it.
  const hasName = name !== 'TestTemplate1.xml';
  (hasName ? test : test.skip)('gives the same in both ways', async () => {
    const text = withKnownNames(readFileSync(path.join(FOLDER, name), 'utf8'));
    const application = /<ApplicationName>([^<]*)</.exec(text)?.[1] ?? '';
    const [imported, applied] = await twins();
    expect(await bothWays(imported, applied, application, { text, type: XML })).toMatchObject({ differences: [] });
  });
});
