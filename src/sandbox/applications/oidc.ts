import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, numberIn, objectIn, objectsIn, present, textIn, textsIn, without } from '../fields';
import { uncaughtException, UncodedFailure } from '../failures';
import { visibleFields } from '../strict-body';
import { unkeptOrder } from '../unkept-order';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badApplication, clientIdTaken } from './failures';
import { oidcModel } from './models';
import { refuseHalfBlocks, registeredOidc, reloaded, remembered, updatedOidc } from './oidc-memory';
import { refuseMissingCallback, refuseUnknownValues } from './oidc-values';
import { refuseBadExpiry } from './secret-expiry';

/**
 * What an OIDC configuration becomes: a new one may choose its client id and secret, an existing one has to be sent with
 * its own (reference §2.1.5). A refused change can leave something behind, which is then told with the failure.
 */
export function storedOidc(
  world: World,
  body: JsonObject,
  existing: JsonObject | undefined,
): { configuration: JsonObject; failure?: Error } {
  if (!existing) return { configuration: createdOidc(world, body) };
  refuseBadOrigins(body);
  const withOrigins = { ...existing, allowedOrigins: listIn(body, 'allowedOrigins') ?? [] };
  try {
    keptClientId(body, existing);
    keptSecret(body, existing);
    refuseTwoCallbacks(body);
    if (isAtLeast(world.version, '7.1')) return { configuration: replacedOidc(world, body, existing) };
    refuseHalfBlocks(world, body);
  } catch (failure) {
    // Origins are written first, and stay (OAuthInboundFunctions of the REST classes 1.2.6).
    if (failure instanceof Error && !isAtLeast(world.version, '7.1')) return { configuration: withOrigins, failure };
    throw failure;
  }
  return updatedOidc(world, body, existing, withOrigins);
}

/** A PUT hands the list on as it is, and what takes it breaks over none at all (recorded answers of 6.0 and 7.0). */
export function refuseMissingOrigins(world: World, body: JsonObject): void {
  if (body.allowedOrigins === undefined && !world.isBeingFilled) throw uncaughtException();
}

/** A full replacement in which every omitted optional is its default again. */
function replacedOidc(world: World, body: JsonObject, existing: JsonObject): JsonObject {
  refuseUnknownValues(world, body);
  refuseMissingCallback(body);
  return {
    clientId: keptClientId(body, existing),
    clientSecret: keptSecret(body, existing),
    state: textIn(existing, 'state') ?? 'ACTIVE',
    ...withDefaults(body),
    ...expiry(body, existing),
    ...(existing.secrets === undefined ? {} : { secrets: existing.secrets }),
  };
}

function createdOidc(world: World, body: JsonObject): JsonObject {
  refuseBadOrigins(body);
  refuseTwoCallbacks(body);
  const isEarlier = !isAtLeast(world.version, '7.1');
  if (isEarlier) refuseHalfBlocks(world, body);
  refuseMissingCallback(body);
  refuseUnknownValues(world, body);
  const clientId = chosenClientId(world, body);
  const sentSecret = isEarlier && isBlank(textIn(body, 'clientId')) ? undefined : textIn(body, 'clientSecret');
  const clientSecret = isBlank(sentSecret) ? world.identifiers.clientSecret(secretLength(world)) : (sentSecret ?? '');
  const identity = { clientId, clientSecret, state: 'ACTIVE' };
  if (isEarlier) return { ...identity, ...registeredOidc(world, body) };
  return { ...identity, ...withDefaults(body), ...expiry(body, undefined) };
}

/** Characters of a generated secret (recorded answers of 6.0 and 7.0). */
function secretLength({ version }: World): number | undefined {
  if (!isAtLeast(version, '7.0')) return 28;
  return version === '7.0' ? 44 : undefined;
}

function keptClientId(body: JsonObject, existing: JsonObject): string {
  const clientId = textIn(existing, 'clientId') ?? '';
  if (textIn(body, 'clientId') !== clientId) throw badApplication('Invalid ClientID provided for update.');
  return clientId;
}

function keptSecret(body: JsonObject, existing: JsonObject): string {
  const secret = textIn(existing, 'clientSecret') ?? '';
  if (textIn(body, 'clientSecret') !== secret) throw badApplication('Invalid ClientSecret provided for update.');
  return secret;
}

/** When the secret expires: told with a new client only, and kept from then on. */
function expiry(body: JsonObject, existing: JsonObject | undefined): JsonObject {
  const sent = numberIn(body, 'clientSecretExpiresAt');
  const expiresAt = existing ? numberIn(existing, 'clientSecretExpiresAt') : sent;
  if (!existing) refuseBadExpiry(sent ?? 0);
  else if (sent !== undefined && sent !== (expiresAt ?? 0)) {
    throw badApplication('The client secret expiry time cannot be modified with the application update.');
  }
  return present({ clientSecretExpiresAt: expiresAt });
}

function chosenClientId(world: World, body: JsonObject): string {
  const sent = textIn(body, 'clientId');
  const clientId = isBlank(sent) ? world.identifiers.clientId() : (sent ?? '');
  if (world.applications.find('clientId', clientId)) throw clientIdTaken(clientId);
  return clientId;
}

/** 501 without a code of the product's. */
function refuseTwoCallbacks(body: JsonObject): void {
  if (textsIn(body, 'callbackURLs').length > 1) {
    throw new UncodedFailure(501, 'Only one callback URL is supported; use a regexp=(…|…) for several.');
  }
}

function refuseBadOrigins(body: JsonObject): void {
  const badOrigin = textsIn(body, 'allowedOrigins').find((origin) => !isOrigin(origin));
  if (badOrigin !== undefined) throw badApplication(`${badOrigin} is no valid CORS origin.`);
}

