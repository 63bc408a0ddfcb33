import type { SystemKey } from '../../model/kind';
import { shippedClaims, shippedDialects } from '../../shipped-claims/shipped-claims';
import { LOCAL_DIALECT } from './claim-ids';

/** The dialects that releases of the product ship with. */
export const BUILT_IN_DIALECTS: readonly SystemKey[] = [{ key: LOCAL_DIALECT }, ...shippedDialects()];

const OIDC_DIALECT = 'http://wso2.org/oidc/claim';

/**
 * True for a dialect that servers of a release ship with; without one, of any release. In one that a release does not
 * ship with, its users may have made it: until 7.0 `urn:scim:wso2:schema` is the usual name for a SCIM schema of one's own.
 */
export function isBuiltInDialect(dialectURI: string, release?: string): boolean {
  return dialectURI === LOCAL_DIALECT || shippedClaims(release).dialects.has(dialectURI);
}

/** Claims of OpenID Connect Core 5.1 and of the product's tokens, besides those that the product ships with. */
const OIDC_CLAIMS = new Set(
  `sub acr amr application_roles user_org user_organization org_id org_name org_handle user_id
   userAccountType userSourceId isReadOnlyUser identityProviderUserId`.split(/\s+/),
);

/**
 * True when the URI is one that the product itself puts into this built-in dialect. All but the OIDC dialect name their
 * attributes with the dialect's URI in front; the product's own SCIM schema holds whatever it needs.
 */
export function isStandardAttribute(dialectURI: string, claimURI: string): boolean {
  if (shippedClaims().dialects.get(dialectURI)?.has(claimURI)) return true;
  return dialectURI === OIDC_DIALECT ? OIDC_CLAIMS.has(claimURI) : claimURI.startsWith(dialectURI);
}

/** True when servers of a release ship with the claim in this dialect, mapped to this local claim. */
export function isShippedMapping(dialectURI: string, claimURI: string, mapped: string, release?: string): boolean {
  return shippedClaims(release).dialects.get(dialectURI)?.get(claimURI) === mapped;
}

/**
 * True for a local claim that servers of a release ship with, by its name alone; without one, of any release. For servers
 * that do not mark their system claims (before 7.1). Everything below `identity/` is the product's own too.
 */
export function isDefaultLocalClaim(claimURI: string, release?: string): boolean {
  return claimURI.startsWith(`${LOCAL_DIALECT}/identity/`) || shippedClaims(release).local.has(claimURI);
}
