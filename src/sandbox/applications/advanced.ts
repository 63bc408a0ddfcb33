import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn, without } from '../fields';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { ApiFailure, uncaughtException } from '../failures';
import { badApplication, unsupportedProperty } from './failures';
import { namedGroups } from './groups';
import type { ApplicationRecord } from './record';

/**
 * What advancedConfigurations in POST or PATCH makes of the stored ones: merged field by field; a PEM certificate
 * displaces a JWKS address and the other way around (reference §2.1.5).
 */
export function changedAdvanced(world: World, stored: JsonObject, body: JsonObject): JsonObject {
  if ((listIn(body, 'additionalSpProperties') ?? []).length > 0) {
    throw unsupportedProperty('Additional service provider properties cannot be changed here.');
  }
  const changed = { ...stored, ...without(body, 'additionalSpProperties', 'fragment', 'certificate') };
  if (body.discoverableGroups !== undefined) changed.discoverableGroups = namedGroups(world, body);
  const sent = objectIn(body, 'certificate');
  return sent ? withCertificate(changed, sent) : changed;
}

/**
 * A certificate and an address of keys displace each other, even by one that is empty or missing; what is neither
 * changes nothing (UpdateAdvancedConfigurations of the REST classes 1.2.6).
 */
function withCertificate(advanced: JsonObject, sent: JsonObject): JsonObject {
  const [type, value] = [textIn(sent, 'type') ?? '', textIn(sent, 'value')];
  if (type !== 'PEM' && type !== 'JWKS') return advanced;
  const stored = objectIn(advanced, 'certificate');
  if (value === undefined && textIn(stored, 'type') === type) return advanced;
  return isBlank(value) ? without(advanced, 'certificate') : { ...advanced, certificate: { type, value: value ?? '' } };
}

/** The number of the certificate, a new one for a certificate that has none. */
export function withReference(world: World, advanced: JsonObject): JsonObject {
  if (textIn(objectIn(advanced, 'certificate'), 'type') !== 'PEM') return without(advanced, 'certificateReference');
  if (advanced.certificateReference !== undefined) return advanced;
  const numbers = [...world.applications.all()].map(({ advanced: each }) =>
    Number(textIn(each, 'certificateReference') ?? 0),
  );
  return { ...advanced, certificateReference: String(Math.max(0, ...numbers) + 1) };
}

/** advancedConfigurations of a GET, defaults filled in as in reference §2.1.9. */
export function shownAdvanced(version: Version, application: ApplicationRecord): JsonObject {
  const { advanced } = application;
  const attestation = objectIn(advanced, 'attestationMetaData');
  return present({
    saas: flagIn(advanced, 'saas') ?? false,
    discoverableByEndUsers: flagIn(advanced, 'discoverableByEndUsers') ?? false,
    discoverableGroups: listIn(advanced, 'discoverableGroups'),
    enableAuthorization: flagIn(advanced, 'enableAuthorization') ?? false,
    returnAuthenticatedIdpList: flagIn(advanced, 'returnAuthenticatedIdpList') ?? false,
    skipLoginConsent: flagIn(advanced, 'skipLoginConsent') ?? false,
    skipLogoutConsent: flagIn(advanced, 'skipLogoutConsent') ?? false,
    useExternalConsentPage: flagIn(advanced, 'useExternalConsentPage') ?? false,
    certificate: objectIn(advanced, 'certificate'),
    fragment: false,
    enableAPIBasedAuthentication: flagIn(advanced, 'enableAPIBasedAuthentication') ?? false,
    attestationMetaData: present({
      enableClientAttestation: flagIn(attestation, 'enableClientAttestation') ?? false,
      androidPackageName: textIn(attestation, 'androidPackageName') ?? '',
      androidAttestationServiceCredentials: objectIn(attestation, 'androidAttestationServiceCredentials'),
      appleAppId: textIn(attestation, 'appleAppId') ?? '',
    }),
    trustedAppConfiguration: objectIn(advanced, 'trustedAppConfiguration'),
    additionalSpProperties: shownProperties(version, application),
  });
}

/**
 * Properties that the product keeps fields of its own in: the address of the keys, and in 7.0 two more (recorded answers
 * of 6.0 and 7.0; of later releases nothing is known).
 */
