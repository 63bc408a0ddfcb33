import { claimConfig, permissionAndRoleConfig, property } from './claim-shapes';
import { authenticator, identityProvider, inboundProvisioning } from './identity-provider-shapes';
import { inboundProtocol } from './inbound-shapes';
import { capitals, count, field, flag, list, map, plain, repeated, text, type MapShape } from './shape';

const inboundConfig: MapShape = map({
  ...capitals(text, 'inboundAuthKey', 'inboundAuthType', 'inboundConfigType', 'friendlyName'),
  inboundConfiguration: field(text, 'inboundConfiguration'),
  // The capital is that of the product's own binding, which passes over other names; the reference (3.1) writes a small one.
  inboundConfigurationProtocol: field(inboundProtocol, 'InboundConfigurationProtocol'),
  properties: field(list('Property', property), 'Properties'),
});

const step: MapShape = map({
  ...capitals(count, 'stepOrder'),
  localAuthenticatorConfigs: field(list('LocalAuthenticatorConfig', authenticator), 'LocalAuthenticatorConfigs'),
  federatedIdentityProviders: field(list('IdentityProvider', identityProvider), 'FederatedIdentityProviders'),
  ...capitals(flag, 'subjectStep', 'attributeStep'),
});

const script: MapShape = map(plain(text, 'content', 'language', 'type'), {
  attributes: ['enabled', 'language'],
  content: 'content',
});

const localAndOutbound: MapShape = map({
  authenticationSteps: field(list('AuthenticationStep', step), 'AuthenticationSteps'),
  ...capitals(text, 'authenticationType'),
  authenticationStepForSubject: field(step, 'AuthenticationStepForSubject'),
  authenticationStepForAttributes: field(step, 'AuthenticationStepForAttributes'),
  authenticationScriptConfig: field(
    { ...script, fields: { ...script.fields, enabled: field(flag, 'enabled') } },
    'AuthenticationScript',
  ),
  ...plain(flag, 'alwaysSendBackAuthenticatedListOfIdPs'),
  ...plain(text, 'subjectClaimUri'),
  useTenantDomainInLocalSubjectIdentifier: field(flag, 'UseTenantDomainInUsername'),
  ...capitals(flag, 'useUserstoreDomainInRoles'),
  useUserstoreDomainInLocalSubjectIdentifier: field(flag, 'UseUserstoreDomainInUsername'),
  ...capitals(flag, 'skipConsent'),
  ...plain(flag, 'skipLogoutConsent'),
  ...capitals(flag, 'enableAuthorization'),
  useExternalConsentPage: field(flag, 'UseExternalizedConsentPage'),
});

/** A service provider (reference, section 3), in the order in which the product writes it. */
export const serviceProvider: MapShape = map({
  ...capitals(text, 'applicationName', 'applicationVersion', 'description'),
  certificateContent: field(text, 'Certificate'),
  ...capitals(text, 'jwksUri'),
  inboundAuthenticationConfig: field(
    map({
      inboundAuthenticationRequestConfigs: field(
        list('InboundAuthenticationRequestConfig', inboundConfig),
        'InboundAuthenticationRequestConfigs',
      ),
    }),
    'InboundAuthenticationConfig',
  ),
  localAndOutBoundAuthenticationConfig: field(localAndOutbound, 'LocalAndOutBoundAuthenticationConfig'),
  requestPathAuthenticatorConfigs: field(
    list('RequestPathAuthenticatorConfig', authenticator),
    'RequestPathAuthenticatorConfigs',
  ),
  inboundProvisioningConfig: field(inboundProvisioning, 'InboundProvisioningConfig'),
  outboundProvisioningConfig: field(
    map({
      provisioningIdentityProviders: field(list('IdentityProvider', identityProvider), 'ProvisioningIdentityProviders'),
      provisionByRoleList: field(list('ProvisionByRole', text), 'ProvisionByRoleList'),
    }),
    'OutboundProvisioningConfig',
  ),
  claimConfig: field(claimConfig, 'ClaimConfig'),
  permissionAndRoleConfig: field(permissionAndRoleConfig, 'PermissionAndRoleConfig'),
  saasApp: field(flag, 'IsSaaSApp', 'saaSApp'),
  ...capitals(text, 'imageUrl'),
  accessUrl: field(text, 'AccessUrl'),
  loginUrl: field(text, 'LoginUrl'),
  discoverable: field(flag, 'IsDiscoverable'),
  ...capitals(text, 'templateId', 'templateVersion'),
  managementApp: field(flag, 'IsManagementApp'),
  b2BSelfServiceApp: field(flag, 'IsB2BSelfServiceApp', 'B2BSelfServiceApp'),
  associatedRolesConfig: field(
    map({
      ...capitals(text, 'allowedAudience'),
      roles: field(list('AssociatedRole', map(capitals(text, 'id', 'name'))), 'AssociatedRoles'),
    }),
    'AssociatedRolesConfig',
  ),
  applicationEnabled: field(flag, 'IsApplicationEnabled'),
  apiBasedAuthenticationEnabled: field(
    flag,
    'IsAPIBasedAuthenticationEnabled',
    'APIBasedAuthenticationEnabled',
    'apibasedAuthenticationEnabled',
  ),
  clientAttestationMetaData: field(
    map({
      attestationEnabled: field(flag, 'IsAttestationEnabled'),
      ...capitals(text, 'androidPackageName', 'androidAttestationServiceCredentials', 'appleAppId'),
    }),
    'ClientAttestationMetaData',
  ),
  trustedAppMetadata: field(
    map({
      ...capitals(text, 'androidPackageName'),
      androidThumbprints: field(repeated('AndroidThumbprints', text), 'AndroidThumbprints'),
      ...capitals(text, 'appleAppId'),
      fidoTrusted: field(flag, 'IsFidoTrusted', 'isFIDOTrusted'),
      consentGranted: field(flag, 'IsConsentGranted'),
    }),
    'TrustedAppMetadata',
  ),
});
