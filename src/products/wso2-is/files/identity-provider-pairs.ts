import type { Pair } from '../../../service-provider-files/translation/pairs';

/** An identity provider: fields of a file and of the API (reference, 2.2.3 and 2.2.6). */
export const IDENTITY_PROVIDER: readonly Pair[] = [
  ['identityProviderName', 'name'],
  ['identityProviderDescription', 'description'],
  ['alias', 'alias'],
  ['primary', 'isPrimary'],
  ['federationHub', 'isFederationHub'],
  ['homeRealmId', 'homeRealmIdentifier'],
  ['enable', 'isEnabled'],
  ['imageUrl', 'image'],
  ['templateId', 'templateId'],
];

/** Just-in-time provisioning; the scheme is three flags in a file. */
export const JIT: readonly Pair[] = [
  ['provisioningEnabled', 'isEnabled'],
  ['provisioningUserStore', 'userstore'],
  ['associateLocalUserEnabled', 'associateLocalUser'],
  ['attributeSyncMethod', 'attributeSyncMethod'],
  ['skipJITOnAttrAccLookUpFailureEnabled', 'skipJITForLookupFailure'],
  ['accountLookupAttributeMappings', 'accountLookupAttributeMappings'],
  ['idpGroupSyncMethod', 'idpGroupSyncMethod'],
];

/** Prompt for consent, for a password, for a user name. */
export const JIT_SCHEMES: readonly { readonly name: string; readonly flags: readonly [boolean, boolean, boolean] }[] = [
  { name: 'PROVISION_SILENTLY', flags: [false, false, false] },
  { name: 'PROMPT_CONSENT', flags: [true, false, false] },
  { name: 'PROMPT_PASSWORD_CONSENT', flags: [true, true, false] },
  { name: 'PROMPT_USERNAME_PASSWORD_CONSENT', flags: [true, true, true] },
];

/** Authenticators or connectors: a list with one that is the default. */
export interface ElementPairs {
  readonly list: string;
  readonly chosen: string;
  readonly properties: string;
  /** Where the list stands in the REST vocabulary. */
  readonly rest: string;
  readonly fields: readonly Pair[];
}

export const ELEMENTS: { readonly authenticators: ElementPairs; readonly connectors: ElementPairs } = {
  authenticators: {
    list: 'federatedAuthenticatorConfigs',
    chosen: 'defaultAuthenticatorConfig',
    properties: 'properties',
    rest: 'federatedAuthenticators.authenticators',
    fields: [
      ['name', 'name'],
      ['enabled', 'isEnabled'],
      ['definedByType', 'definedBy'],
    ],
  },
  connectors: {
    list: 'provisioningConnectorConfigs',
    chosen: 'defaultProvisioningConnectorConfig',
    properties: 'provisioningProperties',
    rest: 'provisioning.outboundConnectors.connectors',
    fields: [
      ['name', 'name'],
      ['enabled', 'isEnabled'],
      ['blocking', 'blockingEnabled'],
      ['rulesEnabled', 'rulesEnabled'],
    ],
  },
};
