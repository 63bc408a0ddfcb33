import type { SecretRule } from '../../../model/kind';
import type { ProductKind } from '../../product';
import { confidentialNames, secretNames } from '../authenticators';
import { comparableRole, SAME_ROLES } from '../local-roles';
import { identityProviderSchema } from '../schemas/identity-provider';
import { checkIdentityProvider } from './identity-provider-check';
import { normaliseIdentityProvider } from './identity-provider-normalise';
import { listIdentityProviders, readIdentityProvider, RESERVED_NAME } from './identity-provider-read';
import { identityProviderNeeds } from './identity-provider-needs';
import { identityProviderDefaults, identityProviderFieldsSince } from './identity-provider-versions';
import { createIdentityProvider, removeIdentityProvider, updateIdentityProvider } from './identity-provider-write';

const AUTHENTICATORS = 'federatedAuthenticators.authenticators';
const CONNECTORS = 'provisioning.outboundConnectors.connectors';
const CREDENTIALS = `${AUTHENTICATORS}[].endpoint.authentication.properties`;

const secrets: readonly SecretRule[] = [
  { path: `${AUTHENTICATORS}[].properties[].value`, names: secretNames('authenticator') },
  { path: `${CONNECTORS}[].properties[].value`, names: secretNames('connector') },
  { path: `${CREDENTIALS}.*` },
];

const WITHOUT_MAPPINGS = { field: 'claims.mappings', isEmpty: true } as const;

/** Identity providers: reference, section 2.2. */
export const identityProvider: ProductKind = {
  name: 'identity-provider',
  folder: 'identity-providers',
  title: 'Identity providers',
  keyFields: ['name'],
  schema: identityProviderSchema,
  // Lists without a rule are compared by position: certificates (kept sorted), and the lookup attributes of implicit
  // association and just-in-time provisioning, whose order is the order of trying.
  lists: [
    { path: AUTHENTICATORS, identity: ['name'] },
    { path: `${AUTHENTICATORS}[].properties`, identity: ['key'] },
    { path: `${AUTHENTICATORS}[].endpoint.allowedHeaders`, identity: [] },
    { path: `${AUTHENTICATORS}[].endpoint.allowedParameters`, identity: [] },
    { path: CONNECTORS, identity: ['name'] },
    { path: `${CONNECTORS}[].properties`, identity: ['key'] },
    { path: 'claims.mappings', identity: ['idpClaim'] },
    { path: 'claims.provisioningClaims', identity: ['claim.uri'] },
    { path: 'roles.mappings', identity: ['idpRole', 'localRole'] },
    { path: 'roles.outboundProvisioningRoles', identity: [] },
    { path: 'groups', identity: ['name'] },
  ],
  spellings: [
    { path: 'roles.mappings[].localRole', same: SAME_ROLES, comparable: comparableRole },
    { path: 'roles.outboundProvisioningRoles[]', same: SAME_ROLES, comparable: comparableRole },
  ],
  serverOwned: [
    'id',
    'self',
    `${AUTHENTICATORS}[].self`,
    `${AUTHENTICATORS}[].tags`,
    `${CONNECTORS}[].self`,
    'claims.userIdClaim.id',
    'claims.userIdClaim.displayName',
    'claims.roleClaim.id',
    'claims.roleClaim.displayName',
    'claims.mappings[].localClaim.id',
    'claims.mappings[].localClaim.displayName',
    'claims.provisioningClaims[].claim.id',
    'claims.provisioningClaims[].claim.displayName',
    'groups[].id',
  ],
  // A property without a value, and a secret that a file does not name at all, stay as they are on the server.
  chosenByServer: [
    `${AUTHENTICATORS}[].properties[].value`,
    `${CONNECTORS}[].properties[].value`,
    ...confidentialNames('authenticator').map((key) => `${AUTHENTICATORS}[].properties[${key}]`),
    ...confidentialNames('connector').map((key) => `${CONNECTORS}[].properties[${key}]`),
    CREDENTIALS,
    `${CREDENTIALS}.*`,
  ],
  immutable: [
    { path: 'templateId', why: 'it can only be chosen when the identity provider is created' },
    { path: `${AUTHENTICATORS}[].definedBy`, why: 'the server keeps what the authenticator was created as' },
  ],
  secrets,
  defaults: identityProviderDefaults,
  fieldsSince: identityProviderFieldsSince,
  references: [
    { path: 'claims.mappings[].localClaim.uri', kind: 'local-claim', mustExist: true },
    // Without mappings these are local claims as well.
    { path: 'claims.userIdClaim.uri', kind: 'local-claim', when: WITHOUT_MAPPINGS, mustExist: true },
    { path: 'claims.roleClaim.uri', kind: 'local-claim', when: WITHOUT_MAPPINGS, mustExist: true },
    { path: 'claims.provisioningClaims[].claim.uri', kind: 'local-claim', when: WITHOUT_MAPPINGS, mustExist: true },
    { path: 'provisioning.jit.accountLookupAttributeMappings[].localAttribute', kind: 'local-claim' },
    { path: 'implicitAssociation.lookupAttribute[]', kind: 'local-claim' },
  ],
  systemKeys: [{ key: RESERVED_NAME }],
  normalise: normaliseIdentityProvider,
  check: checkIdentityProvider,
  needs: identityProviderNeeds,
  notCarried: [
    { what: 'a changed templateId', why: 'the API cannot change it on an existing identity provider' },
    {
      what: 'properties of an identity provider without a field of their own',
      why: 'the API neither shows nor takes them',
    },
    {
      what: 'credentials of the endpoint of a user-defined authenticator',
      why: 'the server never returns them: they are sent when a file has them, and kept when it has not',
    },
    { what: 'sharing with organizations', why: 'it names organizations of one server' },
    { what: 'trusted token issuers as such', why: 'they are identity providers, and carried as those' },
  ],
  calls: {
    list: listIdentityProviders,
    read: readIdentityProvider,
    create: createIdentityProvider,
    update: updateIdentityProvider,
    remove: removeIdentityProvider,
  },
};
