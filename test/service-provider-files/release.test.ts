import type { JsonObject } from '../../src/model/json';
import { filesFromArtifacts } from '../../src/products/wso2-is/files/convert';
import { readProductFile } from '../../src/service-provider-files/read';
import { treeOfRelease } from '../../src/service-provider-files/release';
import { writeProductFile } from '../../src/service-provider-files/write';

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('> <', '><');

describe('the file of an application for a release', () => {
  const application: JsonObject = {
    name: 'Berth Desk',
    associatedRoles: { allowedAudience: 'ORGANIZATION' },
    advancedConfigurations: {
      useExternalConsentPage: true,
      enableAPIBasedAuthentication: true,
      trustedAppConfiguration: { isFIDOTrustedApp: true, isConsentGranted: false },
    },
    claimConfiguration: {
      dialect: 'LOCAL',
      role: {
        claim: { uri: 'http://wso2.org/claims/role' },
        includeUserDomain: true,
        mappings: [{ localRole: 'Internal/keeper', applicationRole: 'lock-keeper' }],
      },
    },
    inboundProtocolConfiguration: { oidc: { clientId: 'berth-desk', grantTypes: ['client_credentials'] } },
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'Harbour Trust', authenticator: 'OpenIDConnectAuthenticator' }] }],
    },
    provisioningConfigurations: { outboundProvisioningIdps: [{ idp: 'Harbour Trust', connector: 'scim' }] },
  };
  const written = (version: string, format: 'xml' | 'yaml' | 'json' = 'xml'): { text: string; lost: string[] } => {
    const [file] = filesFromArtifacts([{ kind: 'application', value: application }], version);
    if (!file) throw new Error('nothing written');
    return {
      text: flat(writeProductFile(file.kind, file.root, { format })),
      lost: file.notConverted.map(({ element }) => element),
    };
  };

  it.each(['5.11', '6.0', '7.0', '7.2'])('of %s has the names that its classes read', (version) => {
    const { text } = written(version);
    expect(text).toContain('<FederatedIdentityProvider><IdentityProviderName>Harbour Trust</IdentityProviderName>');
    expect(text).toContain(
      '<localRole><LocalRoleName>Internal/keeper</LocalRoleName></localRole><remoteRole>lock-keeper</remoteRole>',
    );
    expect(text).toContain(
      '<DefaultProvisioningConnectorConfig><blocking>false</blocking><name>scim</name><rulesEnabled>false</rulesEnabled>',
    );
  });

  it('always has scope validators, without which an import of 6.x breaks down', () => {
    expect(written('6.0').text).toContain('<scopeValidators/>');
  });

  it('has no role claim where it is the one that servers assume: 7.0 does not know it and refuses the file', () => {
    expect(written('6.0').text).not.toContain('RoleClaimURI');
    expect(written('7.0').text).not.toContain('RoleClaimURI');
  });

  it('has the external consent page from 7.0 on, and says that older files lack it', () => {
    expect(written('7.0').text).toContain('<UseExternalConsentPage>true</UseExternalConsentPage>');
    expect(written('7.0').lost).not.toContain('localAndOutBoundAuthenticationConfig.useExternalConsentPage');
    expect(written('6.1').text).not.toContain('ConsentPage');
    expect(written('6.1').lost).toEqual([
      'apiBasedAuthenticationEnabled',
      'associatedRolesConfig',
      'localAndOutBoundAuthenticationConfig.useExternalConsentPage',
      'trustedAppMetadata',
    ]);
  });

  it('says that an import before 7.1 makes no management application', () => {
    const lost = (version: string): string[] =>
      filesFromArtifacts([{ kind: 'application', value: { name: 'x', isManagementApp: true } }], version).flatMap(
        ({ notConverted }) => notConverted.map(({ element }) => element),
      );
    expect([lost('6.0'), lost('7.0'), lost('7.1')]).toEqual([['isManagementApp'], ['isManagementApp'], []]);
  });

  it('calls properties in YAML and JSON as their libraries do, which refuse a file with any other name', () => {
    expect(written('7.1', 'json').text).toContain('"apibasedAuthenticationEnabled": true');
    expect(written('7.1', 'json').text).toContain('"isFidoTrusted": true');
    expect(written('7.1', 'yaml').text).toContain('APIBasedAuthenticationEnabled: true');
    expect(written('7.0', 'json').text).not.toContain('trustedAppMetadata');
  });
});

