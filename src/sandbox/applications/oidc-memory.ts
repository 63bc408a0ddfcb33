import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, numberIn, objectIn, present, textIn, textsIn, without } from '../fields';
import { ApiFailure, uncaughtException } from '../failures';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import {
  refuseBadAudience,
  refuseMissingCallback,
  refuseUnknownAlgorithm,
  refuseUnknownBinding,
  refuseUnknownEncryption,
  refuseUnknownGrant,
  refuseUnknownValidator,
} from './oidc-values';

/*
 * OIDC configurations up to 7.0, as OAuthAdminServiceImpl of identity.oauth 6.11.23 changes them (recorded answers of 6.0
 * and 7.0): the product changes the copy that it has in memory field by field, and writes it down at the end. A change
 * that is refused on the way leaves that copy half changed: reads show it, and the next good change writes it down. It is
 * given up when the secret is renewed or revoked.
 */

/** The copy in memory, under a name that no field has. */
const MEMORY = 'inMemory';

/** A copy that was made with the application knows no number of it; what needs one fails (up to 6.1). */
const UNNUMBERED = 'isUnnumbered';

/** What a GET shows: the copy in memory where there is one. */
export function remembered(stored: JsonObject): JsonObject {
  const own = without(stored, MEMORY, UNNUMBERED);
  return { ...own, ...objectIn(stored, MEMORY) };
}

/** What the database has, as it comes to memory again. */
export function reloaded(stored: JsonObject): JsonObject {
  return without(stored, MEMORY, UNNUMBERED);
}

/** Blocks whose numbers and flags the product takes for granted: 500 without them. */
const WHOLE_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  pkce: ['mandatory', 'supportPlainTransformAlgorithm'],
  accessToken: ['userAccessTokenExpiryInSeconds', 'applicationAccessTokenExpiryInSeconds'],
  refreshToken: ['expiryInSeconds'],
};

/** Refuses a block that lacks what ApiModelToOAuthConsumerApp of the REST classes 1.2.6 does not look for. */
export function refuseHalfBlocks(world: World, body: JsonObject): void {
  if (world.isBeingFilled) return;
  for (const [name, fields] of Object.entries(WHOLE_BLOCKS)) {
    const block = objectIn(body, name);
    if (block && fields.some((field) => block[field] === undefined)) throw uncaughtException();
  }
}

/** A new configuration: the type of tokens has a default, what is not sent stays absent. */
export function registeredOidc(world: World, body: JsonObject): JsonObject {
  const draft = changedFields(world, {}, body);
  const accessToken = {
    ...objectIn(draft, 'accessToken'),
    type: textIn(objectIn(body, 'accessToken'), 'type') ?? 'Default',
  };
  return { ...draft, allowedOrigins: listIn(body, 'allowedOrigins') ?? [], accessToken, [UNNUMBERED]: true };
}

/** An existing configuration with what a PUT changes of it, and why the PUT is refused, if it is. */
export function updatedOidc(
  world: World,
  body: JsonObject,
  existing: JsonObject,
  withOrigins: JsonObject,
): { configuration: JsonObject; failure?: Error } {
  const memory: JsonObject = { ...remembered(existing) };
  const database = without(withOrigins, MEMORY);
  const state = without(database, UNNUMBERED);
  try {
    if (
      textsIn(body, 'scopeValidators').length > 0 &&
      flagIn(existing, UNNUMBERED) &&
      !isAtLeast(world.version, '7.0')
    ) {
      changedFields(world, memory, body);
      throw new ApiFailure(500, 'APP-65001', 'Unexpected server error.', 'The configuration could not be stored.');
    }
    const changed = { ...changedFields(world, memory, body), allowedOrigins: withOrigins.allowedOrigins ?? [] };
    return {
      configuration: { ...state, ...changed, ...(existing[UNNUMBERED] === true ? { [UNNUMBERED]: true } : {}) },
    };
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    // These failures, unlike those before, give the origins back.
    const origins = { allowedOrigins: existing.allowedOrigins ?? [] };
    return { configuration: { ...database, ...origins, [MEMORY]: without(memory, 'allowedOrigins') }, failure };
  }
}

