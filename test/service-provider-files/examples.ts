/** Files as the product exports them, of a company of our own. All secrets are made up. */
export const SECRET = 'tow-path-Qs8fR2vL6kJ9';

const INNER = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<oAuthAppDO>
    <oauthConsumerKey>aldermere-moorings</oauthConsumerKey>
    <oauthConsumerSecret>${SECRET}</oauthConsumerSecret>
    <applicationName>Mooring Desk</applicationName>
    <callbackUrl>regexp=(https://moor.aldermere.example/cb|https://m.aldermere.example/cb)</callbackUrl>
    <oauthVersion>OAuth-2.0</oauthVersion>
    <grantTypes>authorization_code refresh_token </grantTypes>
    <scopeValidators/>
    <pkceMandatory>true</pkceMandatory>
    <userAccessTokenExpiryTime>900</userAccessTokenExpiryTime>
    <audiences><audience>https://api.aldermere.example</audience></audiences>
    <idTokenEncryptionEnabled>false</idTokenEncryptionEnabled>
    <idTokenEncryptionAlgorithm>null</idTokenEncryptionAlgorithm>
    <tokenType>JWT</tokenType>
</oAuthAppDO>
`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How the inner document of `/export` may be written. */
export const INBOUND = {
  cdata: `<inboundConfiguration><![CDATA[${INNER}]]></inboundConfiguration>`,
  escaped: `<inboundConfiguration>${escaped(INNER)}</inboundConfiguration>`,
  element: INNER.replace(/^<\?.*\n/, '')
    .replace(
      '<oAuthAppDO>',
      '<InboundConfigurationProtocol xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="oAuthAppDO">',
    )
    .replace('</oAuthAppDO>', '</InboundConfigurationProtocol>'),
} as const;

export function serviceProvider(inbound: string = INBOUND.cdata): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- exported on a rainy day -->
<ServiceProvider>
  <ApplicationName>Mooring Desk</ApplicationName>
  <Description>Berths &amp; bollards</Description>
  <JwksUri/>
  <InboundAuthenticationConfig>
    <InboundAuthenticationRequestConfigs>
      <InboundAuthenticationRequestConfig>
        <InboundAuthKey>aldermere-moorings</InboundAuthKey>
        <InboundAuthType>oauth2</InboundAuthType>
        <InboundConfigType>standardAPP</InboundConfigType>
        ${inbound}
        <Properties/>
      </InboundAuthenticationRequestConfig>
    </InboundAuthenticationRequestConfigs>
  </InboundAuthenticationConfig>
  <LocalAndOutBoundAuthenticationConfig>
    <AuthenticationSteps>
      <AuthenticationStep>
        <StepOrder>2</StepOrder>
        <FederatedIdentityProviders>
          <FederatedIdentityProvider>
            <IdentityProviderName>Harbour Trust</IdentityProviderName>
            <DefaultAuthenticatorConfig><Name>OpenIDConnectAuthenticator</Name></DefaultAuthenticatorConfig>
          </FederatedIdentityProvider>
        </FederatedIdentityProviders>
        <AttributeStep>true</AttributeStep>
      </AuthenticationStep>
      <AuthenticationStep>
        <StepOrder>1</StepOrder>
        <LocalAuthenticatorConfigs>
          <LocalAuthenticatorConfig><Name>BasicAuthenticator</Name><DisplayName>basic</DisplayName></LocalAuthenticatorConfig>
        </LocalAuthenticatorConfigs>
        <SubjectStep>true</SubjectStep>
      </AuthenticationStep>
    </AuthenticationSteps>
    <AuthenticationType>flow</AuthenticationType>
    <AuthenticationScript enabled="true" language="application/javascript">var onLoginRequest = function (context) {&#xD;
  executeStep(1);&#xD;
};</AuthenticationScript>
    <subjectClaimUri>http://wso2.org/claims/emailaddress</subjectClaimUri>
    <UseUserstoreDomainInRoles>false</UseUserstoreDomainInRoles>
    <SkipConsent>true</SkipConsent>
  </LocalAndOutBoundAuthenticationConfig>
  <ClaimConfig>
    <LocalClaimDialect>false</LocalClaimDialect>
    <ClaimMappings>
      <ClaimMapping>
        <LocalClaim><ClaimUri>http://wso2.org/claims/emailaddress</ClaimUri><claimId>0</claimId></LocalClaim>
        <RemoteClaim><ClaimUri>mail</ClaimUri><claimId>0</claimId></RemoteClaim>
        <RequestClaim>true</RequestClaim>
        <MandatoryClaim>true</MandatoryClaim>
      </ClaimMapping>
    </ClaimMappings>
    <SPClaimDialects><SPClaimDialect>urn:aldermere:claims</SPClaimDialect></SPClaimDialects>
  </ClaimConfig>
  <PermissionAndRoleConfig>
    <RoleMappings>
      <RoleMapping>
        <localRole><LocalRoleName>keeper</LocalRoleName><UserStoreId>CREW</UserStoreId></localRole>
        <remoteRole>lock-keeper</remoteRole>
      </RoleMapping>
    </RoleMappings>
  </PermissionAndRoleConfig>
  <IsSaaSApp>false</IsSaaSApp>
  <AccessUrl>https://moor.aldermere.example</AccessUrl>
</ServiceProvider>
`;
}

