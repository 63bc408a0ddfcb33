import type { JsonObject } from '../../../model/json';
import type { DefaultRule, Kind } from '../../../model/kind';

/** Fields of an identity provider that older servers do not know (reference, 2.2.3, 2.2.5, 4). */
export const identityProviderFieldsSince: Kind['fieldsSince'] = [
  { path: 'templateId', since: '6.0' },
  { path: 'idpIssuerName', since: '6.0' },
  { path: 'provisioning.jit.associateLocalUser', since: '6.1' },
  { path: 'groups', since: '7.0' },
  { path: 'implicitAssociation', since: '7.0' },
  { path: 'provisioning.jit.attributeSyncMethod', since: '7.0' },
  { path: 'federatedAuthenticators.authenticators[].definedBy', since: '7.1' },
  { path: 'federatedAuthenticators.authenticators[].endpoint', since: '7.1' },
  { path: 'provisioning.jit.skipJITForLookupFailure', since: '7.2' },
  { path: 'provisioning.jit.accountLookupAttributeMappings', since: '7.2' },
  { path: 'certificate.samlMetadataUri', since: '7.3' },
  { path: 'provisioning.jit.idpGroupSyncMethod', since: '7.3' },
  // Only in the API description that follows 7.3.
  { path: 'federatedAuthenticators.authenticators[].endpoint.allowedHeaders', since: '7.4' },
  { path: 'federatedAuthenticators.authenticators[].endpoint.allowedParameters', since: '7.4' },
];

/** Just-in-time provisioning of an identity provider for which nobody chose anything. */
export const JIT_DEFAULTS: JsonObject = {
  isEnabled: false,
  scheme: 'PROVISION_SILENTLY',
  userstore: 'PRIMARY',
  associateLocalUser: false,
  attributeSyncMethod: 'OVERRIDE_ALL',
  skipJITForLookupFailure: false,
  idpGroupSyncMethod: 'MERGE_WITH_EXISTING',
};

/** What the server assumes for absent fields (reference, 2.2.3 to 2.2.5). */
export const identityProviderDefaults: readonly DefaultRule[] = [
  {
    at: '',
    values: {
      isEnabled: true,
      isPrimary: false,
      isFederationHub: false,
      provisioning: { jit: JIT_DEFAULTS },
      implicitAssociation: { isEnabled: false },
    },
  },
  {
    at: 'federatedAuthenticators.authenticators[]',
    values: { isEnabled: false, isDefault: false, definedBy: 'SYSTEM' },
  },
  {
    at: 'provisioning.outboundConnectors.connectors[]',
    values: { isEnabled: false, isDefault: false, blockingEnabled: false, rulesEnabled: false },
  },
];