/** Changes the draft field by field, in the order of the product, until something is refused; the draft. */
function changedFields(world: World, draft: JsonObject, body: JsonObject): JsonObject {
  const [access, refresh, idToken] = ['accessToken', 'refreshToken', 'idToken'].map((name) => objectIn(body, name));
  refuseMissingCallback(body);
  draft.callbackURLs = textsIn(body, 'callbackURLs').filter((url) => !isBlank(url));
  draft.pkce = { mandatory: false, supportPlainTransformAlgorithm: false, ...objectIn(body, 'pkce') };
  const seconds = (block: JsonObject | undefined, field: string, usual: number): Json =>
    numberIn(block, field) || usual;
  const part = (name: string, fields: JsonObject): void => {
    draft[name] = { ...objectIn(draft, name), ...fields };
  };
  part('accessToken', {
    userAccessTokenExpiryInSeconds: seconds(access, 'userAccessTokenExpiryInSeconds', 3600),
    applicationAccessTokenExpiryInSeconds: seconds(access, 'applicationAccessTokenExpiryInSeconds', 3600),
  });
  part('refreshToken', { expiryInSeconds: seconds(refresh, 'expiryInSeconds', 86400) });
  part('idToken', { expiryInSeconds: seconds(idToken, 'expiryInSeconds', 3600) });
  draft.accessToken = present({ ...without(objectIn(draft, 'accessToken') ?? {}, 'type'), type: access?.type });
  draft.publicClient = flagIn(body, 'publicClient') ?? false;
  if (!world.isBeingFilled) refuseUnknownGrant(world, body);
  draft.grantTypes = listIn(body, 'grantTypes') ?? [];
  refuseBadAudience(textsIn(idToken, 'audience'));
  part('idToken', { audience: listIn(idToken, 'audience') ?? [] });
  if (!world.isBeingFilled) refuseUnknownValidator(body);
  draft.scopeValidators = listIn(body, 'scopeValidators') ?? [];
  draft.validateRequestObjectSignature = flagIn(body, 'validateRequestObjectSignature') ?? false;
  changeEncryption(world, draft, objectIn(idToken, 'encryption'));
  draft.logout = objectIn(body, 'logout') ?? {};
  part('refreshToken', { renewRefreshToken: flagIn(refresh, 'renewRefreshToken') ?? false });
  const bindingType = textIn(access, 'bindingType');
  if (!world.isBeingFilled) refuseUnknownBinding(world.version, bindingType);
  draft.accessToken = present({
    ...without(objectIn(draft, 'accessToken') ?? {}, 'bindingType'),
    // No binding has no name.
    bindingType: bindingType === 'None' ? undefined : bindingType,
    revokeTokensWhenIDPSessionTerminated: flagIn(access, 'revokeTokensWhenIDPSessionTerminated') ?? false,
    validateTokenBinding: flagIn(access, 'validateTokenBinding') ?? false,
  });
  if (isAtLeast(world.version, '7.0')) changeSecurity(world, draft, body);
  return draft;
}

/** Algorithm and method stay as they are while encryption is off. */
function changeEncryption(world: World, draft: JsonObject, sent: JsonObject | undefined): void {
  const idToken = objectIn(draft, 'idToken') ?? {};
  const stored = { algorithm: '', method: '', ...objectIn(idToken, 'encryption') };
  const enabled = flagIn(sent, 'enabled') ?? false;
  const become = (encryption: JsonObject): void => {
    draft.idToken = { ...idToken, encryption };
  };
  become({ ...stored, enabled });
  if (!enabled) return;
  const [algorithm, method] = [textIn(sent, 'algorithm'), textIn(sent, 'method')];
  if (!world.isBeingFilled) refuseUnknownEncryption('algorithm', algorithm);
  become({ ...stored, enabled, algorithm: algorithm ?? '' });
  if (!world.isBeingFilled) refuseUnknownEncryption('method', method);
  become({ enabled, algorithm: algorithm ?? '', method: method ?? '' });
}

/** What came with 7.0; its order among the rest is not established. */
function changeSecurity(world: World, draft: JsonObject, body: JsonObject): void {
  if (!world.isBeingFilled) refuseUnknownAlgorithm(body);
  const signature = textIn(objectIn(body, 'idToken'), 'idTokenSignedResponseAlg');
  draft.idToken = present({
    ...without(objectIn(draft, 'idToken') ?? {}, 'idTokenSignedResponseAlg'),
    idTokenSignedResponseAlg: signature,
  });
  draft.clientAuthentication = objectIn(body, 'clientAuthentication') ?? {};
  const requestObject = objectIn(body, 'requestObject');
  const encryption = { algorithm: '', method: '', ...objectIn(requestObject, 'encryption') };
  draft.requestObject = { ...requestObject, encryption };
  draft.pushAuthorizationRequest = objectIn(body, 'pushAuthorizationRequest') ?? {
    requirePushAuthorizationRequest: false,
  };
  draft.subject = { subjectType: 'public', ...objectIn(body, 'subject') };
  draft.isFAPIApplication = flagIn(body, 'isFAPIApplication') ?? false;
}