/** The same application, as `exportFile` writes YAML. */
export const YAML_SERVICE_PROVIDER = `!!org.wso2.carbon.identity.application.common.model.ServiceProvider
applicationName: Mooring Desk
description: Berths & bollards
accessUrl: https://moor.aldermere.example
saasApp: false
inboundAuthenticationConfig:
  inboundAuthenticationRequestConfigs: !!java.util.ArrayList
  - inboundAuthKey: aldermere-moorings
    inboundAuthType: oauth2
    inboundConfigType: standardAPP
    inboundConfigurationProtocol: !!org.wso2.carbon.identity.oauth.dao.OAuthAppDO
      oauthConsumerKey: aldermere-moorings
      oauthConsumerSecret: ${SECRET}
      applicationName: Mooring Desk
      callbackUrl: regexp=(https://moor.aldermere.example/cb|https://m.aldermere.example/cb)
      oauthVersion: OAuth-2.0
      grantTypes: 'authorization_code refresh_token '
      scopeValidators: null
      pkceMandatory: true
      userAccessTokenExpiryTime: 900
      audiences: [https://api.aldermere.example]
      idTokenEncryptionEnabled: false
      idTokenEncryptionAlgorithm: 'null'
      tokenType: JWT
    properties: []
localAndOutBoundAuthenticationConfig:
  authenticationType: flow
  authenticationSteps:
  - stepOrder: 1
    localAuthenticatorConfigs:
    - {name: BasicAuthenticator, displayName: basic}
    subjectStep: true
  - stepOrder: 2
    federatedIdentityProviders:
    - identityProviderName: Harbour Trust
      defaultAuthenticatorConfig: {name: OpenIDConnectAuthenticator}
    attributeStep: true
  authenticationScriptConfig:
    content: "var onLoginRequest = function (context) {\\r\\n  executeStep(1);\\r\\n};"
    enabled: true
  subjectClaimUri: http://wso2.org/claims/emailaddress
  useUserstoreDomainInRoles: false
  skipConsent: true
claimConfig:
  localClaimDialect: false
  claimMappings:
  - localClaim: &id001 {claimUri: http://wso2.org/claims/emailaddress, claimId: 0}
    remoteClaim: {claimUri: mail, claimId: 0}
    requested: true
    mandatory: true
  spClaimDialects: [urn:aldermere:claims]
permissionAndRoleConfig:
  roleMappings:
  - localRole: {localRoleName: keeper, userStoreId: CREW}
    remoteRole: lock-keeper
`;