function shownProperties(version: Version, { advanced, texts }: ApplicationRecord): JsonObject[] {
  const certificate = objectIn(advanced, 'certificate');
  const property = (name: string, value: string, displayName: string): JsonObject => ({ name, value, displayName });
  const keys = textIn(certificate, 'value') ?? '';
  const [isBusiness, logout] = [flagIn(texts, 'isB2BSelfServiceApp') ?? false, textIn(texts, 'logoutReturnUrl')];

  const reference = textIn(advanced, 'certificateReference');
  const certificates: JsonObject[] = [
    ...(reference === undefined ? [] : [property('CERTIFICATE', reference, 'CERTIFICATE')]),
    ...(textIn(certificate, 'type') === 'JWKS' ? [property('jwksURI', keys, 'jwksURI')] : []),
  ];
  if (isAtLeast(version, '7.1')) return [];
  if (version !== '7.0') return certificates;
  const business = property('isB2BSelfServiceApp', String(isBusiness), 'Is B2B Self Service Application');
  const address = property('logoutReturnUrl', logout ?? '.*', 'Logout Return URL');
  // An update writes the address anew, in front of the others.
  return flagIn(advanced, 'isUpdated') ? [address, ...certificates, business] : [...certificates, business, address];
}

/** What provisioningConfigurations make of the stored ones: inbound merged, the outbound list replaced. */
export function changedProvisioning(
  world: World,
  stored: JsonObject,
  body: JsonObject,
  refused: (description: string) => ApiFailure = unknownTarget,
): JsonObject {
  const inbound = objectIn(body, 'inboundProvisioning');
  const outbound = body.outboundProvisioningIdps;
  for (const target of objectsIn(body, 'outboundProvisioningIdps')) refuseBadTarget(world, target, refused);
  return {
    ...stored,
    ...(inbound ? { inboundProvisioning: { ...objectIn(stored, 'inboundProvisioning'), ...inbound } } : {}),
    ...(outbound === undefined ? {} : { outboundProvisioningIdps: outbound }),
  };
}

/**
 * Up to 6.1 both flags have to be there, and any name will do (recorded answers of 6.0); from 7.0 on the target has to
 * exist.
 */
function refuseBadTarget(world: World, target: JsonObject, refused: (description: string) => ApiFailure): void {
  const idp = textIn(target, 'idp') ?? '';
  if (!isAtLeast(world.version, '7.0')) {
    if (target.blocking === undefined || target.rules === undefined) throw uncaughtException();
    if (idp === '') throw badApplication('A target of outbound provisioning needs an identity provider.');
    return;
  }
  const connector = textIn(target, 'connector') ?? '';
  const provider = world.identityProviders.find('name', idp);
  if (!provider) throw refused(`No identity provider ${idp} is available for outbound provisioning.`);
  if (!provider.connectors.some((known) => known.name === connector)) {
    throw refused(`The identity provider ${idp} has no provisioning connector ${connector}.`);
  }
}

function unknownTarget(description: string): ApiFailure {
  return new ApiFailure(400, 'APP-60514', 'Invalid outbound provisioning.', description);
}

/** provisioningConfigurations of a GET. */
export function shownProvisioning(version: Version, provisioning: JsonObject): JsonObject {
  const inbound = objectIn(provisioning, 'inboundProvisioning');
  return present({
    inboundProvisioning: inbound && shownInbound(version, inbound),
    outboundProvisioningIdps: objectsIn(provisioning, 'outboundProvisioningIdps').map((target) => ({
      idp: textIn(target, 'idp') ?? '',
      connector: textIn(target, 'connector') ?? '',
      blocking: flagIn(target, 'blocking') ?? false,
      rules: flagIn(target, 'rules') ?? false,
      jit: flagIn(target, 'jit') ?? false,
    })),
  });
}

/** The proxy mode hides the user store, and what is neither is not shown (recorded answers of 6.0 and 7.0). */
function shownInbound(version: Version, inbound: JsonObject): JsonObject | undefined {
  if (!isAtLeast(version, '6.0') || isAtLeast(version, '7.1')) {
    return { proxyMode: false, provisioningUserstoreDomain: '', ...inbound };
  }
  if (flagIn(inbound, 'proxyMode')) return { proxyMode: true };
  const provisioningUserstoreDomain = textIn(inbound, 'provisioningUserstoreDomain') ?? '';
  return isBlank(provisioningUserstoreDomain) ? undefined : { provisioningUserstoreDomain };
}
