import type { Json, JsonObject } from '../../model/json';
import { isMask } from '../../model/kind';
import type { Entry } from './ledger';
import { filled, setAt, toRest } from './pairs';
import { FRONT_CHANNEL, OIDC, OIDC_OFF, PASSIVE_STS, SAML, SAML_OFF, SERVICE_INDEX } from './protocol-pairs';

const CONFIGS = 'inboundAuthenticationConfig.inboundAuthenticationRequestConfigs';
const PROTOCOL = 'inboundConfigurationProtocol';

/** The inbound protocols of a service provider (reference, 2.1.2 and 3.5). Custom ones are a list. */
export function protocolsFromFile(root: Entry): JsonObject {
  const protocols: JsonObject = {};
  const custom: Json[] = [];
  for (const entry of root.each(CONFIGS)) {
    const type = entry.text('inboundAuthType')?.trim() ?? '';
    const field = FIELDS[type];
    if (field === undefined) {
      if (type === '' || type === 'openid') entry.leave('', unused(type), true);
      else custom.push(customProtocol(entry, type));
      continue;
    }
    if (protocols[field] !== undefined) {
      entry.leave('', `the API has one ${type} configuration for an application, and the file has several`);
      continue;
    }
    const value = READERS[field]?.(entry);
    if (value) protocols[field] = value;
    entry.leave('inboundConfigType', 'it is the same for all protocols of the product', true);
  }
  return { ...protocols, ...(custom.length > 0 ? { custom } : {}) };
}

const FIELDS: Readonly<Record<string, string>> = {
  oauth2: 'oidc',
  samlsso: 'saml',
  passivests: 'passiveSts',
  wstrust: 'wsTrust',
};

const READERS: Readonly<Record<string, (entry: Entry) => JsonObject | undefined>> = {
  oidc,
  saml,
  passiveSts,
  wsTrust,
};

function unused(type: string): string {
  return type === ''
    ? 'it configures no protocol'
    : 'OpenID 2 is not part of the product any more: the entry has no use';
}

/** `localhost|b` as one expression stays one entry; the normal form of the kind splits a plain alternation. */
function oidc(entry: Entry): JsonObject | undefined {
  const inner = entry.at(PROTOCOL);
  if (!entry.has(PROTOCOL)) return missing(entry, 'the file has no OAuth2 configuration for it');
  const key = entry.text('inboundAuthKey');
  const clientId = inner.text('oauthConsumerKey') ?? key;
  const grants = (inner.text('grantTypes') ?? '').split(/\s+/).filter((grant) => grant !== '');
  const callback = inner.text('callbackUrl')?.trim();
  inner.leave('applicationName', 'it is a copy of the name of the application', true);
  inner.leave('oauthVersion', 'it is always OAuth-2.0', inner.text('oauthVersion') === 'OAuth-2.0');
  inner.leave('additionalOauthConsumerSecrets', 'the API has the latest client secret of an application');
  inner.leave('oauthConsumerSecretExpiryTime', 'each server decides how long its secrets last', true);
  for (const field of KEPT)
    inner.leave(field, 'not every release has it in its files: it stays as it is on the server');
  inner.leave('state', 'the API changes it with an operation of its own', inner.text('state') === 'ACTIVE');
  if (key !== clientId) entry.leave('inboundAuthKey', 'it is not the client id of the configuration');
  const value: JsonObject = {
    ...filled({ clientId, clientSecret: knownSecret(inner) }),
    grantTypes: grants,
    ...filled({ callbackURLs: callback === undefined ? [] : [callback] }),
    ...toRest(OIDC, inner),
  };
  if (!hasAt(value, OIDC_OFF)) setAt(value, OIDC_OFF, false);
  return value;
}

const KEPT = ['fapiProfile', 'jwtScopeAsArrayEnabled'];

/** A mask says that there is a secret, not which. */
function knownSecret(inner: Entry): string | undefined {
  const secret = inner.text('oauthConsumerSecret');
  if (!isMask(secret)) return secret;
  inner.leave('oauthConsumerSecret', 'the file has a mask in its place');
  return undefined;
}

function saml(entry: Entry): JsonObject | undefined {
  const inner = entry.at(PROTOCOL);
  if (!entry.has(PROTOCOL)) return missing(entry, 'the file has no SAML configuration for it, only its issuer');
  const key = entry.text('inboundAuthKey');
  const issuer = inner.text('issuer') ?? key ?? '';
  const value: JsonObject = { issuer, ...toRest(SAML, inner) };
  for (const flag of SAML_OFF) if (!hasAt(value, flag)) setAt(value, flag, false);
  const consumer = inner.text('assertionConsumerUrl');
  if (value.assertionConsumerUrls === undefined && consumer !== undefined) value.assertionConsumerUrls = [consumer];
  const isArtifact = inner.flag('enableSAML2ArtifactBinding') === true;
  if (isArtifact) setAt(value, 'singleSignOnProfile.bindings', ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT']);
  const binding = inner.text('frontChannelLogoutBinding');
  if (inner.flag('doFrontChannelLogout') === true) {
    const method = FRONT_CHANNEL.find(([name]) => name === binding)?.[1] ?? 'FRONTCHANNEL_HTTP_REDIRECT';
    setAt(value, 'singleLogoutProfile.logoutMethod', method);
  }
  inner.leave('attributeConsumingServiceIndex', 'each server makes its own', true);
  for (const property of entry.each('properties')) {
    if (property.text('name') === SERVICE_INDEX) property.leave('', 'each server makes its own', true);
  }
  inner.leave(
    'doSignAssertions',
    'assertions are signed with every SAML configuration of the API',
    inner.flag('doSignAssertions') === true,
  );
  if (key !== undefined && key !== issuer)
    entry.leave('inboundAuthKey', 'it repeats the issuer, with its qualifier', true);
  return value;
}

function hasAt(value: JsonObject, path: string): boolean {
  const [block = '', field = ''] = path.split('.');
  const inner = value[block];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) && inner[field] !== undefined;
}

/** Servers before 6.0 write an entry for every application; without a reply address it has no use (reference, 2.1.2). */
function passiveSts(entry: Entry): JsonObject | undefined {
  const realm = entry.text('inboundAuthKey') ?? '';
  const replyTo = property(entry, PASSIVE_STS.replyTo);
  if (replyTo === undefined) {
    entry.leave('', 'it has no reply address and so no use', true);
    return undefined;
  }
  return { realm, replyTo, ...filled({ replyToLogout: property(entry, PASSIVE_STS.replyToLogout) }) };
}

/** The API wants the certificate of the relying party, which a service provider file does not have. */
function wsTrust(entry: Entry): undefined {
  return missing(entry, 'a file has no certificate alias, without which the API takes no WS-Trust configuration');
}

function property(entry: Entry, name: string): string | undefined {
  return entry
    .each('properties')
    .find((candidate) => candidate.text('name') === name)
    ?.text('value');
}

function customProtocol(entry: Entry, type: string): JsonObject {
  const properties = entry.each('properties').flatMap((item) => {
    const [key, value] = [item.text('name'), item.text('value')];
    return key === undefined ? [] : [{ key, ...(value === undefined ? {} : { value }) }];
  });
  entry.leave('inboundAuthKey', 'the API makes the key of a custom protocol itself');
  return {
    name: type,
    configName: entry.text('inboundConfigType') ?? 'custom',
    ...(properties.length > 0 ? { properties } : {}),
  };
}

function missing(entry: Entry, why: string): undefined {
  entry.leave('', why);
  return undefined;
}
