import type { JsonObject } from '../../model/json';
import { objectIn, textIn } from '../fields';
import type { World } from '../world';
import { offered, sentProtocols } from '../applications/protocols';
import { valueAt, withValue } from './protocol-fields';
import { inboundConfigs } from './request-body';
import type { ApplicationRecord } from '../applications/record';

/**
 * The protocols of an application after an import: those of the file, and no others (reference §3.4).
 * @param tree the file
 * @param sent what it says, in the fields of the API
 */
export function importedProtocols(
  world: World,
  stored: ApplicationRecord,
  tree: JsonObject,
  sent: JsonObject,
): ApplicationRecord['inbound'] {
  const inbound: Record<string, JsonObject> = {};
  const saml = objectIn(sent, 'saml');
  const bodies = saml ? { ...sent, saml: { manualConfiguration: withIndex(saml, stored) } } : sent;
  for (const { protocol, configuration } of sentProtocols(bodies)) {
    const { body, existing } = onTop(protocol.path, configuration, stored.inbound[protocol.path]);
    inbound[protocol.path] = offered(world, protocol).store(world, body, existing).configuration;
  }
  for (const config of inboundConfigs(tree)) keepNamed(inbound, config);
  const trust = stored.inbound['ws-trust'];
  // A file has no certificate alias: it keeps a configuration of WS-Trust and cannot make one (not established).
  if (trust && inboundConfigs(tree).some((config) => config.inboundAuthType === 'wstrust')) inbound['ws-trust'] = trust;
  return inbound;
}

/** A file can name a protocol and say nothing about it: passive STS without an address, or OpenID, which no release speaks. */
function keepNamed(inbound: Record<string, JsonObject>, config: JsonObject): void {
  const type = textIn(config, 'inboundAuthType');
  if (type === 'passivests') inbound['passive-sts'] ??= { realm: textIn(config, 'inboundAuthKey') ?? '' };
  if (type === 'openid') inbound[type] ??= { name: type, configurationName: type, properties: [] };
}

/** What a protocol is stored from, and the configuration that it continues. */
function onTop(
  path: string,
  body: JsonObject,
  existing: JsonObject | undefined,
): { body: JsonObject; existing: JsonObject | undefined } {
  if (path === 'oidc') return oidcOnTop(body, existing);
  const isOther = path === 'passive-sts' && textIn(body, 'realm') !== textIn(existing, 'realm');
  return { body, existing: isOther ? undefined : existing };
}

/**
 * The deployed secret stays, whatever secret the file has, and so does what a file has no element for. A file without a
 * client id means the deployed client. Another client id makes another client; that this is what a server does is not
 * established (reference §3.4).
 */
function oidcOnTop(
  body: JsonObject,
  existing: JsonObject | undefined,
): { body: JsonObject; existing: JsonObject | undefined } {
  const deployed = textIn(existing, 'clientId');
  if (!existing || deployed === undefined || (textIn(body, 'clientId') ?? deployed) !== deployed)
    return { body, existing: undefined };
  const same = { ...structuredClone(body), clientId: deployed, clientSecret: textIn(existing, 'clientSecret') ?? '' };
  const merged = KEPT.reduce<JsonObject>((result, path) => {
    const old = valueAt(existing, path);
    return old === undefined ? result : withValue(result, path, old);
  }, same);
  return { body: merged, existing };
}

/** What a file has no element for, and leaves as it is. */
const KEPT = ['allowedOrigins', 'accessToken.enableJwtScopeAsArray', 'cibaAuthenticationRequest', 'fapiProfile'];

/** The random index is that of the file, else the deployed one, else a new one (not established). */
function withIndex(saml: JsonObject, stored: ApplicationRecord): JsonObject {
  const profile = objectIn(saml, 'singleSignOnProfile');
  const deployed = objectIn(stored.inbound.saml, 'singleSignOnProfile');
  const index = textIn(profile, FIELD) ?? textIn(deployed, FIELD);
  return index === undefined ? saml : { ...saml, singleSignOnProfile: { ...profile, [FIELD]: index } };
}

const FIELD = 'attributeConsumingServiceIndex';
