import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, objectsIn, present, textIn, textsIn } from '../fields';
import { isAtLeast, type Version } from '../versions';
import { OAUTH, SAML, valueAt, withValue } from './protocol-fields';

const FRONT_CHANNEL: Readonly<Record<string, string>> = {
  FRONTCHANNEL_HTTP_REDIRECT: 'HTTPRedirectBinding',
  FRONTCHANNEL_HTTP_POST: 'HTTPPostBinding',
};
/** What the API shows where nothing is stored. */
const NOTHING: Readonly<Record<string, string>> = { tokenBindingType: 'None' };
/** From 7.1 on every SAML configuration of the sandbox has the default alias; before, one that has it was sent. */
const NOTHING_OF_SAML: Readonly<Record<string, string>> = { certAlias: 'wso2carbon' };
const SERVICE_INDEX = 'attrConsumServiceIndex';

/** An inbound configuration of the file: a key, a type and, for two types, a document. */
function inbound(key: string, type: string, rest: JsonObject = {}): JsonObject {
  return { inboundAuthKey: key, inboundAuthType: type, inboundConfigType: 'standardAPP', properties: [], ...rest };
}

function setting(name: string, value: string): JsonObject {
  return { name, value, options: [], subProperties: [] };
}

/** The properties of a class for a stored configuration; a text without a value is not there. */
function documentOf(places: typeof OAUTH, stored: JsonObject, nothing = NOTHING): JsonObject {
  const entries = places.flatMap(([property, path]): [string, Json][] => {
    const value = valueAt(stored, path);
    const isNothing = value === undefined || value === '' || value === nothing[property];
    // Of the lists only this one has no element around it, and so none that could be empty.
    const isAbsent = property === 'accessTokenClaims' && Array.isArray(value) && value.length === 0;
    return isNothing || isAbsent ? [] : [[property, value]];
  });
  return Object.fromEntries(entries);
}

/** OAuth: the API takes several addresses as one expression, and files say `null` where there is no encryption. */
export function oauthInbound(stored: JsonObject, applicationName: string, withSecrets: boolean): JsonObject {
  const { oauthConsumerSecret, renewRefreshTokenEnabled, ...rest } = documentOf(OAUTH, stored);
  const protocol = present({
    ...rest,
    oauthConsumerSecret: withSecrets ? oauthConsumerSecret : undefined,
    applicationName,
    callbackUrl: textsIn(stored, 'callbackURLs')[0],
    oauthVersion: 'OAuth-2.0',
    grantTypes: textsIn(stored, 'grantTypes').join(' '),
    state: textIn(stored, 'state') ?? 'ACTIVE',
    // Nothing is stored where it is off (measured on 6.x).
    renewRefreshTokenEnabled: renewRefreshTokenEnabled === true ? 'true' : undefined,
    idTokenEncryptionAlgorithm: rest.idTokenEncryptionAlgorithm ?? 'null',
    idTokenEncryptionMethod: rest.idTokenEncryptionMethod ?? 'null',
  });
  return inbound(textIn(stored, 'clientId') ?? '', 'oauth2', { inboundConfigurationProtocol: protocol });
}

export function samlInbound(version: Version, stored: JsonObject): JsonObject {
  const issuer = textIn(stored, 'issuer') ?? '';
  const qualifier = textIn(stored, 'serviceProviderQualifier') ?? '';
  const profile = objectIn(stored, 'singleSignOnProfile');
  const binding = FRONT_CHANNEL[textIn(objectIn(stored, 'singleLogoutProfile'), 'logoutMethod') ?? ''];
  const index = textIn(profile, 'attributeConsumingServiceIndex') ?? '';
  const protocol = present({
    ...documentOf(SAML, stored, isAtLeast(version, '7.1') ? NOTHING_OF_SAML : {}),
    loginPageURL: '',
    attributeConsumingServiceIndex: index,
    doSignAssertions: true,
    doFrontChannelLogout: binding !== undefined,
    frontChannelLogoutBinding: binding,
    requestedClaims: [],
    enableSAML2ArtifactBinding: textsIn(profile, 'bindings').includes('ARTIFACT'),
  });
  return inbound(qualifier === '' ? issuer : `${issuer}:urn:sp:qualifier:${qualifier}`, 'samlsso', {
    inboundConfigurationProtocol: protocol,
    properties: index === '' ? [] : [setting(SERVICE_INDEX, index)],
  });
}

export function passiveStsInbound(stored: JsonObject): JsonObject {
  const properties = [
    ['passiveSTSWReply', textIn(stored, 'replyTo') ?? ''],
    ['passiveSTSWReplyLogout', textIn(stored, 'replyToLogout') ?? ''],
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [setting(name, value)]));
  return inbound(textIn(stored, 'realm') ?? '', 'passivests', { properties });
}

export function wsTrustInbound(stored: JsonObject): JsonObject {
  return inbound(textIn(stored, 'audience') ?? '', 'wstrust');
}

