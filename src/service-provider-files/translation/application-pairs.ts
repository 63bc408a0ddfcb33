import type { Pair } from './pairs';

const LOCAL = 'localAndOutBoundAuthenticationConfig';

/** An application: fields of a service provider file and of the API (reference, 2.1.4 and 3.5). */
export const APPLICATION: readonly Pair[] = [
  ['applicationName', 'name'],
  ['description', 'description'],
  ['imageUrl', 'imageUrl'],
  ['accessUrl', 'accessUrl'],
  ['templateId', 'templateId'],
  ['templateVersion', 'templateVersion'],
  ['managementApp', 'isManagementApp'],
  ['b2BSelfServiceApp', 'isB2BSelfServiceApp'],
  ['applicationEnabled', 'applicationEnabled'],
  ['saasApp', 'advancedConfigurations.saas'],
  ['discoverable', 'advancedConfigurations.discoverableByEndUsers'],
  [`${LOCAL}.skipConsent`, 'advancedConfigurations.skipLoginConsent'],
  [`${LOCAL}.skipLogoutConsent`, 'advancedConfigurations.skipLogoutConsent'],
  [`${LOCAL}.useExternalConsentPage`, 'advancedConfigurations.useExternalConsentPage'],
  [`${LOCAL}.alwaysSendBackAuthenticatedListOfIdPs`, 'advancedConfigurations.returnAuthenticatedIdpList'],
  [`${LOCAL}.enableAuthorization`, 'advancedConfigurations.enableAuthorization'],
  ['apiBasedAuthenticationEnabled', 'advancedConfigurations.enableAPIBasedAuthentication'],
  [
    'clientAttestationMetaData.attestationEnabled',
    'advancedConfigurations.attestationMetaData.enableClientAttestation',
  ],
  ['clientAttestationMetaData.androidPackageName', 'advancedConfigurations.attestationMetaData.androidPackageName'],
  [
    'clientAttestationMetaData.androidAttestationServiceCredentials',
    'advancedConfigurations.attestationMetaData.androidAttestationServiceCredentials',
  ],
  ['clientAttestationMetaData.appleAppId', 'advancedConfigurations.attestationMetaData.appleAppId'],
  ['trustedAppMetadata.isFidoTrusted', 'advancedConfigurations.trustedAppConfiguration.isFIDOTrustedApp'],
  ['trustedAppMetadata.isConsentGranted', 'advancedConfigurations.trustedAppConfiguration.isConsentGranted'],
  ['trustedAppMetadata.androidPackageName', 'advancedConfigurations.trustedAppConfiguration.androidPackageName'],
  ['trustedAppMetadata.androidThumbprints', 'advancedConfigurations.trustedAppConfiguration.androidThumbprints'],
  ['trustedAppMetadata.appleAppId', 'advancedConfigurations.trustedAppConfiguration.appleAppId'],
  [`${LOCAL}.subjectClaimUri`, 'claimConfiguration.subject.claim.uri'],
  [`${LOCAL}.useUserstoreDomainInLocalSubjectIdentifier`, 'claimConfiguration.subject.includeUserDomain'],
  [`${LOCAL}.useTenantDomainInLocalSubjectIdentifier`, 'claimConfiguration.subject.includeTenantDomain'],
  ['claimConfig.alwaysSendMappedLocalSubjectId', 'claimConfiguration.subject.useMappedLocalSubject'],
  ['claimConfig.mappedLocalSubjectMandatory', 'claimConfiguration.subject.mappedLocalSubjectMandatory'],
  ['claimConfig.roleClaimURI', 'claimConfiguration.role.claim.uri'],
  [`${LOCAL}.useUserstoreDomainInRoles`, 'claimConfiguration.role.includeUserDomain'],
];

const INBOUND = 'provisioningConfigurations.inboundProvisioning';

/** Only meaningful together with a user store or the proxy mode. */
export const INBOUND_PROVISIONING: readonly Pair[] = [
  ['inboundProvisioningConfig.provisioningUserStore', `${INBOUND}.provisioningUserstoreDomain`],
  ['inboundProvisioningConfig.dumbMode', `${INBOUND}.proxyMode`],
];

export const SEQUENCE = LOCAL;