describe('the file of an identity provider', () => {
  const provider: JsonObject = {
    identityProviderName: 'Tide',
    trustedTokenIssuer: true,
    idpProperties: [{ name: 'jwksUri', value: 'https://tide.example/keys' }],
    provisioningConnectorConfigs: [
      { name: 'scim', enabled: true, provisioningProperties: [{ name: 'a', value: 'b' }] },
    ],
    justInTimeProvisioningConfig: {
      skipJITOnAttrAccLookUpFailureEnabled: true,
      accountLookupAttributeMappings: [{ localAttribute: 'mail', federatedAttribute: 'email' }],
    },
  };

  it('has the names of the class in XML', () => {
    const text = flat(writeProductFile('identity-provider', provider, { format: 'xml' }));
    expect(text).toContain(
      '<ProvisioningConnectorConfig><enabled>true</enabled><name>scim</name><provisioningProperties><Name>a</Name><Value>b</Value></provisioningProperties></ProvisioningConnectorConfig>',
    );
    expect(text).toContain('<EnableSkipJITOnAttributeLookUpFailure>true</EnableSkipJITOnAttributeLookUpFailure>');
    expect(text).toContain(
      '<AccountLookupAttributeMappingConfigs><AccountLookupAttributeMappingConfig><localAttribute>mail</localAttribute>',
    );
    expect(text).toContain('<trustedTokenIssuer>true</trustedTokenIssuer>');
    expect(readProductFile(text, { file: 'idp.xml' }).root).toEqual(provider);
  });

  it('of 6.1 has no properties of its own, and loses those of 7.2 before', () => {
    const { root, left } = treeOfRelease('identity-provider', provider, '6.1');
    expect(Object.keys(root)).not.toContain('idpProperties');
    expect(left.map((path) => path.join('.')).sort()).toEqual([
      'idpProperties',
      'justInTimeProvisioningConfig.accountLookupAttributeMappings',
      'justInTimeProvisioningConfig.skipJITOnAttrAccLookUpFailureEnabled',
      'trustedTokenIssuer',
    ]);
  });
});

describe('names that an import passes over', () => {
  const application = (inner: string): string =>
    `<ServiceProvider><ApplicationName>x</ApplicationName>${inner}</ServiceProvider>`;

  it.each([
    [
      'an identity provider of a step',
      '<LocalAndOutBoundAuthenticationConfig><AuthenticationSteps><AuthenticationStep><FederatedIdentityProviders><IdentityProvider><IdentityProviderName>Tide</IdentityProviderName></IdentityProvider></FederatedIdentityProviders></AuthenticationStep></AuthenticationSteps></LocalAndOutBoundAuthenticationConfig>',
      '<IdentityProvider> is read as <FederatedIdentityProvider>',
    ],
    [
      'a role',
      '<PermissionAndRoleConfig><RoleMappings><RoleMapping><localRole><LocalRoleName>a</LocalRoleName></localRole><RemoteRole>b</RemoteRole></RoleMapping></RoleMappings></PermissionAndRoleConfig>',
      '<RemoteRole> is read as <remoteRole>',
    ],
    [
      'a consent page',
      '<LocalAndOutBoundAuthenticationConfig><UseExternalizedConsentPage>true</UseExternalizedConsentPage></LocalAndOutBoundAuthenticationConfig>',
      '<UseExternalizedConsentPage> is read as <UseExternalConsentPage>',
    ],
  ])('are read and warned of: %s', (_what, inner, message) => {
    const { problems } = readProductFile(application(inner), { file: 'x.xml' });
    expect(problems.map((problem) => problem.message)).toEqual([
      `${message}; an import of the product passes over the name`,
    ]);
  });

  it('are warned of once, however often they stand in the file', () => {
    const mapping = '<RoleMapping><RemoteRole>b</RemoteRole></RoleMapping>';
    const roles = `<PermissionAndRoleConfig><RoleMappings>${mapping}${mapping}</RoleMappings></PermissionAndRoleConfig>`;
    expect(readProductFile(application(roles), { file: 'x.xml' }).problems).toHaveLength(1);
  });
});

it('a description of a setting, which the product calls a second default value, is no mistake', () => {
  const text =
    '<IdentityProvider><IdentityProviderName>x</IdentityProviderName><FederatedAuthenticatorConfigs><FederatedAuthenticatorConfig><Name>a</Name><Properties><Property><Name>scope</Name><DefaultValue>openid</DefaultValue><DefaultValue>What is asked for</DefaultValue></Property></Properties></FederatedAuthenticatorConfig></FederatedAuthenticatorConfigs></IdentityProvider>';
  const { root, problems } = readProductFile(text, { file: 'x.xml' });
  expect(problems).toEqual([]);
  expect(root).toMatchObject({
    federatedAuthenticatorConfigs: [
      { properties: [{ name: 'scope', defaultValue: 'openid', description: 'What is asked for' }] },
    ],
  });
});
