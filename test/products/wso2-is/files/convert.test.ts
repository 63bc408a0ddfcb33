import { canonicalise } from '../../../../src/compare/canonical';
import type { JsonObject } from '../../../../src/model/json';
import type { Kind } from '../../../../src/model/kind';
import type { FromFile } from '../../../../src/products/product-files';
import { artifactsFromFile, filesFromArtifacts } from '../../../../src/products/wso2-is/files/convert';
import { notInFiles } from '../../../../src/service-provider-files/translation/not-in-files';
import { wso2Is } from '../../../../src/products/wso2-is/product';
import { readProductFile } from '../../../../src/service-provider-files/read';
import { writeProductFile } from '../../../../src/service-provider-files/write';
import { schemaIssues } from '../../../../src/workspace/schema-issues';
import {
  FORMATS,
  CLAIM_DIALECT,
  INBOUND,
  LOCAL_CLAIMS,
  SECRET,
  serviceProvider,
  YAML_IDENTITY_PROVIDER,
  YAML_SERVICE_PROVIDER,
} from '../../../service-provider-files/examples';

const VERSION = '7.1';
const from = (text: string, file: string): FromFile => artifactsFromFile(readProductFile(text, { file }), wso2Is.kinds);

function kindNamed(name: string): Kind {
  const kind = wso2Is.kinds.find((candidate) => candidate.name === name);
  if (!kind) throw new Error(name);
  return kind;
}

/** The canonical values of the artifacts in a file. */
function values(text: string, file: string): JsonObject[] {
  return from(text, file).artifacts.map(({ kind, value }) => canonicalise(kindNamed(kind), value, VERSION));
}

const lost = ({ notConverted }: FromFile): string[] =>
  notConverted.filter(({ meaningless }) => !meaningless).map(({ element }) => element);

