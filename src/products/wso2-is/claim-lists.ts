import { isObject, type JsonObject } from '../../model/json';
import { failure } from '../../model/problem';
import type { Listed, Live, Server } from '../product';
import { filledText, objectsOf } from './json-fields';
import { API } from './paths';
import { isDefaultLocalClaim } from './standard-claims';

export const CLAIM_DIALECTS = [...API, 'claim-dialects'] as const;
export const LOCAL_CLAIMS = [...CLAIM_DIALECTS, 'local', 'claims'] as const;

/** Why a claim or dialect of the product is left alone. */
export const BUILT_IN = 'built into the product';

/** All dialects, the local one too; asked for once a run. */
export function loadDialects(server: Server): Promise<readonly JsonObject[]> {
  return server.once('claim-dialects', () => readArray(server, CLAIM_DIALECTS));
}

/** All local claims with everything that they have; asked for once a run. */
export function loadLocalClaims(server: Server): Promise<readonly JsonObject[]> {
  return server.once('local-claims', () => readArray(server, LOCAL_CLAIMS));
}

/** Claims come as a plain array of full objects. No parameter may be sent: even `limit` is refused (quirk 23). */
export async function readArray(server: Server, path: readonly string[]): Promise<readonly JsonObject[]> {
  const { body } = await server.transport.send({ method: 'GET', path });
  if (Array.isArray(body) && body.every(isObject)) return body;
  throw failure('list-malformed', `${server.environment}: the list /${path.join('/')} is not a list of objects.`, {
    environment: server.environment,
    hint: 'Check url and the version of the server.',
  });
}

/** A claim or dialect with all that its listing showed; read by itself only when it comes without (a second look). */
export async function readEntry(
  server: Server,
  { id, value }: Listed,
  path: readonly string[],
): Promise<Live | undefined> {
  if (value) return { id, value };
  const { body, status } = await server.transport.send({ method: 'GET', path: [...path, id], accept: [404] });
  if (status === 404) return undefined;
  if (isObject(body)) return { id, value: body };
  throw failure('answer-malformed', `${server.environment}: the server answered a claim that is not a JSON object.`, {
    environment: server.environment,
  });
}

/** A field that every entry of a list must have; its absence is never read as "no such entry". */
export function required(server: Server, item: JsonObject, field: string): string {
  const value = filledText(item, field);
  if (value !== undefined) return value;
  throw failure('list-malformed', `${server.environment}: an entry of a claim list has no ${field}.`, {
    environment: server.environment,
  });
}

/** True when the claim is marked as the product's own (reference, 2.3.3). */
export function isMarkedAsSystem(claim: JsonObject): boolean {
  return objectsOf(claim.properties).some(
    ({ key, value }) => key === 'isSystemClaim' && String(value).toLowerCase() === 'true',
  );
}

/**
 * Tells which local claims are the product's own. Servers that mark none of their claims are too old to do so: there
 * the names that their release ships with decide.
 */
export function systemClaimTest(claims: readonly JsonObject[], release: string): (claimURI: string) => boolean {
  const marked = claims.filter(isMarkedAsSystem).map((claim) => filledText(claim, 'claimURI'));
  if (marked.length === 0) return (claimURI) => isDefaultLocalClaim(claimURI, release);
  const system = new Set(marked);
  return (claimURI) => system.has(claimURI);
}
