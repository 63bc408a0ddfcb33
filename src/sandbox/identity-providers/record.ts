import type { JsonObject } from '../../model/json';
import type { IndexKeys } from '../registry';

export type KeyedValue = { readonly key: string; readonly value?: string };

/** A federated authenticator of an identity provider. USER ones have an endpoint, SYSTEM ones have properties. */
export type AuthenticatorRecord = {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly definedBy: 'SYSTEM' | 'USER';
  readonly properties: readonly KeyedValue[];
  readonly endpoint?: JsonObject;
};

/** An outbound provisioning connector of an identity provider. */
export type ConnectorRecord = {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly blockingEnabled: boolean;
  readonly rulesEnabled: boolean;
  readonly properties: readonly KeyedValue[];
};

/** An identity provider holds certificates, or an address where its keys are; never both. */
export type Certificates = {
  readonly certificates: readonly string[];
  readonly jwksUri?: string;
  readonly samlMetadataUri?: string;
};

export type IdentityProviderRecord = {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly isPrimary: boolean;
  readonly isFederationHub: boolean;
  /** description, image, alias, homeRealmIdentifier, templateId, idpIssuerName: those that are set. */
  readonly texts: JsonObject;
  readonly certificate: Certificates;
  /** userIdClaim and roleClaim as URIs, when they were sent. */
  readonly userIdClaim?: string;
  readonly roleClaim?: string;
  readonly claimMappings: readonly { readonly idpClaim: string; readonly localClaim: string }[];
  readonly provisioningClaims: readonly { readonly claim: string; readonly defaultValue: string }[];
  readonly roles: {
    readonly mappings: readonly { readonly idpRole: string; readonly localRole: string }[];
    readonly outbound: readonly string[];
  };
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly authenticators: readonly AuthenticatorRecord[];
  readonly defaultAuthenticatorId?: string;
  readonly connectors: readonly ConnectorRecord[];
  readonly defaultConnectorId?: string;
  readonly jit: JsonObject;
  /** Made as a trusted token issuer (7.0). */
  readonly trustedTokenIssuer?: boolean;
  /** Properties that came in a file and have no field in the REST model. */
  readonly fileProperties?: readonly { readonly name: string; readonly value: string }[];
  readonly implicitAssociation: { readonly isEnabled: boolean; readonly lookupAttribute: readonly string[] };
};

export const identityProviderKeys = {
  name: (record) => [record.name],
  userDefinedAuthenticator: (record) =>
    record.authenticators.filter((each) => each.definedBy === 'USER').map((each) => each.name),
  localClaim: (record) => [
    ...record.claimMappings.map((mapping) => mapping.localClaim),
    ...[record.userIdClaim, record.roleClaim].flatMap((uri) => (uri === undefined || uri === '' ? [] : [uri])),
    ...record.provisioningClaims.map((each) => each.claim),
  ],
} satisfies IndexKeys<IdentityProviderRecord>;

/** A template of the console's wizard: `fields` is the request as it was sent. */
export type ProviderTemplateRecord = { readonly id: string; readonly name: string; readonly fields: JsonObject };