describe('an application', () => {
  const [application] = from(serviceProvider(), 'sp.xml').artifacts;

  it('is called by the REST names of what the file says', () => {
    expect(application?.value).toEqual({
      name: 'Mooring Desk',
      description: 'Berths & bollards',
      accessUrl: 'https://moor.aldermere.example',
      inboundProtocolConfiguration: {
        oidc: {
          clientId: 'aldermere-moorings',
          clientSecret: SECRET,
          grantTypes: ['authorization_code', 'refresh_token'],
          callbackURLs: ['regexp=(https://moor.aldermere.example/cb|https://m.aldermere.example/cb)'],
          pkce: { mandatory: true },
          accessToken: { type: 'JWT', userAccessTokenExpiryInSeconds: 900 },
          refreshToken: { renewRefreshToken: false },
          idToken: { audience: ['https://api.aldermere.example'], encryption: { enabled: false } },
        },
      },
      authenticationSequence: {
        type: 'USER_DEFINED',
        steps: [
          { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] },
          { id: 2, options: [{ idp: 'Harbour Trust', authenticator: 'OpenIDConnectAuthenticator' }] },
        ],
        script: 'var onLoginRequest = function (context) {\r\n  executeStep(1);\r\n};',
        subjectStepId: 1,
        attributeStepId: 2,
      },
      claimConfiguration: {
        dialect: 'CUSTOM',
        claimMappings: [{ applicationClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/emailaddress' } }],
        requestedClaims: [{ claim: { uri: 'mail' }, mandatory: true }],
        subject: { claim: { uri: 'http://wso2.org/claims/emailaddress' } },
        role: { includeUserDomain: false, mappings: [{ localRole: 'CREW/keeper', applicationRole: 'lock-keeper' }] },
      },
      advancedConfigurations: { saas: false, skipLoginConsent: true },
    });
  });

  it('is the same from every dialect and format', () => {
    const [expected] = values(serviceProvider(), 'sp.xml');
    expect(values(serviceProvider(INBOUND.escaped), 'sp.xml')).toEqual([expected]);
    expect(values(serviceProvider(INBOUND.element), 'sp.xml')).toEqual([expected]);
    expect(values(YAML_SERVICE_PROVIDER, 'sp.yaml')).toEqual([expected]);
  });

  it('names every element that says something and is not carried, with its place', () => {
    const found = from(serviceProvider(), 'sp.xml');
    expect(lost(found)).toEqual(['claimConfig.spClaimDialects[]']);
    expect(found.notConverted.find(({ element }) => element === 'claimConfig.spClaimDialects[]')?.place).toMatchObject({
      file: 'sp.xml',
      line: expect.any(Number) as number,
    });
    const meaningless = found.notConverted.filter((entry) => entry.meaningless).map(({ element }) => element);
    expect(meaningless.map((element) => element.split('.').at(-1)).sort()).toEqual([
      'applicationName',
      'displayName',
      'inboundConfigType',
      'language',
      'oauthVersion',
    ]);
  });

  it('names what nobody ever heard of', () => {
    const text = serviceProvider().replace(
      '<IsSaaSApp>',
      '<Owner><UserName>mia</UserName></Owner><Newest a="1"/><IsSaaSApp>',
    );
    expect(lost(from(text, 'sp.xml'))).toEqual(['Newest', 'Owner', 'claimConfig.spClaimDialects[]']);
  });

  it.each([
    [
      'sp.xml',
      '<ServiceProvider><ApplicationName>x</ApplicationName>\n<Chart><Leg><To>Lock</To></Leg><Leg><To>Weir</To></Leg></Chart>\n<Buoy><Hue>red</Hue></Buoy>\n<Buoy><Hue>green</Hue></Buoy></ServiceProvider>',
    ],
    [
      'sp.yaml',
      'applicationName: x\nChart: { Leg: [{ To: Lock }, { To: Weir }] }\nBuoy:\n  - { Hue: red }\n  - { Hue: green }\n',
    ],
  ])('names an element that it does not know once, at its own line, not all that is in it: %s', (file, text) => {
    const found = from(text, file).notConverted.map(({ element, count, place }) => [element, count, place?.line]);
    const first = file === 'sp.xml' ? 3 : 4;
    expect(found).toEqual([
      ['Buoy[]', 2, first],
      ['Chart', 1, 2],
    ]);
  });

  it('says why groups that may discover it are not carried', () => {
    const groups =
      '<DiscoverableGroups><DiscoverableGroup><UserStore>PRIMARY</UserStore><Groups><Group><ID>g</ID><Name>crew</Name></Group></Groups></DiscoverableGroup></DiscoverableGroups>';
    const found = from(serviceProvider().replace('<IsSaaSApp>', `${groups}<IsSaaSApp>`), 'sp.xml').notConverted;
    expect(found.find(({ element }) => element === 'discoverableGroups')?.why).toMatch(/ids of one server/);
  });

  it.each([
    ['ACTIVE', true],
    ['REVOKED', false],
  ])('loses the state %s of its client only where that says something', (state, isMeaningless) => {
    const text = serviceProvider().replace('<tokenType>', `<state>${state}</state><tokenType>`);
    const found = from(text, 'sp.xml').notConverted.find(({ element }) => element.endsWith('.state'));
    expect(found?.meaningless).toBe(isMeaningless);
  });

  it('does not name an unknown element that says "off", "none" or 0', () => {
    const quiet = 'applicationName: x\nclaimConfig: { requiresMap: false, depth: 0, chart: null, note: "" }\n';
    expect(from(quiet, 'sp.yaml').notConverted).toEqual([]);
    const xml =
      '<ServiceProvider><ApplicationName>x</ApplicationName><Map>false</Map><Depth>0</Depth></ServiceProvider>';
    expect(from(xml, 'sp.xml').notConverted).toEqual([]);
  });

  it.each([
    ['applicationName: x\napplicationID: 12\n', 'applicationID'],
    [
      'applicationName: x\nlocalAndOutBoundAuthenticationConfig: { authenticationSteps: [{ localAuthenticatorConfigs: [{ name: totp, valid: true }] }] }\n',
      'localAndOutBoundAuthenticationConfig.authenticationSteps[].localAuthenticatorConfigs[].valid',
    ],
    [
      'applicationName: x\ninboundAuthenticationConfig: { inboundAuthenticationRequestConfigs: [{ inboundAuthType: oauth2, inboundConfigurationProtocol: { id: 7, oauthConsumerKey: k } }] }\n',
      'inboundAuthenticationConfig.inboundAuthenticationRequestConfigs[].inboundConfigurationProtocol.id',
    ],
  ])('loses nothing with what is of the server that wrote it: %s', (text, element) => {
    expect(from(text, 'sp.yaml').notConverted).toMatchObject([{ element, meaningless: true }]);
  });

  it.each(['json', 'xml'] as const)('of an identity provider carries how accounts are looked up: %s', (format) => {
    const jit = {
      isEnabled: true,
      scheme: 'PROVISION_SILENTLY',
      skipJITForLookupFailure: true,
      accountLookupAttributeMappings: [
        { localAttribute: 'http://wso2.org/claims/emailaddress', federatedAttribute: 'mail' },
      ],
      idpGroupSyncMethod: 'OVERRIDE_ALL',
    };
    const [out] = filesFromArtifacts(
      [{ kind: 'identity-provider', value: { name: 'Tide', provisioning: { jit } } }],
      '7.3',
    );
    expect(out?.notConverted).toEqual([]);
    const text = writeProductFile('identity-provider', out?.root ?? {}, { format });
    const back = from(text, `idp.${format}`);
    expect(back.artifacts[0]?.value).toMatchObject({ provisioning: { jit } });
    expect(lost(back)).toEqual([]);
  });

  it('of an identity provider may name issuer and key set by elements, as files of a deployment do', () => {
    const text =
      '<IdentityProvider><IdentityProviderName>Tide</IdentityProviderName><Issuer>https://tide.example</Issuer><JWKSEndpoint>https://tide.example/keys</JWKSEndpoint></IdentityProvider>';
    const found = from(text, 'idp.xml');
    expect(found.artifacts[0]?.value).toMatchObject({
      idpIssuerName: 'https://tide.example',
      certificate: { jwksUri: 'https://tide.example/keys' },
    });
    expect(found.notConverted).toEqual([]);
  });

  it('of an identity provider that issues no trusted tokens says so without a loss', () => {
    expect(from('identityProviderName: x\ntrustedTokenIssuer: false\n', 'idp.yaml').notConverted).toEqual([]);
  });

  it('has no provisioning target where the product sees none, and says so', () => {
    const text = serviceProvider().replace(
      '<IsSaaSApp>',
      '<OutboundProvisioningConfig><ProvisioningIdentityProviders><IdentityProviderName>Tide</IdentityProviderName></ProvisioningIdentityProviders></OutboundProvisioningConfig><IsSaaSApp>',
    );
    const { root, problems } = readProductFile(text, { file: 'sp.xml' });
    expect(root.outboundProvisioningConfig).toEqual({ provisioningIdentityProviders: [] });
    expect(problems.map(({ message }) => message)).toEqual([
      '<IdentityProviderName> stands in <ProvisioningIdentityProviders> without an <IdentityProvider> around it',
    ]);
  });

  it('takes a mask for no secret', () => {
    const [masked] = from(serviceProvider().replace(SECRET, '********'), 'sp.xml').artifacts;
    expect(JSON.stringify(masked?.value)).not.toContain('****');
    expect(lost(from(serviceProvider().replace(SECRET, '********'), 'sp.xml'))).toContain(
      'inboundAuthenticationConfig.inboundAuthenticationRequestConfigs[].inboundConfigurationProtocol.oauthConsumerSecret',
    );
  });

  it('without a name is refused, unless it is given one', () => {
    const text = '<ServiceProvider><Description>x</Description></ServiceProvider>';
    expect(() => from(text, 'sp.xml')).toThrow('no applicationName');
    const named = artifactsFromFile(readProductFile(text, { file: 'sp.xml' }), wso2Is.kinds, 'Lock');
    expect(named.artifacts).toMatchObject([{ key: 'Lock', value: { name: 'Lock', description: 'x' } }]);
  });

  it.each([
    [
      'a passive STS',
      'passivests',
      '<Properties><Property><Name>passiveSTSWReply</Name><Value>https://a/b</Value></Property></Properties>',
      { passiveSts: { realm: 'k', replyTo: 'https://a/b' } },
    ],
    ['an unused passive STS', 'passivests', '<Properties/>', undefined],
    [
      'a custom protocol',
      'kerberos',
      '<Properties><Property><Name>a</Name><Value>b</Value></Property></Properties>',
      { custom: [{ name: 'kerberos', configName: 'standardAPP', properties: [{ key: 'a', value: 'b' }] }] },
    ],
    ['SAML without a configuration', 'samlsso', '', undefined],
  ])('%s', (_name, type, properties, expected) => {
    const config = `<InboundAuthKey>k</InboundAuthKey><InboundAuthType>${type}</InboundAuthType><InboundConfigType>standardAPP</InboundConfigType>${properties}`;
    const list = `<InboundAuthenticationRequestConfigs><C>${config}</C></InboundAuthenticationRequestConfigs>`;
    const text = `<ServiceProvider><ApplicationName>x</ApplicationName><InboundAuthenticationConfig>${list}</InboundAuthenticationConfig></ServiceProvider>`;
    const found = from(text, 'sp.xml');
    expect(found.artifacts[0]?.value.inboundProtocolConfiguration).toEqual(expected);
    if (expected === undefined) expect(found.notConverted).not.toEqual([]);
  });

  it('has the flags of SAML that are absent in a file switched off, as an import does', () => {
    const dto =
      '<samlssoServiceProviderDTO><issuer>i</issuer><assertionConsumerUrls><u>https://a</u></assertionConsumerUrls></samlssoServiceProviderDTO>';
    const list = `<InboundAuthenticationRequestConfigs><C><InboundAuthType>samlsso</InboundAuthType><inboundConfiguration><![CDATA[${dto}]]></inboundConfiguration></C></InboundAuthenticationRequestConfigs>`;
    const text = `<ServiceProvider><ApplicationName>x</ApplicationName><InboundAuthenticationConfig>${list}</InboundAuthenticationConfig></ServiceProvider>`;
    expect(from(text, 'sp.xml').artifacts[0]?.value.inboundProtocolConfiguration).toEqual({
      saml: {
        issuer: 'i',
        assertionConsumerUrls: ['https://a'],
        singleLogoutProfile: { enabled: false },
        requestValidation: { enableSignatureValidation: false },
        responseSigning: { enabled: false },
      },
    });
  });
});

describe('an identity provider', () => {
  const found = from(YAML_IDENTITY_PROVIDER, 'idp.yaml');
  const [provider] = found.artifacts;

  it('is valid, with certificates, authenticators, claims, roles, groups and provisioning', () => {
    const [value] = values(YAML_IDENTITY_PROVIDER, 'idp.yaml');
    expect(schemaIssues(kindNamed('identity-provider').schema, value ?? {})).toEqual([]);
    expect(value).toMatchObject({
      name: 'Harbour Trust',
      homeRealmIdentifier: 'harbour',
      idpIssuerName: 'https://harbour.example',
      certificate: { jwksUri: 'https://harbour.example/jwks', certificates: [expect.stringContaining('BEGIN CERT')] },
      claims: { userIdClaim: { uri: 'sub' }, provisioningClaims: [{ claim: { uri: 'mail' } }] },
      roles: {
        mappings: [{ idpRole: 'staff', localRole: 'Internal/crew' }],
        outboundProvisioningRoles: ['keepers', 'pilots'],
      },
      groups: [{ name: 'pilots' }],
      provisioning: { jit: { isEnabled: true, scheme: 'PROMPT_PASSWORD_CONSENT' } },
    });
  });

  it('says which of its properties the file marks as confidential', () => {
    const path = 'federatedAuthenticators.authenticators[OpenIDConnectAuthenticator].properties';
    expect(provider?.confidential).toEqual([`${path}[ClientSecret].value`, `${path}[HarbourPin].value`]);
  });

  it('names the property that the API has no field for', () => {
    expect(lost(found)).toEqual(['idpProperties[]']);
  });

  it.each([
    ['beside the field, without a loss', 'templateId: google-idp\n'],
    ['alone', ''],
  ])('takes its template from a property %s', (_, field) => {
    const property = 'idpProperties:\n  - name: templateId\n    value: google-idp\n';
    const google = from(`identityProviderName: Google\n${field}${property}`, 'idp.yaml');
    expect(google.artifacts[0]?.value).toMatchObject({ templateId: 'google-idp' });
    expect(lost(google)).toEqual([]);
  });

  it('names a property with another template than the field', () => {
    const property = 'idpProperties:\n  - name: templateId\n    value: github-idp\n';
    const google = from(`identityProviderName: Google\ntemplateId: google-idp\n${property}`, 'idp.yaml');
    expect(google.artifacts[0]?.value).toMatchObject({ templateId: 'google-idp' });
    expect(lost(google)).toEqual(['idpProperties[]']);
  });
});

describe('the resident identity provider', () => {
  const resident = `identityProviderName: LOCAL
homeRealmId: id.aldermere.example
certificate: ''
enable: true
primary: true
federatedAuthenticatorConfigs:
  - name: samlsso
    displayName: samlsso
    enabled: true
    definedByType: SYSTEM
    properties:
      - { name: IdPEntityId, value: aldermere, confidential: false }
  - name: openidconnect
    properties:
      - { name: IdPEntityId, value: 'https://id.aldermere.example/oauth2/token' }
idpProperties:
  - { name: SessionIdleTimeout, value: '15' }
`;

  it('is what the kind of that name manages, not one that could be created', () => {
    const found = from(resident, 'LOCAL.yml');
    expect(found.artifacts).toEqual([
      {
        kind: 'resident-identity-provider',
        key: 'LOCAL',
        confidential: [],
        value: {
          identityProviderName: 'LOCAL',
          homeRealmId: 'id.aldermere.example',
          idpProperties: [{ name: 'SessionIdleTimeout', value: '15' }],
          federatedAuthenticatorConfigs: [
            { name: 'samlsso', properties: [{ name: 'IdPEntityId', value: 'aldermere' }] },
          ],
        },
      },
    ]);
    expect(lost(found)).toEqual([]);
  });
});

describe('claims', () => {
  it.each(Object.entries(CLAIM_DIALECT))('of a dialect in %s are artifacts of their own', (format, text) => {
    expect(from(text, `dialect.${format}`)).toEqual({
      artifacts: [
        {
          kind: 'claim-dialect',
          key: 'urn:aldermere:claims',
          confidential: [],
          value: { dialectURI: 'urn:aldermere:claims' },
        },
        {
          kind: 'external-claim',
          key: 'urn:aldermere:claims berth',
          confidential: [],
          value: {
            claimDialectURI: 'urn:aldermere:claims',
            claimURI: 'berth',
            mappedLocalClaimURI: 'http://wso2.org/claims/berth',
          },
        },
      ],
      notConverted: expect.any(Array) as unknown,
    });
  });

  it.each(['{ href: /api/server/v1/claim-dialects/dXJu/claims, rel: claims }', '/claims', 'null'])(
    'of a dialect whose file has the address of its claims lose nothing (%s)',
    (link) => {
      expect(lost(from(`dialectURI: urn:aldermere:claims\nlink: ${link}\nclaims: []\n`, 'dialect.yaml'))).toEqual([]);
    },
  );

  it('of the local dialect are local claims', () => {
    expect(from(LOCAL_CLAIMS, 'claims.xml').artifacts).toMatchObject([
      { kind: 'local-claim', key: 'http://wso2.org/claims/berth', value: { displayOrder: 3, readOnly: true } },
    ]);
  });
});

describe('from a file to artifacts, to a file and back', () => {
  const files = [
    ['sp.xml', serviceProvider()],
    ['sp.yaml', YAML_SERVICE_PROVIDER],
    ['idp.yaml', YAML_IDENTITY_PROVIDER],
    ['dialect.yaml', CLAIM_DIALECT.yaml],
    ['claims.xml', LOCAL_CLAIMS],
  ] as const;

  it.each(files.flatMap(([file, text]) => FORMATS.map((options) => ({ file, text, options }))))(
    '$file through $options.format is the same',
    ({ file, text, options }) => {
      const before = from(text, file).artifacts.map(({ kind, value }) => ({
        kind,
        value: canonicalise(kindNamed(kind), withoutSecrets(value), VERSION),
      }));
      const [out] = filesFromArtifacts(before, '7.3');
      const written = writeProductFile(out?.kind ?? 'application', out?.root ?? {}, options);
      const after = from(written, `x.${options.format}`).artifacts.map(({ kind, value }) => ({
        kind,
        value: canonicalise(kindNamed(kind), value, VERSION),
      }));
      expect(after).toEqual(before);
      expect(written).not.toContain(SECRET);
    },
  );

  /** As a workspace without secret sources has it. */
  function withoutSecrets(value: JsonObject): JsonObject {
    return JSON.parse(JSON.stringify(value), (_name, inner: unknown) =>
      typeof inner === 'string' && inner.includes(SECRET) ? undefined : inner,
    ) as JsonObject;
  }

  it('names what a file cannot carry', () => {
    const value = { name: 'x', logoutReturnUrl: 'https://a', authorizedAPIs: [{ identifier: 'b', scopes: ['c'] }] };
    const before = canonicalise(kindNamed('application'), value, VERSION);
    const [out] = filesFromArtifacts([{ kind: 'application', value: before }], VERSION);
    expect(out?.notConverted.map(({ element }) => element)).toEqual([
      'authorizedAPIs[].identifier',
      'authorizedAPIs[].policyIdentifier',
      'authorizedAPIs[].scopes[]',
      'logoutReturnUrl',
    ]);
  });

  it('names exactly what it says that files have no element for', () => {
    const application: JsonObject = {
      name: 'x',
      logoutReturnUrl: 'https://a',
      enhancedOrgAuthenticationEnabled: true,
      authorizedAPIs: [{ identifier: 'b' }],
      inboundProtocolConfiguration: {
        oidc: {
          grantTypes: ['password'],
          allowedOrigins: ['https://a'],
          accessToken: { enableJwtScopeAsArray: true },
          cibaAuthenticationRequest: { authReqExpiryTime: 5 },
          fapiProfile: 'FAPI2_SECURITY',
        },
        wsTrust: { audience: 'a', certificateAlias: 'b' },
      },
    };
    const [out] = filesFromArtifacts([{ kind: 'application', value: application }], '7.3');
    const patterns = notInFiles('application');
    const left = (out?.notConverted ?? []).map(({ element }) => element);
    expect(left.filter((element) => !patterns.some((pattern) => element.startsWith(pattern)))).toEqual([]);
    expect(patterns.filter((pattern) => !left.some((element) => element.startsWith(pattern)))).toEqual([]);
  });
});
