import { existsIn, type Version } from '../versions';
import { flags, numbers, object, repeated, same, since, texts, wrapped, type Member } from './members';

/*
 * The classes of the product that the file of an application holds, transcribed from their annotations (`javap -v` on
 * application.common 5.18.187, 5.23.8, 5.25.92, 7.0.80, 7.8.0 and 7.8.614, oauth 6.11.23 and 7.0.46, sso.saml 5.11.6). The
 * converter of src/service-provider-files has a table of its own, so that neither proves the other: tests hold both
 * against the names that were read out of the classes and against files that the product wrote.
 */

const of = (name: string): { readonly class: string } => ({ class: name });
const settings = (element = 'Properties'): Member[] => wrapped('properties', element, 'Property', of('Property'));

const setting: Member[] = [
  ...texts('name', 'value'),
  ...flags(['confidential', 'IsConfidential']),
  ...texts('defaultValue', 'displayName'),
  ...flags('required'),
  ...texts('type'),
  ...numbers('displayOrder'),
  ...flags(['advanced', 'IsAdvanced']),
];

const authenticator: Member[] = [
  ...texts('name', 'displayName'),
  ...flags(['enabled', 'IsEnabled']),
  ...settings(),
  ...since('6.0', repeated('tags', 'Tags', 'text')),
  ...since('7.1', texts(['definedByType', 'DefinedBy'])),
];

const serviceProvider: Member[] = [
  ...texts('applicationName'),
  ...since('7.1', texts('applicationVersion')),
  ...texts('description', ['certificateContent', 'Certificate'], 'jwksUri'),
  ...object('inboundAuthenticationConfig', 'InboundAuthenticationConfig', 'InboundAuthenticationConfig'),
  ...object('localAndOutBoundAuthenticationConfig', 'LocalAndOutBoundAuthenticationConfig', 'Authentication'),
  ...wrapped(
    'requestPathAuthenticatorConfigs',
    'RequestPathAuthenticatorConfigs',
    'RequestPathAuthenticatorConfig',
    of('Authenticator'),
  ),
  ...object('inboundProvisioningConfig', 'InboundProvisioningConfig', 'InboundProvisioning'),
  ...object('outboundProvisioningConfig', 'OutboundProvisioningConfig', 'OutboundProvisioning'),
  ...object('claimConfig', 'ClaimConfig', 'ClaimConfig'),
  ...object('permissionAndRoleConfig', 'PermissionAndRoleConfig', 'Roles'),
  ...flags(['saasApp', 'IsSaaSApp']),
  ...texts('imageUrl', 'accessUrl'),
  ...flags(['discoverable', 'IsDiscoverable']),
  ...since('7.2', wrapped('discoverableGroups', 'DiscoverableGroups', 'DiscoverableGroup', of('Groups'))),
  ...texts('templateId'),
  ...since('7.1', texts('templateVersion')),
  ...since('6.0', flags(['managementApp', 'IsManagementApp'])),
  ...since('7.0', flags(['b2BSelfServiceApp', 'IsB2BSelfServiceApp'])),
  ...since('7.0', object('associatedRolesConfig', 'AssociatedRolesConfig', 'AssociatedRoles')),
  ...since('7.1', flags(['applicationEnabled', 'IsApplicationEnabled'])),
  ...since('7.0', [
    {
      property: 'apiBasedAuthenticationEnabled',
      element: 'IsAPIBasedAuthenticationEnabled',
      type: 'flag',
      yaml: 'APIBasedAuthenticationEnabled',
      json: 'apibasedAuthenticationEnabled',
    },
    ...object('clientAttestationMetaData', 'ClientAttestationMetaData', 'Attestation'),
  ]),
  ...since('7.1', object('trustedAppMetadata', 'TrustedAppMetadata', 'TrustedApp')),
];