/** Scheme, host and port only: no path, not even a slash. */
function isOrigin(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).origin === origin;
}

function withDefaults(body: JsonObject): JsonObject {
  const encryption = objectIn(objectIn(body, 'idToken'), 'encryption');
  const encrypted = flagIn(encryption, 'enabled') ?? false;
  const hybrid = objectIn(body, 'hybridFlow');
  return present({
    grantTypes: listIn(body, 'grantTypes'),
    callbackURLs: textsIn(body, 'callbackURLs').filter((url) => !isBlank(url)),
    allowedOrigins: listIn(body, 'allowedOrigins') ?? [],
    publicClient: flagIn(body, 'publicClient') ?? false,
    pkce: filled(body, 'pkce', { mandatory: false, supportPlainTransformAlgorithm: false }),
    hybridFlow: flagIn(hybrid, 'enable') ? hybrid : { enable: false },
    accessToken: filled(body, 'accessToken', {
      type: 'Default',
      userAccessTokenExpiryInSeconds: 3600,
      applicationAccessTokenExpiryInSeconds: 3600,
      bindingType: 'None',
      revokeTokensWhenIDPSessionTerminated: false,
      validateTokenBinding: false,
      accessTokenAttributes: [],
      enableJwtScopeAsArray: false,
    }),
    refreshToken: filled(body, 'refreshToken', {
      expiryInSeconds: 86400,
      renewRefreshToken: false,
      extendRenewedRefreshTokenExpiryTime: false,
    }),
    subjectToken: filled(body, 'subjectToken', { enable: false, applicationSubjectTokenExpiryInSeconds: 180 }),
    idToken: {
      ...filled(body, 'idToken', { expiryInSeconds: 3600, audience: [] }),
      // Algorithm and method are only stored while encryption is on.
      encryption: {
        enabled: encrypted,
        algorithm: encrypted ? (textIn(encryption, 'algorithm') ?? '') : '',
        method: encrypted ? (textIn(encryption, 'method') ?? '') : '',
      },
    },
    logout: filled(body, 'logout', { backChannelLogoutUrl: '', frontChannelLogoutUrl: '' }),
    validateRequestObjectSignature: flagIn(body, 'validateRequestObjectSignature') ?? false,
    scopeValidators: listIn(body, 'scopeValidators') ?? [],
    clientAuthentication: filled(body, 'clientAuthentication', {
      tokenEndpointAuthMethod: '',
      tokenEndpointAllowReusePvtKeyJwt: false,
      tlsClientAuthSubjectDn: '',
    }),
    requestObject: {
      ...objectIn(body, 'requestObject'),
      encryption: filled(objectIn(body, 'requestObject') ?? {}, 'encryption', { algorithm: '', method: '' }),
    },
    pushAuthorizationRequest: filled(body, 'pushAuthorizationRequest', { requirePushAuthorizationRequest: false }),
    subject: filled(body, 'subject', { subjectType: 'public', sectorIdentifierUri: '' }),
    isFAPIApplication: flagIn(body, 'isFAPIApplication') ?? false,
    // An application that only says that it is one has the profile that there was before there were several.
    fapiProfile: textIn(body, 'fapiProfile') ?? (flagIn(body, 'isFAPIApplication') ? 'FAPI1_ADVANCED' : undefined),
    cibaAuthenticationRequest: objectIn(body, 'cibaAuthenticationRequest'),
    issuer: objectIn(body, 'issuer'),
  });
}

function filled(body: JsonObject, block: string, defaults: Record<string, Json>): JsonObject {
  return { ...defaults, ...objectIn(body, block) };
}

/**
 * The OIDC configuration of a GET: the secret in clear, unless the server keeps only its hash or, from 7.2, the caller
 * may not see it (reference §2.1.6).
 */
export function shownOidc(world: World, record: JsonObject, scopes: ReadonlySet<string>): JsonObject {
  const stored = remembered(record);
  const hidden =
    world.settings.hashedSecrets ||
    (isAtLeast(world.version, '7.2') && !scopes.has('internal_application_mgt_client_secret_view'));
  // The origins come from the CORS service, which has an order of its own.
  const allowedOrigins = unkeptOrder(textsIn(stored, 'allowedOrigins'), world.identifiers.salt, (origin) => origin);
  const shown = { ...(hidden ? without(stored, ...SECRET_FIELDS) : withSecretState(stored)), allowedOrigins };
  return visibleFields(world.version, oidcModel, shown);
}

/** What only those see who may see the secret. */
const SECRET_FIELDS = ['clientSecret', 'clientSecretExpiresAt', 'secrets'];

/** The configuration with a few words about its secrets in place of all of them. */
function withSecretState(stored: JsonObject): JsonObject {
  return {
    ...without(stored, 'secrets'),
    clientSecretExpiresAt: numberIn(stored, 'clientSecretExpiresAt') ?? 0,
    multipleClientSecretsConfigured: objectsIn(stored, 'secrets').length > 1,
  };
}

/** What a request for a new secret answers: the secret is shown this once, even where a GET hides it. */
export function renewedOidc(world: World, stored: JsonObject): JsonObject {
  return visibleFields(world.version, oidcModel, withSecretState(stored));
}

/** The configuration with a new random secret and no other; a revoked application becomes active again. */
export function withNewSecret(world: World, stored: JsonObject): JsonObject {
  return {
    ...without(reloaded(stored), 'secrets', 'clientSecretExpiresAt'),
    clientSecret: world.identifiers.clientSecret(secretLength(world)),
    state: 'ACTIVE',
  };
}
