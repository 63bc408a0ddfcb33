import { readFileSync } from 'node:fs';
import path from 'node:path';
import { read, request, type RealServer } from './requests';

/** The names of what a server ships, as a fresh one of that version served them before the first write. */
interface ShippedNames {
  readonly scopes: readonly string[];
  /** The URIs of the claims by the URI of their dialect. */
  readonly dialects: Readonly<Record<string, readonly string[]>>;
}

interface Dialect {
  readonly id: string;
  readonly dialectURI: string;
}

interface Claim {
  readonly id: string;
  readonly claimURI: string;
}

const OIDC_DIALECT = 'http://wso2.org/oidc/claim';

/** How many items of a list are read and deleted at a time. */
const PAGE = 100;

/**
 * Deletes all that a test can make by REST: applications, identity providers, scopes, claims, dialects, user stores.
 * What the server ships stays, and is put back as it was where the server's `fresh` file holds it.
 */
export async function emptyServer(server: RealServer): Promise<void> {
  const shipped = shippedNames(server.version);
  await deleteListed(server, 'applications', 'applications');
  await deleteListed(server, 'identity-providers', 'identityProviders');
  await deleteScopes(server, shipped);
  await deleteClaims(server, shipped);
  await deleteUserStores(server);
  await readScopesFromDatabase(server);
  await restoreShipped(server);
  await restoreConfigs(server);
}

/**
 * Until the first write of a scope a server answers from what it read from its file at its start: in the order of the
 * file, and with claims that do not exist (`sub`). From then on it answers from its database. Tests get the latter.
 */
async function readScopesFromDatabase(server: RealServer): Promise<void> {
  await written(server, 'POST', 'oidc/scopes', { name: 'written', displayName: 'written', claims: [] });
  await isDeleted(server, 'oidc/scopes/written');
}

function shippedNames(version: RealServer['version']): ShippedNames {
  return JSON.parse(readFileSync(path.join(__dirname, `shipped-${version}.json`), 'utf8')) as ShippedNames;
}

/** Deletes until a page holds nothing that is not the server's own (`Console` and the like cannot be deleted). */
async function deleteListed(server: RealServer, resource: string, field: string): Promise<void> {
  for (let offset = 0; ;) {
    const page = (await read(server, `${resource}?limit=${PAGE}&offset=${offset}`)) as Record<string, { id: string }[]>;
    const ids = [...new Set((page[field] ?? []).map(({ id }) => id))];
    if (ids.length === 0) return;
    const kept = [];
    for (const id of ids) if (!(await isDeleted(server, `${resource}/${id}`))) kept.push(id);
    offset += kept.length;
  }
}

async function isDeleted(server: RealServer, where: string): Promise<boolean> {
  const { status, body } = await request(server, 'DELETE', where);
  if (status === 204 || status === 404) return true;
  if (status === 403 || status === 409) return false;
  throw new Error(`DELETE ${where} on ${server.url}: ${status} ${JSON.stringify(body)}`);
}

async function deleteScopes(server: RealServer, { scopes }: ShippedNames): Promise<void> {
  const present = (await read(server, 'oidc/scopes')) as { name: string }[];
  const own = present.filter(({ name }) => !scopes.includes(name));
  for (const { name } of own) await isDeleted(server, `oidc/scopes/${encodeURIComponent(name)}`);
}

/** External claims first: a local claim that one of them is mapped to cannot be deleted. */
async function deleteClaims(server: RealServer, { dialects }: ShippedNames): Promise<void> {
  const present = (await read(server, 'claim-dialects')) as Dialect[];
  const externalFirst = [...present].sort((a, b) => Number(a.id === 'local') - Number(b.id === 'local'));
  for (const { id, dialectURI } of externalFirst) {
    const shipped = dialects[dialectURI];
    const claims = (await read(server, `claim-dialects/${id}/claims`)) as Claim[];
    const own = claims.filter(({ claimURI }) => !shipped?.includes(claimURI));
    for (const claim of own) await isDeleted(server, `claim-dialects/${id}/claims/${claim.id}`);
    if (shipped === undefined) await isDeleted(server, `claim-dialects/${id}`);
  }
}

async function deleteUserStores(server: RealServer): Promise<void> {
  for (const { id } of (await read(server, 'userstores')) as { id: string }[]) {
    await isDeleted(server, `userstores/${id}`);
  }
}

interface Scope {
  readonly name: string;
  readonly claims: readonly string[];
}

/** What the `fresh` file of a server holds: the answers to these lists before the first write. */
export interface FreshAnswers {
  readonly scopes: readonly Scope[];
  readonly dialects: readonly Dialect[];
  /** The claims by the URI of their dialect. */
  readonly claims: Readonly<Record<string, readonly Claim[]>>;
}