const oauth: Member[] = [
  ...same('text', 'oauthConsumerKey', 'oauthConsumerSecret', 'applicationName', 'callbackUrl', 'oauthVersion'),
  ...same('text', 'grantTypes'),
  ...wrapped('scopeValidators', 'scopeValidators', 'scopeValidator', 'text'),
  ...same('flag', 'pkceSupportPlain', 'pkceMandatory'),
  ...since('7.1', [...same('flag', 'hybridFlowEnabled'), ...same('text', 'hybridFlowResponseType')]),
  ...same('text', 'state'),
  ...same('number', 'userAccessTokenExpiryTime', 'applicationAccessTokenExpiryTime', 'refreshTokenExpiryTime'),
  ...same('number', 'idTokenExpiryTime'),
  ...wrapped('audiences', 'audiences', 'audience', 'text'),
  ...same('flag', 'bypassClientCredentials'),
  ...same('text', 'renewRefreshTokenEnabled'),
  ...since('7.3', same('flag', 'extendRenewedRefreshTokenExpiryTime')),
  ...same('flag', 'requestObjectSignatureValidationEnabled', 'idTokenEncryptionEnabled'),
  ...same('text', 'idTokenEncryptionAlgorithm', 'idTokenEncryptionMethod'),
  ...same('text', 'backChannelLogoutUrl', 'frontchannelLogoutUrl', 'tokenType', 'tokenBindingType'),
  ...same('flag', 'tokenRevocationWithIDPSessionTerminationEnabled', 'tokenBindingValidationEnabled'),
  ...since('7.0', same('text', 'tokenEndpointAuthMethod')),
  ...since('7.1', same('flag', 'tokenEndpointAllowReusePvtKeyJwt')),
  ...since('7.0', [
    ...same('text', 'tokenEndpointAuthSignatureAlgorithm', 'sectorIdentifierURI', 'idTokenSignatureAlgorithm'),
    ...same('text', 'requestObjectSignatureAlgorithm', 'tlsClientAuthSubjectDN'),
    ...same('flag', 'requirePushedAuthorizationRequests', 'tlsClientCertificateBoundAccessTokens'),
    ...same('text', 'subjectType', 'requestObjectEncryptionAlgorithm', 'requestObjectEncryptionMethod'),
    ...same('flag', 'fapiConformanceEnabled'),
  ]),
  ...since('7.1', [
    ...same('flag', 'subjectTokenEnabled'),
    ...same('number', 'subjectTokenExpiryTime'),
    ...repeated('accessTokenClaims', 'accessTokenClaims', 'text'),
  ]),
];

const saml: Member[] = [
  ...same('text', 'issuer', 'issuerQualifier'),
  ...wrapped('assertionConsumerUrls', 'assertionConsumerUrls', 'assertionConsumerUrl', 'text'),
  ...same('text', 'defaultAssertionConsumerUrl', 'assertionConsumerUrl', 'certAlias', 'certificateContent'),
  ...same('text', 'sloResponseURL', 'sloRequestURL', 'loginPageURL', 'attributeConsumingServiceIndex'),
  ...same('text', 'frontChannelLogoutBinding'),
  ...same('flag', 'doSingleLogout', 'doSignAssertions', 'doSignResponse', 'doFrontChannelLogout'),
  ...wrapped('requestedClaims', 'requestedClaims', 'requestedClaim', 'text'),
  ...wrapped('requestedAudiences', 'requestedAudiences', 'requestedAudience', 'text'),
  ...wrapped('requestedRecipients', 'requestedRecipients', 'requestedRecipient', 'text'),
  ...same('flag', 'enableAttributeProfile'),
  ...since('7.1', same('text', 'attributeNameFormat')),
  ...flags(['assertionQueryRequestProfileEnabled', 'isAssertionQueryRequestProfileEnabled']),
  ...same('text', 'supportedAssertionQueryRequestTypes'),
  ...same('flag', 'enableAttributesByDefault'),
  ...same('text', 'nameIdClaimUri', 'nameIDFormat'),
  ...same('flag', 'idPInitSSOEnabled', 'idPInitSLOEnabled'),
  ...wrapped('idpInitSLOReturnToURLs', 'idpInitSLOReturnToURLs', 'idpInitSLOReturnToURL', 'text'),
  ...same('flag', 'doEnableEncryptedAssertion', 'doValidateSignatureInRequests'),
  ...same('text', 'signingAlgorithmURI', 'digestAlgorithmURI'),
  ...same('text', 'assertionEncryptionAlgorithmURI', 'keyEncryptionAlgorithmURI'),
  ...same('flag', 'enableSAML2ArtifactBinding', 'doValidateSignatureInArtifactResolve', 'samlECP'),
  ...same('text', 'idpEntityIDAlias'),
];

