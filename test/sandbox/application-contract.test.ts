import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { applicationRoutes } from '../../src/sandbox/applications/routes';
import { Identifiers } from '../../src/sandbox/identifiers';
import { existsIn, type Version } from '../../src/sandbox/versions';
import { World } from '../../src/sandbox/world';

/* The official OpenAPI files lie beside the repository, not in it. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'contract', 'wso2-is');
const present = existsSync(FOLDER);
const official = present ? describe : describe.skip;

const CONTRACTS: [Version, string][] = [
  ['5.11', 'openapi-5.11.0'],
  ['6.1', 'openapi-6.1.0'],
  ['7.0', 'openapi-7.0.0'],
  ['7.1', 'openapi-7.1.0'],
  ['next', 'openapi'],
];
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Operations on service provider files, which have tests of their own. */
const ON_FILES = /\/(import|export|exportFile)$/;

/** `VERB path`, with parameters whatever they are called. */
function operation(verb: string, path: string): string {
  const plain = path.replace(/\{[^}]+\}|:\w+/g, '{}').replace(/\/$/, '');
  return `${verb.toUpperCase()} ${plain}`;
}

function documented(folder: string): string[] {
  const text = readFileSync(join(FOLDER, folder, 'application.management.yaml'), 'utf8');
  // The files have damaged descriptions, which only the strict mode refuses.
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

function served(version: Version): string[] {
  const settings = { version, tenant: 'carbon.super', maximumItemsPerPage: 100, hashedSecrets: false };
  return applicationRoutes(new World(settings, new Identifiers(1)))
    .filter((route) => existsIn(version, route))
    .map((route) => operation(route.verb, route.path));
}

official(present ? 'the application API' : 'the application API (skipped: ../shared/contract is not there)', () => {
  test.each(CONTRACTS)('of %s has exactly the operations of its contract', (version, folder) => {
    const wanted = documented(folder).filter((each) => !ON_FILES.test(each));
    expect(wanted.length).toBeGreaterThan(30);
    const offered = served(version).filter((each) => !ON_FILES.test(each));
    expect([...new Set(offered)].sort()).toEqual(wanted.sort());
  });
});
