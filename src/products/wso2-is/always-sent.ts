import type { JsonObject } from '../../model/json';

/**
 * Parts of requests that the product's code uses without looking whether they are there, or keeps as they are where they
 * are not, with what is sent where a file has none. Without `allowedOrigins`, `provisioningClaims`, `roles` or `isDefault`
 * the server answers 500; without `requestPathAuthenticators` the last one of them stays (real servers of 6.0 and 7.0).
 */
const ALWAYS_SENT = {
  oidc: { allowedOrigins: [] },
  authenticationSequence: { requestPathAuthenticators: [] },
  associatedRoles: { roles: [] },
  identityProviderClaims: { mappings: [], provisioningClaims: [] },
  identityProviderRoles: { mappings: [], outboundProvisioningRoles: [] },
  // Of an authenticator or a connector in a request of its own.
  singleElement: { isEnabled: false, isDefault: false },
} satisfies Readonly<Record<string, JsonObject>>;

/** A part of a request with everything that it is never sent without. */
export function withAlwaysSent(part: keyof typeof ALWAYS_SENT, value: JsonObject): JsonObject {
  return { ...ALWAYS_SENT[part], ...value };
}
