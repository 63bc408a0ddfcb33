import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, numberIn, objectIn, objectsIn, present, textIn, textsIn, without } from '../fields';
import { ApiFailure } from '../failures';
import { visibleFields } from '../strict-body';
import { unkeptOrder } from '../unkept-order';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badApplication, badOidc, clientIdTaken } from './failures';
import { oidcModel } from './models';
import { refuseUnknownValues } from './oidc-values';
import { refuseBadExpiry } from './secret-expiry';

const REDIRECTING_GRANTS = new Set(['authorization_code', 'implicit']);

/**
 * The stored form of an OIDC configuration: a full replacement in which every omitted optional is its default again.
 * An existing one has to be sent with its own client id and secret (reference §2.1.5); a new one may choose both.
 */
export function storedOidc(world: World, body: JsonObject, existing: JsonObject | undefined): JsonObject {
  refuseUnknownValues(world, body);
  refuseBadAddresses(body);
  const clientId = existing ? keptClientId(body, existing) : chosenClientId(world, body);
  return {
    clientId,
    clientSecret: existing
      ? keptSecret(body, existing)
      : (textIn(body, 'clientSecret') ?? world.identifiers.clientSecret()),
    state: existing ? (textIn(existing, 'state') ?? 'ACTIVE') : 'ACTIVE',
    ...withDefaults(body),
    ...expiry(body, existing),
    ...(existing?.secrets === undefined ? {} : { secrets: existing.secrets }),
  };
}

function keptClientId(body: JsonObject, existing: JsonObject): string {
  const clientId = textIn(existing, 'clientId') ?? '';
  if (textIn(body, 'clientId') !== clientId) throw badOidc('Invalid ClientID provided for update.');
  return clientId;
}

function keptSecret(body: JsonObject, existing: JsonObject): string {
  const secret = textIn(existing, 'clientSecret') ?? '';
  if (textIn(body, 'clientSecret') !== secret) throw badOidc('Invalid ClientSecret provided for update.');
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

function refuseBadAddresses(body: JsonObject): void {
  const callbacks = textsIn(body, 'callbackURLs');
  if (callbacks.length > 1) {
    throw new ApiFailure(
      501,
      'APP-65003',
      'Not Implemented.',
      'Only one callback URL is supported; use a regexp=(…|…) for several.',
    );
  }
  if (isBlank(callbacks[0]) && textsIn(body, 'grantTypes').some((grant) => REDIRECTING_GRANTS.has(grant))) {
    throw badOidc('A callback URL is needed for the authorization code and implicit grants.');
  }
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
export function shownOidc(world: World, stored: JsonObject, scopes: ReadonlySet<string>): JsonObject {
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
    ...without(stored, 'secrets', 'clientSecretExpiresAt'),
    clientSecret: world.identifiers.clientSecret(),
    state: 'ACTIVE',
  };
}
