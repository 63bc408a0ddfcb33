import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn, without } from '../fields';
import type { World } from '../world';
import { badApplication, unsupportedProperty } from './failures';

/**
 * What advancedConfigurations in POST or PATCH makes of the stored ones: merged field by field; a PEM certificate
 * displaces a JWKS address and the other way around (reference §2.1.5).
 */
export function changedAdvanced(stored: JsonObject, body: JsonObject): JsonObject {
  if ((listIn(body, 'additionalSpProperties') ?? []).length > 0) {
    throw unsupportedProperty('Additional service provider properties cannot be changed here.');
  }
  const changed = { ...stored, ...without(body, 'additionalSpProperties', 'fragment', 'certificate') };
  const sent = objectIn(body, 'certificate');
  if (!sent) return changed;
  const value = textIn(sent, 'value') ?? '';
  if (isBlank(value)) return without(changed, 'certificate');
  return { ...changed, certificate: { type: textIn(sent, 'type') ?? 'PEM', value } };
}

/** advancedConfigurations of a GET, defaults filled in as in reference §2.1.9. */
export function shownAdvanced(advanced: JsonObject): JsonObject {
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
    additionalSpProperties: [],
  });
}

/** What provisioningConfigurations make of the stored ones: inbound merged, the outbound list replaced. */
export function changedProvisioning(world: World, stored: JsonObject, body: JsonObject): JsonObject {
  const inbound = objectIn(body, 'inboundProvisioning');
  const outbound = body.outboundProvisioningIdps;
  const domain = textIn(inbound, 'provisioningUserstoreDomain');
  if (!isBlank(domain) && !world.hasUserStore(domain ?? '')) {
    throw badApplication(`The user store ${domain} is not available in the server.`);
  }
  for (const target of objectsIn(body, 'outboundProvisioningIdps')) refuseUnknownTarget(world, target);
  return {
    ...stored,
    ...(inbound ? { inboundProvisioning: { ...objectIn(stored, 'inboundProvisioning'), ...inbound } } : {}),
    ...(outbound === undefined ? {} : { outboundProvisioningIdps: outbound }),
  };
}

function refuseUnknownTarget(world: World, target: JsonObject): void {
  const idp = textIn(target, 'idp') ?? '';
  const connector = textIn(target, 'connector') ?? '';
  const provider = world.identityProviders.find('name', idp);
  if (!provider) throw badApplication(`No identity provider ${idp} is available for outbound provisioning.`);
  if (!provider.connectors.some((known) => known.name === connector)) {
    throw badApplication(`The identity provider ${idp} has no provisioning connector ${connector}.`);
  }
}

/** provisioningConfigurations of a GET. */
export function shownProvisioning(provisioning: JsonObject): JsonObject {
  const inbound = objectIn(provisioning, 'inboundProvisioning');
  return present({
    inboundProvisioning: inbound && {
      proxyMode: flagIn(inbound, 'proxyMode') ?? false,
      provisioningUserstoreDomain: textIn(inbound, 'provisioningUserstoreDomain') ?? '',
    },
    outboundProvisioningIdps: objectsIn(provisioning, 'outboundProvisioningIdps').map((target) => ({
      idp: textIn(target, 'idp') ?? '',
      connector: textIn(target, 'connector') ?? '',
      blocking: flagIn(target, 'blocking') ?? false,
      rules: flagIn(target, 'rules') ?? false,
      jit: flagIn(target, 'jit') ?? false,
    })),
  });
}