/** An identity provider, as its export writes YAML. */
export const YAML_IDENTITY_PROVIDER = `!!org.wso2.carbon.identity.application.common.model.IdentityProvider
identityProviderName: Harbour Trust
identityProviderDescription: Sign-in of the harbours
enable: true
homeRealmId: harbour
alias: https://harbour.example/token
certificate: '[{"thumbPrint":"ab","certValue":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}]'
federatedAuthenticatorConfigs:
- name: OpenIDConnectAuthenticator
  enabled: true
  definedByType: SYSTEM
  properties:
  - {name: ClientId, value: aldermere, confidential: false}
  - {name: ClientSecret, value: ${SECRET}, confidential: true}
  - {name: HarbourPin, value: 4711-${SECRET}, confidential: true}
defaultAuthenticatorConfig: {name: OpenIDConnectAuthenticator, enabled: true}
provisioningConnectorConfigs:
- name: scim
  enabled: true
  blocking: false
  provisioningProperties:
  - {name: scim-username, value: crew}
idpProperties:
- {name: idpIssuerName, value: https://harbour.example}
- {name: jwksUri, value: https://harbour.example/jwks}
- {name: rememberMeTimeout, value: '60'}
claimConfig:
  userClaimURI: sub
  localClaimDialect: false
  claimMappings:
  - localClaim: {claimUri: http://wso2.org/claims/emailaddress}
    remoteClaim: {claimUri: mail}
    requested: true
    defaultValue: nobody@harbour.example
permissionAndRoleConfig:
  roleMappings:
  - localRole: {localRoleName: Internal/crew}
    remoteRole: staff
  idpRoles: [staff]
idPGroupConfig:
- {idpGroupName: pilots, idpGroupId: 0d8a, idpId: 77}
provisioningRole: pilots,keepers
justInTimeProvisioningConfig:
  provisioningEnabled: true
  provisioningUserStore: PRIMARY
  promptConsent: true
  passwordProvisioningEnabled: true
  modifyUserNameAllowed: false
`;

/** A claim dialect in the three formats of its export. */
export const CLAIM_DIALECT = {
  yaml: `id: dXJuOmFsZGVybWVyZTpjbGFpbXM
dialectURI: urn:aldermere:claims
claims:
- {type: ExternalClaim, claimURI: berth, claimDialectURI: urn:aldermere:claims, mappedLocalClaimURI: http://wso2.org/claims/berth}
`,
  json: `{"id":"dXJuOmFsZGVybWVyZTpjbGFpbXM","dialectURI":"urn:aldermere:claims","claims":[{"type":"ExternalClaim",
"claimURI":"berth","claimDialectURI":"urn:aldermere:claims","mappedLocalClaimURI":"http://wso2.org/claims/berth"}]}`,
  xml: `<DialectConfiguration><id>dXJuOmFsZGVybWVyZTpjbGFpbXM</id><dialectURI>urn:aldermere:claims</dialectURI>
<claims><ExternalClaimConfiguration><claimURI>berth</claimURI><claimDialectURI>urn:aldermere:claims</claimDialectURI>
<mappedLocalClaimURI>http://wso2.org/claims/berth</mappedLocalClaimURI></ExternalClaimConfiguration></claims></DialectConfiguration>`,
} as const;

export const LOCAL_CLAIMS = `<?xml version="1.0"?>
<DialectConfiguration>
  <id>local</id><dialectURI>http://wso2.org/claims</dialectURI>
  <claims>
    <LocalClaimConfiguration>
      <id>x</id><claimURI>http://wso2.org/claims/berth</claimURI><displayName>Berth</displayName>
      <displayOrder>3</displayOrder><readOnly>true</readOnly>
      <attributeMapping><userstore>PRIMARY</userstore><mappedAttribute>berth</mappedAttribute></attributeMapping>
      <attributeMapping><userstore>CREW</userstore><mappedAttribute>place</mappedAttribute></attributeMapping>
      <properties><key>USER_CUSTOM_ATTRIBUTE</key><value>TRUE</value></properties>
    </LocalClaimConfiguration>
  </claims>
</DialectConfiguration>
`;

/** Every way in which a file can be written. */
export const FORMATS = [
  { format: 'xml', dialect: 'export' },
  { format: 'xml', dialect: 'exportFile' },
  { format: 'yaml' },
  { format: 'json' },
] as const;
