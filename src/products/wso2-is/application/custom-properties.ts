import { compareVersions } from '../../../model/kind';
import type { Json } from '../../../model/json';
import { filledText, objectsOf } from '../json-fields';

/**
 * Properties in which the product itself keeps what a field of the application says, or what is its own, by the first
 * version that does so. Source: the names in IdentityApplicationConstants and ApplicationDAOImpl of application.common and
 * application.mgt (5.18.187, 5.23.8, 5.25.92, 7.0.80, 7.5.0, 7.8.614) and recorded answers of 6.x and 7.0.
 */
const KEPT_BY_THE_PRODUCT: Readonly<Record<string, string>> = {
  CERTIFICATE: '5.11',
  jwksURI: '5.11',
  templateId: '5.11',
  skipConsent: '5.11',
  skipLogoutConsent: '5.11',
  useExternalConsentPage: '5.11',
  USE_DOMAIN_IN_ROLES: '5.11',
  useUserIdForDefaultSubject: '5.11',
  isManagementApp: '6.0',
  isFragmentApp: '6.0',
  isSystemReservedApp: '6.1',
  logoutReturnUrl: '7.0',
  isB2BSelfServiceApp: '7.0',
  allowedAudienceForAssociatedRoles: '7.0',
  isAPIBasedAuthenticationEnabled: '7.0',
  IsAttestationEnabled: '7.0',
  androidPackageName: '7.0',
  appleAppId: '7.0',
  templateVersion: '7.1',
  trustedAppConsentGranted: '7.1',
  IsApplicationEnabled: '7.1',
};

/** Names of the properties in an answer of a server of this version that are in no field, so that they are lost. */
export function customPropertyNames(properties: Json | undefined, version: string): string[] {
  return objectsOf(properties)
    .map((property) => filledText(property, 'name') ?? '')
    .filter((name) => !isKeptByTheProduct(name, version));
}

function isKeptByTheProduct(name: string, version: string): boolean {
  if (!Object.hasOwn(KEPT_BY_THE_PRODUCT, name)) return false;
  const since = KEPT_BY_THE_PRODUCT[name];
  return since !== undefined && compareVersions(version, since) >= 0;
}
