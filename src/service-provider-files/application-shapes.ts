import { claimConfig, permissionAndRoleConfig, property } from './claim-shapes';
import { authenticator, identityProvider, inboundProvisioning } from './identity-provider-shapes';
import { inboundProtocol } from './inbound-shapes';
import { capitals, count, field, flag, list, map, plain, repeated, since, text, type MapShape } from './shape';

const inboundConfig: MapShape = map({
  ...capitals(text, 'inboundAuthKey', 'inboundAuthType', 'inboundConfigType'),
  ...plain(text, 'friendlyName'),
  inboundConfiguration: field(text, 'inboundConfiguration'),
  inboundConfigurationProtocol: field(inboundProtocol, 'InboundConfigurationProtocol'),
  properties: field(list('Property', property), 'Properties'),
});

const step: MapShape = map({
  ...capitals(count, 'stepOrder'),
  localAuthenticatorConfigs: field(list('LocalAuthenticatorConfig', authenticator), 'LocalAuthenticatorConfigs'),
  federatedIdentityProviders: field(list('FederatedIdentityProvider', identityProvider), 'FederatedIdentityProviders'),
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
  ...plain(flag, 'alwaysSendBackAuthenticatedListOfIdPs'),
  ...plain(text, 'subjectClaimUri'),
  useTenantDomainInLocalSubjectIdentifier: field(flag, 'UseTenantDomainInUsername'),
  ...capitals(flag, 'useUserstoreDomainInRoles'),
  useUserstoreDomainInLocalSubjectIdentifier: field(flag, 'UseUserstoreDomainInUsername'),
  ...capitals(flag, 'skipConsent'),
  ...plain(flag, 'skipLogoutConsent'),
  ...capitals(flag, 'enableAuthorization'),
  authenticationScriptConfig: field(
    { ...script, fields: { ...script.fields, enabled: field(flag, 'enabled') } },
    'AuthenticationScript',
  ),
  ...since('7.0', { useExternalConsentPage: field(flag, 'UseExternalConsentPage', 'UseExternalizedConsentPage') }),
});

const groups = map({
  ...capitals(text, 'userStore'),
  groups: field(list('Group', map({ id: field(text, 'ID', 'Id'), ...capitals(text, 'name') })), 'Groups'),
});

/** A service provider (reference, section 3), in the order in which the product writes it. */
export const serviceProvider: MapShape = map({
  ...capitals(text, 'applicationName'),
  ...since('7.1', capitals(text, 'applicationVersion')),
  ...capitals(text, 'description'),
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
  // Read in files of a deployment only.
  loginUrl: field(text, 'LoginUrl'),
  discoverable: field(flag, 'IsDiscoverable'),
  ...since('7.2', { discoverableGroups: field(list('DiscoverableGroup', groups), 'DiscoverableGroups') }),
  ...capitals(text, 'templateId'),
  ...since('7.1', capitals(text, 'templateVersion')),
  ...since('6.0', { managementApp: field(flag, 'IsManagementApp') }),
  ...since('7.0', {
    b2BSelfServiceApp: field(flag, 'IsB2BSelfServiceApp', 'B2BSelfServiceApp'),
    associatedRolesConfig: field(
      map({
        ...capitals(text, 'allowedAudience'),
        roles: field(list('AssociatedRole', map(capitals(text, 'id', 'name'))), 'AssociatedRoles'),
      }),
      'AssociatedRolesConfig',
    ),
  }),
  ...since('7.1', { applicationEnabled: field(flag, 'IsApplicationEnabled') }),
  ...since('7.0', {
    apiBasedAuthenticationEnabled: {
      ...field(flag, 'IsAPIBasedAuthenticationEnabled'),
      called: { json: 'apibasedAuthenticationEnabled', yaml: 'APIBasedAuthenticationEnabled' },
    },
    clientAttestationMetaData: field(
      map({
        attestationEnabled: field(flag, 'IsAttestationEnabled'),
        ...capitals(text, 'androidPackageName', 'androidAttestationServiceCredentials', 'appleAppId'),
      }),
      'ClientAttestationMetaData',
    ),
  }),
  ...since('7.1', {
    trustedAppMetadata: field(
      map({
        ...capitals(text, 'androidPackageName'),
        androidThumbprints: field(repeated('AndroidThumbprints', text), 'AndroidThumbprints'),
        ...capitals(text, 'appleAppId'),
        isFidoTrusted: field(flag, 'IsFidoTrusted', 'fidoTrusted', 'isFIDOTrusted'),
        isConsentGranted: field(flag, 'IsConsentGranted', 'consentGranted'),
      }),
      'TrustedAppMetadata',
    ),
  }),
});
