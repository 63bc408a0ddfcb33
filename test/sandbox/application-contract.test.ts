import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { applicationRoutes } from '../../src/sandbox/applications/routes';
import type { Route } from '../../src/sandbox/http/route';
import { Identifiers } from '../../src/sandbox/identifiers';
import type { Shape } from '../../src/sandbox/shapes';
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

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly required?: string[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
}
interface Operation {
  readonly requestBody?: { readonly content?: Record<string, { readonly schema?: Schema }> };
}
interface Contract {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const contracts = new Map<string, Contract>();

function contract(folder: string): Contract {
  const known = contracts.get(folder);
  if (known) return known;
  const text = readFileSync(join(FOLDER, folder, 'application.management.yaml'), 'utf8');
  // The files have damaged descriptions, which only the strict mode refuses.
  const parsed: Contract = parseDocument(text, { strict: false, logLevel: 'silent' }).toJS();
  contracts.set(folder, parsed);
  return parsed;
}

/** `VERB path`, with parameters whatever they are called. */
function nameOf(verb: string, path: string): string {
  const plain = path.replace(/\{[^}]+\}|:\w+/g, '{}').replace(/\/$/, '');
  return `${verb.toUpperCase()} ${plain}`;
}

function documented(folder: string): Map<string, Operation> {
  const named = Object.entries(contract(folder).paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([verb]) => VERBS.has(verb))
      .map(([verb, operation]): [string, Operation] => [nameOf(verb, path), operation]),
  );
  return new Map(named);
}

function served(version: Version): Map<string, Route> {
  const settings = { version, tenant: 'carbon.super', maximumItemsPerPage: 100, hashedSecrets: false };
  const routes = applicationRoutes(new World(settings, new Identifiers(1))).filter((route) => existsIn(version, route));
  return new Map(routes.map((route): [string, Route] => [nameOf(route.verb, route.path), route]));
}

/** Every field of a documented model, at any depth, with its type; required ones with a star. */
function documentedFields(folder: string, schema: Schema, at = ''): string[] {
  if (schema.$ref !== undefined) {
    const target = contract(folder).components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return target ? documentedFields(folder, target, at) : [];
  }
  if (schema.items) return documentedFields(folder, schema.items, `${at}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${at}.${name}`;
    const star = schema.required?.includes(name) ? '*' : '';
    return [`${path}${star}`, ...documentedFields(folder, field, path)];
  });
}

/** The same of a model of the sandbox. */
function knownFields(version: Version, shape: Shape, at = ''): string[] {
  if (shape.kind === 'list') return knownFields(version, shape.items, `${at}[]`);
  if (shape.kind !== 'model') return [];
  return Object.entries(shape.fields)
    .filter(([, field]) => existsIn(version, field))
    .flatMap(([name, field]) => [
      `${at}.${name}${field.required ? '*' : ''}`,
      ...knownFields(version, field, `${at}.${name}`),
    ]);
}

official(present ? 'the application API' : 'the application API (skipped: ../shared/contract is not there)', () => {
  test.each(CONTRACTS)('of %s has exactly the operations of its contract', (version, folder) => {
    const wanted = [...documented(folder).keys()].sort();
    expect(wanted.length).toBeGreaterThan(30);
    expect([...served(version).keys()].sort()).toEqual(wanted);
  });

  test.each(CONTRACTS)('of %s takes exactly the fields of its contract', (version, folder) => {
    const routes = served(version);
    const compared: string[] = [];
    for (const [name, operation] of documented(folder)) {
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      if (!schema) continue;
      const shape = routes.get(name)?.body;
      const taken = shape ? knownFields(version, shape) : [];
      expect([name, taken.sort()]).toEqual([name, documentedFields(folder, schema).sort()]);
      compared.push(name);
    }
    expect(compared.length).toBeGreaterThan(9);
  });
});
