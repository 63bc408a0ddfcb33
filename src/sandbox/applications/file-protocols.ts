import { isObject, type JsonObject } from '../../model/json';
import { Entry, Ledger } from '../../service-provider-files/translation/ledger';
import { notInFiles } from '../../service-provider-files/translation/not-in-files';
import { setAt } from '../../service-provider-files/translation/pairs';
import { CONFIGS } from '../../service-provider-files/translation/protocols-from-file';
import { objectIn, textIn } from '../fields';
import type { World } from '../world';
import { offered, sentProtocols } from './protocols';
import type { ApplicationRecord } from './record';

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
  const entries = new Entry(tree, new Ledger()).each(CONFIGS);
  const saml = objectIn(sent, 'saml');
  const bodies = saml ? { ...sent, saml: { manualConfiguration: withIndex(saml, entries, stored) } } : sent;
  for (const { protocol, configuration } of sentProtocols(bodies)) {
    const { body, existing } = onTop(protocol.path, configuration, stored.inbound[protocol.path]);
    inbound[protocol.path] = offered(world, protocol).store(world, body, existing).configuration;
  }
  for (const entry of entries) keepEntry(inbound, entry);
  const trust = stored.inbound['ws-trust'];
  // A file has no certificate alias: it keeps a configuration of WS-Trust and cannot make one (not established).
  if (trust && entries.some((entry) => entry.text('inboundAuthType') === 'wstrust')) inbound['ws-trust'] = trust;
  return inbound;
}

/** A file can name a protocol and say nothing about it: passive STS without an address, or OpenID, which no release speaks. */
function keepEntry(inbound: Record<string, JsonObject>, entry: Entry): void {
  const type = entry.text('inboundAuthType');
  if (type === 'passivests') inbound['passive-sts'] ??= { realm: entry.text('inboundAuthKey') ?? '' };
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
  const old = new Entry(existing, new Ledger());
  for (const path of KEPT) setAt(same, path, old.get(path));
  return { body: same, existing };
}

const OIDC = 'inboundProtocolConfiguration.oidc.';
const KEPT = notInFiles('application').flatMap((path) => (path.startsWith(OIDC) ? [path.slice(OIDC.length)] : []));

/** The random index is that of the file, else the deployed one, else a new one (not established). */
function withIndex(saml: JsonObject, entries: readonly Entry[], stored: ApplicationRecord): JsonObject {
  const inner = entries
    .find((entry) => entry.text('inboundAuthType') === 'samlsso')
    ?.at('inboundConfigurationProtocol');
  const deployed = objectIn(stored.inbound.saml, 'singleSignOnProfile');
  const index = inner?.text('attributeConsumingServiceIndex') ?? textIn(deployed, FIELD);
  const profile = isObject(saml.singleSignOnProfile) ? saml.singleSignOnProfile : {};
  return index === undefined ? saml : { ...saml, singleSignOnProfile: { ...profile, [FIELD]: index } };
}

const FIELD = 'attributeConsumingServiceIndex';
