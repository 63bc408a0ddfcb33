import { LOCAL_DIALECT } from './claim-ids';

const OIDC_DIALECT = 'http://wso2.org/oidc/claim';
const WSO2_SCIM_DIALECT = 'urn:scim:wso2:schema';

/** Dialects that the product brings along (reference, 2.3.3; claim-config.xml). Not every version has all of them. */
export const BUILT_IN_DIALECTS: readonly string[] = [
  LOCAL_DIALECT,
  OIDC_DIALECT,
  'http://axschema.org',
  'http://schemas.xmlsoap.org/ws/2005/05/identity',
  'http://eidas.europa.eu/attributes/naturalperson',
  'http://eidas.europa.eu/attributes/legalperson',
  'urn:scim:schemas:core:1.0',
  'urn:ietf:params:scim:schemas:core:2.0',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  WSO2_SCIM_DIALECT,
];

const words = (text: string): string[] => text.trim().split(/\s+/);

/** OpenID Connect Core 5.1, and what the product adds to its OIDC dialect. */
const OIDC_CLAIMS = new Set(
  words(`
    sub name given_name family_name middle_name nickname preferred_username profile picture website email
    email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at
    acr amr groups roles upn username formatted street street_address locality region postal_code country
    application_roles user_org user_organization org_id org_name org_handle user_id
    userAccountType userSourceId isReadOnlyUser identityProviderUserId
  `),
);

/**
 * True when the URI is one that the product itself puts into this built-in dialect. All but the OIDC dialect name their
 * attributes with the dialect's URI in front; the product's own SCIM schema holds whatever it needs.
 */
export function isStandardAttribute(dialectURI: string, claimURI: string): boolean {
  if (dialectURI === OIDC_DIALECT) return OIDC_CLAIMS.has(claimURI);
  return claimURI.startsWith(dialectURI);
}

/**
 * Names below http://wso2.org/claims that the product ships with, for servers that do not mark their system claims
 * (reference, 2.3.3). Everything below `identity/` is the product's own too.
 */
const DEFAULT_LOCAL_CLAIMS = new Set(
  words(`
    givenname lastname organization streetaddress country emailaddress emailAddresses telephone mobile mobileNumbers im
    url gender title role roles department division postalcode locality region dob nickname stateorprovince otherphone
    fullname username userprincipal userid externalid created modified location formattedName middleName
    honorificPrefix honorificSuffix resourceType userType preferredLanguage local timeZone
    emails emails.work emails.home emails.other phoneNumbers phoneNumbers.home phoneNumbers.work phoneNumbers.fax
    phoneNumbers.pager phoneNumbers.other phoneNumbers.mobile gtalk skype photos photourl thumbnail
    addresses addresses.formatted addresses.locality groups entitlements x509Certificates primaryChallengeQuestion
    challengeQuestionUris challengeQuestion1 challengeQuestion2 oneTimePassword extendedRef extendedDisplayName
    costCenter extendedExternalId displayName active manager managers.displayName applicationRoles tenantDomain
  `),
);

/** True for a local claim that the product ships with, by its name alone. */
export function isDefaultLocalClaim(claimURI: string): boolean {
  if (!claimURI.startsWith(`${LOCAL_DIALECT}/`)) return false;
  const name = claimURI.slice(LOCAL_DIALECT.length + 1);
  return name.startsWith('identity/') || DEFAULT_LOCAL_CLAIMS.has(name);
}