/** The part of an identity provider that a step or a provisioning target names; the rest of the class is passed over. */
const identityProvider: Member[] = [
  ...texts('identityProviderName', 'identityProviderDescription', 'alias'),
  ...flags(['primary', 'IsPrimary'], ['federationHub', 'IsFederationHub']),
  ...texts('homeRealmId', 'provisioningRole', 'displayName'),
  ...flags(['enable', 'IsEnabled']),
  ...wrapped(
    'federatedAuthenticatorConfigs',
    'FederatedAuthenticatorConfigs',
    'FederatedAuthenticatorConfig',
    of('Authenticator'),
  ),
  ...object('defaultAuthenticatorConfig', 'DefaultAuthenticatorConfig', 'Authenticator'),
  ...wrapped(
    'provisioningConnectorConfigs',
    'ProvisioningConnectorConfigs',
    'ProvisioningConnectorConfig',
    of('Connector'),
  ),
  ...object('defaultProvisioningConnectorConfig', 'DefaultProvisioningConnectorConfig', 'Connector'),
  ...object('justInTimeProvisioningConfig', 'JustInTimeProvisioningConfig', 'InboundProvisioning'),
];

const CLASSES: Readonly<Record<string, readonly Member[]>> = {
  ServiceProvider: serviceProvider,
  InboundAuthenticationConfig: wrapped(
    'inboundAuthenticationRequestConfigs',
    'InboundAuthenticationRequestConfigs',
    'InboundAuthenticationRequestConfig',
    of('Inbound'),
  ),
  Inbound: [
    ...texts('inboundAuthKey', 'inboundAuthType', 'inboundConfigType'),
    ...same('text', 'friendlyName', 'inboundConfiguration'),
    ...since('7.0', object('inboundConfigurationProtocol', 'InboundConfigurationProtocol', 'Protocol')),
    ...settings(),
  ],
  oAuthAppDO: oauth,
  samlssoServiceProviderDTO: saml,
  Property: [
    ...setting,
    ...since('6.0', numbers(['groupId', 'GroupID'])),
    ...texts('regex'),
    ...wrapped('options', 'Options', 'Option', 'text'),
    ...wrapped('subProperties', 'SubProperties', 'SubProperty', of('SubProperty')),
  ],
  SubProperty: [...setting, ...texts('regex'), ...wrapped('options', 'Options', 'Option', 'text')],
  Authentication: [
    ...wrapped('authenticationSteps', 'AuthenticationSteps', 'AuthenticationStep', of('Step')),
    ...texts('authenticationType'),
    ...object('authenticationStepForSubject', 'AuthenticationStepForSubject', 'Step'),
    ...object('authenticationStepForAttributes', 'AuthenticationStepForAttributes', 'Step'),
    ...same('flag', 'alwaysSendBackAuthenticatedListOfIdPs'),
    ...same('text', 'subjectClaimUri'),
    ...flags(
      ['useTenantDomainInLocalSubjectIdentifier', 'UseTenantDomainInUsername'],
      'useUserstoreDomainInRoles',
      ['useUserstoreDomainInLocalSubjectIdentifier', 'UseUserstoreDomainInUsername'],
      'skipConsent',
      ['skipLogoutConsent', 'skipLogoutConsent'],
      'enableAuthorization',
    ),
    ...object('authenticationScriptConfig', 'AuthenticationScript', 'Script'),
    ...since('7.0', flags('useExternalConsentPage')),
  ],
  Script: [
    { property: 'enabled', element: 'enabled', type: 'flag', place: 'attribute' },
    { property: 'language', element: 'language', type: 'text', place: 'attribute' },
    { property: 'content', element: 'content', type: 'text', place: 'value' },
  ],
  Step: [
    ...numbers('stepOrder'),
    ...wrapped(
      'localAuthenticatorConfigs',
      'LocalAuthenticatorConfigs',
      'LocalAuthenticatorConfig',
      of('Authenticator'),
    ),
    ...wrapped(
      'federatedIdentityProviders',
      'FederatedIdentityProviders',
      'FederatedIdentityProvider',
      of('IdentityProvider'),
    ),
    ...flags('subjectStep', 'attributeStep'),
  ],
  Authenticator: authenticator,
  IdentityProvider: identityProvider,
  // The one class without names of its own: they are those of its properties, in the order of the alphabet.
  Connector: [
    ...same('flag', 'blocking', 'enabled'),
    ...same('text', 'name'),
    ...repeated('provisioningProperties', 'provisioningProperties', of('Property')),
    ...same('flag', 'rulesEnabled'),
  ],
  InboundProvisioning: [
    ...texts('provisioningUserStore'),
    ...flags(['provisioningEnabled', 'IsProvisioningEnabled'], ['dumbMode', 'IsDumbModeEnabled']),
  ],
  OutboundProvisioning: [
    ...wrapped(
      'provisioningIdentityProviders',
      'ProvisioningIdentityProviders',
      'IdentityProvider',
      of('IdentityProvider'),
    ),
    ...wrapped('provisionByRoleList', 'ProvisionByRoleList', 'ProvisionByRole', 'text'),
  ],
  ClaimConfig: [
    ...texts('roleClaimURI', 'userClaimURI'),
    ...flags('localClaimDialect'),
    ...wrapped('idpClaims', 'IdpClaim', 'Claims', of('Claim')),
    ...wrapped('claimMappings', 'ClaimMappings', 'ClaimMapping', of('ClaimMapping')),
    ...flags('alwaysSendMappedLocalSubjectId'),
    ...since('7.0', flags('mappedLocalSubjectMandatory')),
    ...wrapped('spClaimDialects', 'SPClaimDialects', 'SPClaimDialect', 'text'),
  ],
  Claim: [...texts('claimUri'), ...same('number', 'claimId')],
  ClaimMapping: [
    ...object('localClaim', 'LocalClaim', 'Claim'),
    ...object('remoteClaim', 'RemoteClaim', 'Claim'),
    ...texts('defaultValue'),
    ...flags(['requested', 'RequestClaim'], ['mandatory', 'MandatoryClaim']),
  ],
  Roles: [
    ...wrapped('permissions', 'Permissions', 'ApplicationPermission', of('Permission')),
    ...wrapped('roleMappings', 'RoleMappings', 'RoleMapping', of('RoleMapping')),
    ...wrapped('idpRoles', 'IdpRoles', 'IdpRole', 'text'),
  ],
  Permission: same('text', 'value'),
  RoleMapping: [...object('localRole', 'localRole', 'LocalRole'), ...same('text', 'remoteRole')],
  LocalRole: texts('localRoleName', 'userStoreId'),
  Groups: [...texts('userStore'), ...wrapped('groups', 'Groups', 'Group', of('Group'))],
  Group: texts(['id', 'ID'], 'name'),
  AssociatedRoles: [
    ...texts('allowedAudience'),
    ...wrapped('roles', 'AssociatedRoles', 'AssociatedRole', of('AssociatedRole')),
  ],
  AssociatedRole: texts('id', 'name'),
  Attestation: [
    ...flags(['attestationEnabled', 'IsAttestationEnabled']),
    ...texts('androidPackageName', 'androidAttestationServiceCredentials', 'appleAppId'),
  ],
  TrustedApp: [
    ...texts('androidPackageName'),
    ...repeated('androidThumbprints', 'AndroidThumbprints', 'text'),
    ...texts('appleAppId'),
    ...flags(['isFidoTrusted', 'IsFidoTrusted'], ['isConsentGranted', 'IsConsentGranted']),
  ],
};

/** The class of the document inside of an inbound configuration. */
const PROTOCOL_CLASSES: Readonly<Record<string, string>> = {
  oauth2: 'oAuthAppDO',
  samlsso: 'samlssoServiceProviderDTO',
};

/** The class of the configuration of a type of inbound protocol; undefined for one that has none. */
export function protocolClass(type: string): string | undefined {
  return PROTOCOL_CLASSES[type];
}

/** The members that a class has in a release, in the order in which they are written. */
export function membersOf(name: string, version: Version): readonly Member[] {
  return (CLASSES[name] ?? []).filter((member) => existsIn(version, member));
}
