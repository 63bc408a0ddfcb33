import * as z from 'zod';

const claim = z.strictObject({ uri: z.string() });

const properties = z
  .array(
    z.strictObject({
      key: z.string().min(1),
      value: z
        .union([z.string(), z.boolean(), z.number()])
        .optional()
        .describe('Without a value the one on the server stays.'),
    }),
  )
  .describe('Settings by key; the order does not matter.');

const endpoint = z.strictObject({
  uri: z.string().regex(/^https?:\/\/.+/, 'must be an http or https address'),
  authentication: z.strictObject({
    type: z.enum(['NONE', 'BASIC', 'BEARER', 'API_KEY', 'CLIENT_CREDENTIAL', 'PASSWORD_CREDENTIAL']),
    properties: z
      .record(z.string(), z.string())
      .optional()
      .describe('Credentials; never returned by the server. Left out: those on the server stay.'),
  }),
  allowedHeaders: z.array(z.string()).optional(),
  allowedParameters: z.array(z.string()).optional(),
});

const authenticator = z.strictObject({
  name: z.string().min(1).optional().describe('Such as OpenIDConnectAuthenticator.'),
  authenticatorId: z.string().min(1).optional().describe('base64url of the name; one of the two is enough.'),
  isEnabled: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  definedBy: z.enum(['SYSTEM', 'USER']).optional(),
  properties: properties.optional(),
  endpoint: endpoint.optional().describe('Only for authenticators defined by USER.'),
});

const connector = z.strictObject({
  name: z.string().min(1).optional().describe('Such as scim or SCIM2.'),
  connectorId: z.string().min(1).optional().describe('base64url of the name; one of the two is enough.'),
  isEnabled: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  blockingEnabled: z.boolean().optional(),
  rulesEnabled: z.boolean().optional(),
  properties: properties.optional(),
});

const jit = z.strictObject({
  isEnabled: z.boolean().optional(),
  scheme: z
    .enum(['PROMPT_USERNAME_PASSWORD_CONSENT', 'PROMPT_PASSWORD_CONSENT', 'PROMPT_CONSENT', 'PROVISION_SILENTLY'])
    .optional(),
  userstore: z.string().optional(),
  associateLocalUser: z.boolean().optional(),
  attributeSyncMethod: z.enum(['OVERRIDE_ALL', 'NONE', 'PRESERVE_LOCAL']).optional(),
  skipJITForLookupFailure: z.boolean().optional(),
  accountLookupAttributeMappings: z
    .array(z.strictObject({ localAttribute: z.string(), federatedAttribute: z.string() }))
    .max(2)
    .optional(),
  idpGroupSyncMethod: z.enum(['OVERRIDE_ALL', 'MERGE_WITH_EXISTING']).optional(),
});

/** An identity provider as it stands in a file (reference, 2.2.3 to 2.2.5). */
export const identityProviderSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  image: z.string().optional(),
  isEnabled: z.boolean().optional(),
  isPrimary: z.boolean().optional(),
  isFederationHub: z.boolean().optional(),
  homeRealmIdentifier: z.string().optional(),
  alias: z.string().optional(),
  idpIssuerName: z.string().optional(),
  templateId: z.string().optional().describe('Only chosen when the identity provider is created.'),
  certificate: z
    .strictObject({
      certificates: z.array(z.string()).optional().describe('PEM texts.'),
      jwksUri: z.string().optional(),
      samlMetadataUri: z.string().optional(),
    })
    .optional(),
  federatedAuthenticators: z
    .strictObject({
      defaultAuthenticatorId: z.string().optional().describe('The same as isDefault: true at the authenticator.'),
      authenticators: z.array(authenticator).optional(),
    })
    .optional(),
  claims: z
    .strictObject({
      userIdClaim: claim.optional(),
      roleClaim: claim.optional(),
      mappings: z.array(z.strictObject({ idpClaim: z.string(), localClaim: claim })).optional(),
      provisioningClaims: z.array(z.strictObject({ claim, defaultValue: z.string() })).optional(),
    })
    .optional(),
  roles: z
    .strictObject({
      mappings: z.array(z.strictObject({ idpRole: z.string(), localRole: z.string() })).optional(),
      outboundProvisioningRoles: z.array(z.string()).optional(),
    })
    .optional(),
  groups: z.array(z.strictObject({ name: z.string().min(1) })).optional(),
  provisioning: z
    .strictObject({
      jit: jit.optional(),
      outboundConnectors: z
        .strictObject({
          defaultConnectorId: z.string().optional().describe('The same as isDefault: true at the connector.'),
          connectors: z.array(connector).optional(),
        })
        .optional(),
    })
    .optional(),
  implicitAssociation: z
    .strictObject({
      isEnabled: z.boolean().optional(),
      lookupAttribute: z.array(z.string()).optional(),
    })
    .optional(),
});
