import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { claimRoutes } from '../../src/sandbox/claims/routes';
import type { Route } from '../../src/sandbox/http/route';
import { Identifiers } from '../../src/sandbox/identifiers';
import { identityProviderRoutes } from '../../src/sandbox/identity-providers/routes';
import { oidcScopeRoutes } from '../../src/sandbox/oidc-scopes/routes';
import { apiResourceRoutes } from '../../src/sandbox/roles/api-resources';
import { userStoreRoutes } from '../../src/sandbox/user-stores/routes';
import { existsIn, type Version } from '../../src/sandbox/versions';
import { World } from '../../src/sandbox/world';

/* The official OpenAPI files lie beside the repository, not in it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'contract', 'wso2-is');
const present = existsSync(FOLDER);
const official = present ? describe : describe.skip;

const VERSIONS: readonly [Version, string][] = [
  ['5.11', 'openapi-5.11.0'],
  ['6.1', 'openapi-6.1.0'],
  ['7.0', 'openapi-7.0.0'],
  ['7.1', 'openapi-7.1.0'],
  ['next', 'openapi'],
];
const NEWEST = VERSIONS.slice(-1);

type Contract = [name: string, file: string, version: Version, folder: string, routes: (world: World) => Route[]];

function contracts(
  name: string,
  file: string,
  routes: (world: World) => Route[],
  versions: readonly [Version, string][],
): Contract[] {
  return versions.map(([version, folder]) => [name, file, version, folder, routes]);
}

/** Only the contracts of identity providers and claims exist for older versions. */
const CONTRACTS: Contract[] = [
  ...contracts('identity provider', 'idp.yaml', identityProviderRoutes, VERSIONS),
  ...contracts('claim', 'claim.management.yaml', claimRoutes, VERSIONS),
  ...contracts('API resource', 'api.resource.yaml', apiResourceRoutes, NEWEST),
  ...contracts('user store', 'userstore.yaml', userStoreRoutes, NEWEST),
  ...contracts('OIDC scope', 'oidc.scope.management.yaml', oidcScopeRoutes, NEWEST),
];
const VERBS = new Set(['get', 'head', 'post', 'put', 'patch', 'delete']);

/** `VERB path`, with parameters whatever they are called. */
function operation(verb: string, path: string): string {
  return `${verb.toUpperCase()} ${path.replace(/\{[^}]+\}|:\w+/g, '{}')}`;
}

function documented(folder: string, file: string): string[] {
  const text = readFileSync(join(FOLDER, folder, file), 'utf8');
  const { paths }: { paths: Record<string, object> } = parseDocument(text, {
    strict: false,
    logLevel: 'silent',
  }).toJS();
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((verb) => VERBS.has(verb))
      .map((verb) => operation(verb, path)),
  );
}

function served(version: Version, routes: (world: World) => Route[]): string[] {
  const settings = { version, tenant: 'carbon.super', maximumItemsPerPage: 100, hashedSecrets: false };
  return routes(new World(settings, new Identifiers(1)))
    .filter((route) => existsIn(version, route))
    .map((route) => operation(route.verb, route.path));
}

official(present ? 'the contracts' : 'the contracts (skipped: ../shared/contract is not there)', () => {
  test.each(CONTRACTS)('the %s API (%s) of %s has exactly the operations of its contract', (...contract) => {
    const [, file, version, folder, routes] = contract;
    expect([...new Set(served(version, routes))].sort()).toEqual(documented(folder, file).sort());
  });
});
