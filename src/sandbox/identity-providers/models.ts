import {
  anything,
  defaulted,
  flag,
  listOf,
  mapOf,
  matching,
  model,
  oneOf,
  required,
  since,
  text,
  whole,
} from '../shapes';

/* Request models of the identity provider API (reference §2.2.3). */

const claim = model({ id: text, uri: required(text), displayName: text });
const property = model({ key: required(text), value: text });

export const claimsModel = model({
  userIdClaim: claim,
  roleClaim: claim,
  mappings: listOf(model({ idpClaim: text, localClaim: claim })),
  provisioningClaims: listOf(model({ claim, defaultValue: text })),
});

export const rolesModel = model({
  mappings: listOf(model({ idpRole: text, localRole: text })),
  outboundProvisioningRoles: listOf(text),
});

export const groupsModel = listOf(model({ name: required(text), id: text }));

const endpoint = model({
  uri: required(matching(/^https?:\/\/.+/)),
  authentication: required(
    model({
      type: required(oneOf('NONE', 'BEARER', 'API_KEY', 'BASIC', 'CLIENT_CREDENTIAL', 'PASSWORD_CREDENTIAL')),
      properties: mapOf(anything),
    }),
  ),
  allowedHeaders: since('next', listOf(text)),
  allowedParameters: since('next', listOf(text)),
});

const authenticatorFields = {
  name: text,
  isEnabled: defaulted(flag),
  isDefault: defaulted(flag),
  definedBy: since('7.1', oneOf('SYSTEM', 'USER')),
  properties: listOf(property),
  endpoint: since('7.1', endpoint),
};

export const authenticatorModel = model({ ...authenticatorFields, authenticatorId: text });

export const authenticatorsModel = model({
  defaultAuthenticatorId: required(text),
  authenticators: listOf(
    model({ ...authenticatorFields, authenticatorId: required(text), tags: since('6.0', listOf(text)) }),
  ),
});

const connectorFields = {
  name: text,
  isEnabled: defaulted(flag),
  isDefault: defaulted(flag),
  blockingEnabled: defaulted(flag),
  rulesEnabled: defaulted(flag),
  properties: listOf(property),
};

export const connectorModel = model({ ...connectorFields, connectorId: text });

export const connectorsModel = model({
  defaultConnectorId: required(text),
  connectors: listOf(model({ ...connectorFields, connectorId: required(text) })),
});

export const jitModel = model({
  isEnabled: defaulted(flag, 'violation'),
  scheme: defaulted(
    oneOf('PROMPT_USERNAME_PASSWORD_CONSENT', 'PROMPT_PASSWORD_CONSENT', 'PROMPT_CONSENT', 'PROVISION_SILENTLY'),
  ),
  userstore: text,
  associateLocalUser: since('6.1', flag),
  attributeSyncMethod: since('7.0', oneOf('OVERRIDE_ALL', 'NONE', 'PRESERVE_LOCAL')),
  skipJITForLookupFailure: since('7.2', flag),
  accountLookupAttributeMappings: since('7.2', listOf(model({ localAttribute: text, federatedAttribute: text }))),
  idpGroupSyncMethod: since('7.3', oneOf('OVERRIDE_ALL', 'MERGE_WITH_EXISTING')),
});

export const associationModel = model({ isEnabled: flag, lookupAttribute: listOf(text) });

export const certificateModel = model({
  certificates: listOf(text),
  jwksUri: text,
  samlMetadataUri: since('7.3', text),
});

/** POST /identity-providers: no `id` and no `isEnabled`, they are refused (reference §5, quirk 14). */
export const identityProviderModel = model({
  name: required(text),
  description: text,
  templateId: since('6.0', text),
  image: text,
  isPrimary: flag,
  isFederationHub: defaulted(flag),
  homeRealmIdentifier: text,
  certificate: certificateModel,
  alias: text,
  idpIssuerName: since('6.0', text),
  claims: claimsModel,
  roles: rolesModel,
  groups: since('7.0', groupsModel),
  federatedAuthenticators: authenticatorsModel,
  provisioning: model({ jit: jitModel, outboundConnectors: connectorsModel }),
  implicitAssociation: since('7.0', associationModel),
});

/** Response fields of an authenticator that came later than the authenticator itself. */
export const shownAuthenticatorModel = model({
  definedBy: since('7.1', text),
  tags: since('6.0', listOf(text)),
  endpoint: since('7.1', anything),
});

/** PATCH /identity-providers/{id}: booleans and numbers are taken as text. */
export const patchModel = {
  ...listOf(model({ operation: required(oneOf('ADD', 'REMOVE', 'REPLACE')), path: required(text), value: text })),
  nullIsEmpty: true,
};

/** POST and PUT /identity-providers/templates. */
export const templateModel = model({
  id: text,
  name: required(text),
  description: text,
  image: text,
  category: oneOf('DEFAULT', 'CUSTOM'),
  displayOrder: whole,
  idp: required(identityProviderModel),
});