export function customInbound(stored: JsonObject, applicationName: string): JsonObject {
  return {
    ...inbound(applicationName, textIn(stored, 'name') ?? ''),
    inboundConfigType: textIn(stored, 'configName') ?? '',
    properties: objectsIn(stored, 'properties').map((each) =>
      setting(textIn(each, 'key') ?? '', textIn(each, 'value') ?? ''),
    ),
  };
}

/** The body of the API for an inbound configuration of a file; undefined for one that configures nothing. */
export function bodyOfInbound(config: JsonObject): { field: string; body: JsonObject } | undefined {
  const type = (textIn(config, 'inboundAuthType') ?? '').trim();
  const protocol = objectIn(config, 'inboundConfigurationProtocol');
  switch (type) {
    case 'oauth2':
      return protocol && { field: 'oidc', body: oidcBody(config, protocol) };
    case 'samlsso':
      return protocol && { field: 'saml', body: samlBody(config, protocol) };
    case 'passivests':
      return passiveStsBody(config);
    case 'wstrust':
    case 'openid':
    case '':
      return undefined;
    default:
      return { field: 'custom', body: customBody(config, type) };
  }
}

function bodyOf(places: typeof OAUTH, protocol: JsonObject): JsonObject {
  return places.reduce<JsonObject>((body, [property, path]) => {
    const value = protocol[property];
    const isNothing = value === undefined || value === null || value === 'null' || value === '';
    return isNothing ? body : withValue(body, path, value);
  }, {});
}

/** Numbers and flags have a value in Java; of a number that is 0 the server makes the usual one (seen on 6.0 and 6.1). */
const PRIMITIVES: readonly (readonly [path: string, usual: number | boolean])[] = [
  ['pkce.mandatory', false],
  ['pkce.supportPlainTransformAlgorithm', false],
  ['accessToken.userAccessTokenExpiryInSeconds', 3600],
  ['accessToken.applicationAccessTokenExpiryInSeconds', 3600],
  ['refreshToken.expiryInSeconds', 86400],
  ['idToken.expiryInSeconds', 3600],
];

function oidcBody(config: JsonObject, protocol: JsonObject): JsonObject {
  const renew = protocol.renewRefreshTokenEnabled;
  let body = bodyOf(OAUTH, protocol);
  for (const [path, usual] of PRIMITIVES) body = withValue(body, path, valueAt(body, path) || usual);
  const clientId = textIn(body, 'clientId') ?? textIn(config, 'inboundAuthKey');
  const callback = textIn(protocol, 'callbackUrl')?.trim() ?? '';
  const secret = textIn(body, 'clientSecret');
  return present({
    ...withValue(body, 'refreshToken.renewRefreshToken', renew === true || renew === 'true'),
    clientId: isBlank(clientId) ? undefined : clientId,
    clientSecret: secret === undefined || /^\*{4,}$/.test(secret) ? undefined : secret,
    grantTypes: (textIn(protocol, 'grantTypes') ?? '').split(/\s+/).filter((grant) => grant !== ''),
    callbackURLs: callback === '' ? undefined : [callback],
  });
}

/** Flags that the API takes as on where they are absent are said, since an absent element is off. */
const OFF = ['singleLogoutProfile.enabled', 'requestValidation.enableSignatureValidation', 'responseSigning.enabled'];

function samlBody(config: JsonObject, protocol: JsonObject): JsonObject {
  const key = textIn(config, 'inboundAuthKey') ?? '';
  const method = Object.entries(FRONT_CHANNEL).find(([, name]) => name === protocol.frontChannelLogoutBinding)?.[0];
  const consumer = textIn(protocol, 'assertionConsumerUrl');
  let body: JsonObject = { issuer: key, ...bodyOf(SAML, protocol) };
  for (const path of OFF) body = withValue(body, path, valueAt(body, path) ?? false);
  if (body.assertionConsumerUrls === undefined && consumer !== undefined)
    body = { ...body, assertionConsumerUrls: [consumer] };
  if (flagIn(protocol, 'enableSAML2ArtifactBinding') === true)
    body = withValue(body, 'singleSignOnProfile.bindings', ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT']);
  if (flagIn(protocol, 'doFrontChannelLogout') !== true) return body;
  return withValue(body, 'singleLogoutProfile.logoutMethod', method ?? 'FRONTCHANNEL_HTTP_REDIRECT');
}

/** Servers before 6.0 write an entry for every application; without a reply address it has no use. */
function passiveStsBody(config: JsonObject): { field: string; body: JsonObject } | undefined {
  const value = (name: string): string | undefined =>
    textIn(
      objectsIn(config, 'properties').find((each) => each.name === name),
      'value',
    );
  const [replyTo, replyToLogout] = [value('passiveSTSWReply'), value('passiveSTSWReplyLogout')];
  if (isBlank(replyTo)) return undefined;
  return {
    field: 'passiveSts',
    body: present({ realm: textIn(config, 'inboundAuthKey') ?? '', replyTo, replyToLogout }),
  };
}

function customBody(config: JsonObject, name: string): JsonObject {
  return {
    name,
    configName: textIn(config, 'inboundConfigType') ?? 'custom',
    properties: objectsIn(config, 'properties').map((each) =>
      present({ key: textIn(each, 'name') ?? '', value: textIn(each, 'value') }),
    ),
  };
}
