import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, textIn } from '../fields';

/*
 * Where users go that come in by SCIM: into a user store, or in the proxy mode only onwards. It is the inbound provisioning
 * of the resident application under other names (measured on 6.x).
 */

/** GET /configs/provisioning/inbound/scim. */
export function shownScim(resident: JsonObject): JsonObject {
  const inbound = objectIn(resident, 'inboundProvisioning');
  const provisioningUserstore = textIn(inbound, 'provisioningUserstoreDomain');
  const enableProxyMode = flagIn(inbound, 'proxyMode') ?? false;
  return isBlank(provisioningUserstore) || provisioningUserstore === undefined
    ? { enableProxyMode }
    : { provisioningUserstore, enableProxyMode };
}

/** What PUT makes of the resident application: the proxy mode forgets the store, and without it there is always one. */
export function withScim(resident: JsonObject, body: JsonObject): JsonObject {
  const provisioningUserstoreDomain = textIn(body, 'provisioningUserstore') ?? 'PRIMARY';
  const isProxy = flagIn(body, 'enableProxyMode') ?? false;
  const inboundProvisioning: JsonObject = isProxy
    ? { proxyMode: true }
    : { proxyMode: false, provisioningUserstoreDomain };
  return { ...resident, inboundProvisioning };
}