/** Puts back shipped scopes and claims that were changed or deleted; does nothing without a `fresh` file. */
async function restoreShipped(server: RealServer): Promise<void> {
  if (server.fresh === undefined) return;
  const fresh = JSON.parse(readFileSync(server.fresh, 'utf8')) as FreshAnswers;
  const present = await freshAnswers(server);
  const localFirst = [...fresh.dialects].sort((a, b) => Number(b.id === 'local') - Number(a.id === 'local'));
  for (const { id, dialectURI } of localFirst) {
    if (!present.dialects.some((dialect) => dialect.dialectURI === dialectURI)) {
      await written(server, 'POST', 'claim-dialects', { dialectURI });
    }
    const where = `claim-dialects/${id}/claims`;
    await restore(server, where, fresh.claims[dialectURI] ?? [], present.claims[dialectURI] ?? [], 'id');
  }
  await restoreScopes(server, fresh, present);
}

/**
 * Scopes get the claims of the `fresh` file in its order, which decides in what order the database has them, but for
 * those that do not exist and so are not in the database (`sub`).
 */
async function restoreScopes(server: RealServer, fresh: FreshAnswers, present: FreshAnswers): Promise<void> {
  const existing = new Set((fresh.claims[OIDC_DIALECT] ?? []).map(({ claimURI }) => claimURI));
  const asStored = (scope: Scope): Scope => ({ ...scope, claims: scope.claims.filter((name) => existing.has(name)) });
  const stored = fresh.scopes.map(asStored);
  // The database has an order of its own: what has the same claims is as it was.
  const found = present.scopes.map((scope) => {
    const known = stored.find(({ name }) => name === scope.name);
    const isSame = known?.claims.length === scope.claims.length && known.claims.every((c) => scope.claims.includes(c));
    return isSame ? { ...scope, claims: known.claims } : scope;
  });
  await restore(server, 'oidc/scopes', stored, found, 'name');
}

async function restore<Item extends object>(
  server: RealServer,
  where: string,
  fresh: readonly Item[],
  present: readonly Item[],
  key: keyof Item & string,
): Promise<void> {
  for (const item of fresh) {
    const found = present.find((candidate) => candidate[key] === item[key]);
    if (JSON.stringify(found) === JSON.stringify(item)) continue;
    const body = { ...item } as Record<string, unknown>;
    const name = String(item[key]);
    for (const readOnly of ['id', 'dialectURI', 'claimDialectURI']) delete body[readOnly];
    if (found === undefined) await written(server, 'POST', where, body);
    if (found && key === 'name') delete body['name'];
    if (found) await written(server, 'PUT', `${where}/${encodeURIComponent(name)}`, body);
  }
}

async function written(
  server: RealServer,
  method: 'POST' | 'PUT' | 'PATCH',
  where: string,
  sent: unknown,
): Promise<void> {
  const { status, body } = await request(server, method, where, sent);
  if (status >= 300) throw new Error(`${method} ${where} on ${server.url}: ${status} ${JSON.stringify(body)}`);
}

/** Asks a server for all that `fresh` holds. */
async function freshAnswers(server: RealServer): Promise<FreshAnswers> {
  const scopes = (await read(server, 'oidc/scopes')) as FreshAnswers['scopes'];
  const dialects = (await read(server, 'claim-dialects')) as Dialect[];
  const claims: Record<string, Claim[]> = {};
  for (const { id, dialectURI } of dialects) {
    claims[dialectURI] = (await read(server, `claim-dialects/${id}/claims`)) as Claim[];
  }
  return { scopes, dialects, claims };
}

const CORS_FLAGS = {
  ...{ allowGenericHttpRequests: true, allowAnyOrigin: false, allowSubdomains: false },
  ...{ supportAnyHeader: true, supportsCredentials: true },
};
const CORS_METHODS = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];

interface Configs {
  readonly homeRealmIdentifiers: readonly unknown[];
  readonly cors: { readonly supportedHeaders: readonly string[]; readonly exposedHeaders: readonly string[] };
}

/** The settings of a fresh server; only that no user store is named for users who come in by SCIM cannot be told again. */
async function restoreConfigs(server: RealServer): Promise<void> {
  const { homeRealmIdentifiers, cors } = (await read(server, 'configs')) as Configs;
  const change = (operation: string, path: string, value?: unknown): object => ({ operation, path, value });
  await written(server, 'PATCH', 'configs', [
    change('REPLACE', '/idleSessionTimeoutPeriod', '15'),
    change('REPLACE', '/rememberMePeriod', '20160'),
    change('REPLACE', '/homeRealmIdentifiers/0', 'localhost'),
    ...homeRealmIdentifiers.slice(1).map(() => change('REMOVE', '/homeRealmIdentifiers/1')),
  ]);
  const [first, ...others] = CORS_METHODS;
  await written(server, 'PATCH', 'configs/cors', [
    ...Object.entries(CORS_FLAGS).map(([name, value]) => change('REPLACE', `/${name}`, String(value))),
    change('REPLACE', '/maxAge', '-1'),
    change('REPLACE', '/supportedMethods', first),
    ...others.map((method) => change('ADD', '/supportedMethods', method)),
    ...(['supportedHeaders', 'exposedHeaders'] as const).flatMap((list) =>
      cors[list].map((header) => change('REMOVE', `/${list}`, header)),
    ),
  ]);
  await written(server, 'PUT', 'configs/provisioning/inbound/scim', {});
}
