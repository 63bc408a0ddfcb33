import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, textIn, textsIn } from '../fields';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { badOidc } from './failures';
import { bindingTypes, CONTENT_METHODS, grantNames } from './metadata';

/* Words that an OIDC configuration may not hold: 400 OAUTH-60001, as the product's own tests expect. */

/** Grants that a server can be made to know, beside those that its metadata offers. */
const OPTIONAL_GRANTS = ['kerberos', 'urn:ietf:params:oauth:grant-type:uma-ticket'];

const CLIENT_AUTHENTICATION = new Set([
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
]);

/*
 * Every algorithm that has a registered name (RFC 7518), and the names that Java gives some: which of them a server takes
 * is a matter of its configuration.
 */
const SIGNATURES =
  /^(?:none|(?:HS|RS|PS|ES)(?:256|384|512)|ES256K|EdDSA|SHA(?:1|256|384|512)with(?:RSA|ECDSA|RSAandMGF1))$/;
const KEY_ENCRYPTIONS =
  /^(?:RSA1_5|RSA-OAEP(?:-(?:256|384|512))?|dir|(?:ECDH-ES\+)?A(?:128|192|256)KW|ECDH-ES|A(?:128|192|256)GCMKW)$/;
const CONTENT_ENCRYPTIONS = /^A(?:128|192|256)(?:GCM|CBC[-+]HS(?:256|384|512))$/;

const REDIRECTING_GRANTS = ['authorization_code', 'implicit'];

/** Grants that redirect need an address to go to. */
export function refuseMissingCallback(body: JsonObject): void {
  if (textsIn(body, 'callbackURLs').some((url) => url !== '')) return;
  if (textsIn(body, 'grantTypes').some((grant) => REDIRECTING_GRANTS.includes(grant))) {
    throw badOidc('A callback URL is needed for the authorization code and implicit grants.');
  }
}

/** Refuses grants, audiences, ways of authentication and algorithms that no server knows by itself. */
export function refuseUnknownValues(world: World, body: JsonObject): void {
  if (world.isBeingFilled) return;
  refuseUnknownGrant(world, body);
  if (!isAtLeast(world.version, '7.1')) refuseUnknownValidator(body);
  refuseBadAudience(textsIn(objectIn(body, 'idToken'), 'audience'));
  if (!isAtLeast(world.version, '7.1')) {
    const encryption = objectIn(objectIn(body, 'idToken'), 'encryption');
    if (flagIn(encryption, 'enabled')) {
      refuseUnknownEncryption('algorithm', textIn(encryption, 'algorithm'));
      refuseUnknownEncryption('method', textIn(encryption, 'method'));
    }
    refuseUnknownBinding(world.version, textIn(objectIn(body, 'accessToken'), 'bindingType'));
  }
  if (isAtLeast(world.version, '7.0')) refuseUnknownAlgorithm(body);
}

const VALIDATORS = ['Role based scope validator', 'XACML Scope Validator'];

/** A validator of scopes that the server does not have (`filterScopeValidators` of identity.oauth 6.11.23). */
export function refuseUnknownValidator(body: JsonObject): void {
  const unknown = textsIn(body, 'scopeValidators').find((name) => !VALIDATORS.includes(name));
  if (unknown !== undefined) throw badOidc(`The scope validator ${unknown} is not available in the server.`);
}

const ENCRYPTION = { algorithm: ['RSA-OAEP', 'RSA1_5'], method: CONTENT_METHODS };

/** How ID tokens can be encrypted: what a server has in its configuration, and none at all is not enough. */
export function refuseUnknownEncryption(field: 'algorithm' | 'method', value: string | undefined): void {
  if (value === undefined || !ENCRYPTION[field].includes(value))
    throw badOidc(`${value} is no ${field} for ID tokens.`);
}

/** What access tokens can be bound to (`validateBindingType` of identity.oauth 6.11.23). */
export function refuseUnknownBinding(version: Version, value: string | undefined): void {
  if (value !== undefined && !bindingTypes(version).includes(value)) throw badOidc(`${value} is no binding of tokens.`);
}

/** A server that was copied may have grants that somebody plugged in: those that its applications have. */
export function refuseUnknownGrant(world: World, body: JsonObject): void {
  const known = new Set([...grantNames(), ...OPTIONAL_GRANTS]);
  const unknown = textsIn(body, 'grantTypes').filter((grant) => !known.has(grant));
  if (unknown.length === 0) return;
  const inUse = new Set([...world.applications.all()].flatMap(({ inbound }) => textsIn(inbound.oidc, 'grantTypes')));
  const refused = unknown.find((grant) => !inUse.has(grant));
  if (refused !== undefined) throw badOidc(`The grant type ${refused} is not available in the server.`);
}

export function refuseBadAudience(audience: readonly string[]): void {
  if (audience.some((each) => isBlank(each))) throw badOidc('An audience value cannot be blank.');
  if (new Set(audience).size !== audience.length) throw badOidc('An audience value stands more than once.');
}

export function refuseUnknownAlgorithm(body: JsonObject): void {
  const [idToken, requestObject, authentication] = ['idToken', 'requestObject', 'clientAuthentication'].map((block) =>
    objectIn(body, block),
  );
  refuseUnless((method) => CLIENT_AUTHENTICATION.has(method), textIn(authentication, 'tokenEndpointAuthMethod'));
  for (const value of [
    textIn(idToken, 'idTokenSignedResponseAlg'),
    textIn(requestObject, 'requestObjectSigningAlg'),
    textIn(authentication, 'tokenEndpointAuthSigningAlg'),
  ]) {
    refuseUnless((name) => SIGNATURES.test(name), value);
  }
  for (const encryption of [idToken, requestObject].map((block) => objectIn(block, 'encryption'))) {
    refuseUnless((name) => KEY_ENCRYPTIONS.test(name), textIn(encryption, 'algorithm'));
    refuseUnless((name) => CONTENT_ENCRYPTIONS.test(name), textIn(encryption, 'method'));
  }
}

/** Blank is as good as absent; `null` is how files of older servers write that. */
function refuseUnless(isKnown: (value: string) => boolean, value: string | undefined): void {
  if (value === undefined || isBlank(value) || value === 'null' || isKnown(value)) return;
  throw badOidc(`${value} is not supported by the server.`);
}
