import { isObject, type JsonObject } from '../../src/model/json';
import { compareVersions, type Kind } from '../../src/model/kind';
import { wso2Is } from '../../src/products/wso2-is/product';
import { jsonSchemaOf } from '../../src/workspace/schema-fields';
import { resolved } from './json-schema';
import { ContractSet, isContractThere, type SetName } from './sets';

/*
 * The kinds say since which version a field exists (`fieldsSince`). A field that is said to be there and is not in the
 * official file of that version makes the server refuse the whole artifact; one that is said to come later is lost.
 */

const official = isContractThere ? describe : describe.skip;

const VERSION_OF: Readonly<Record<SetName, string>> = {
  '5.11.0': '5.11',
  '6.1.0': '6.1',
  '7.0.0': '7.0',
  '7.1.0': '7.1',
  newest: '99',
};

/** The request that carries a part of a kind's value. */
interface Carrier {
  readonly kind: string;
  /** The part, by field names; empty for the whole value. */
  readonly part: readonly string[];
  readonly operation: string;
  /** Where the part stands in the body. */
  readonly inBody?: string;
  /** Fields of the part that other requests carry, or that files hold in a form of their own. */
  readonly except?: readonly string[];
}

const protocol = (field: string, path: string): Carrier => ({
  kind: 'application',
  part: ['inboundProtocolConfiguration', field],
  operation: `PUT /applications/{}/inbound-protocols/${path}`,
});

const CARRIERS: readonly Carrier[] = [
  {
    kind: 'application',
    part: [],
    operation: 'POST /applications',
    except: ['inboundProtocolConfiguration', 'authorizedAPIs'],
  },
  protocol('oidc', 'oidc'),
  { ...protocol('saml', 'saml'), inBody: 'manualConfiguration' },
  protocol('passiveSts', 'passive-sts'),
  protocol('wsTrust', 'ws-trust'),
  // A new identity provider is enabled; a PATCH disables it.
  { kind: 'identity-provider', part: [], operation: 'POST /identity-providers', except: ['isEnabled'] },
  { kind: 'claim-dialect', part: [], operation: 'POST /claim-dialects' },
  { kind: 'local-claim', part: [], operation: 'POST /claim-dialects/local/claims' },
  // The dialect stands in the path.
  { kind: 'external-claim', part: [], operation: 'POST /claim-dialects/{}/claims', except: ['claimDialectURI'] },
];

/** The fields of a schema, and those of their values, by dotted path; elements of lists count as their list. */
function fieldPaths(
  document: JsonObject,
  schema: JsonObject,
  prefix = '',
  above: readonly JsonObject[] = [],
): string[] {
  const node = resolved(document, schema);
  if (above.includes(node)) return [];
  const parts = [node.allOf, node.oneOf, node.anyOf, node.items].flat().filter(isObject);
  const inner = parts.flatMap((part) => fieldPaths(document, part, prefix, [...above, node]));
  const own = Object.entries(isObject(node.properties) ? node.properties : {}).flatMap(([field, value]) => {
    const path = prefix === '' ? field : `${prefix}.${field}`;
    return [path, ...(isObject(value) ? fieldPaths(document, value, path, [...above, node]) : [])];
  });
  return [...new Set([...own, ...inner])];
}

function contractFields(set: ContractSet, { operation, inBody }: Carrier): string[] {
  const named = set
    .operations(`/api/server/v1/${operation.split('/')[1] ?? ''}`)
    .find(({ name }) => name.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '') === operation);
  if (!named) throw new Error(`the contract has no ${operation}`);
  const schema = named.request?.contents.get('application/json');
  if (!schema) throw new Error(`${operation} has no body`);
  const fields = fieldPaths(named.document, schema);
  if (inBody === undefined) return fields;
  return fields.filter((path) => path.startsWith(`${inBody}.`)).map((path) => path.slice(inBody.length + 1));
}

/** The fields of a kind's files that a server of the version is said to have, and those that are said to be newer. */
function kindFields({ fieldsSince, schema }: Kind, version: string): { held: string[]; newer: string[] } {
  const root = jsonSchemaOf(schema);
  const newerPaths = fieldsSince
    .filter(({ since }) => compareVersions(version, since) < 0)
    .map(({ path }) => path.replaceAll('[]', ''));
  const isNewer = (path: string): boolean => newerPaths.some((newer) => path === newer || path.startsWith(`${newer}.`));
  const all = fieldPaths(root, root);
  return { held: all.filter((path) => !isNewer(path)), newer: all.filter(isNewer) };
}

function below(paths: readonly string[], { part, except = [] }: Carrier): string[] {
  const prefix = part.map((field) => `${field}.`).join('');
  return paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .filter((path) => !except.some((other) => path === other || path.startsWith(`${other}.`)));
}

official('the fields of the kinds', () => {
  describe.each(Object.entries(VERSION_OF))('in the contract set %s', (name, version) => {
    const set = isContractThere ? new ContractSet(name as SetName) : undefined;
    test.each(CARRIERS.map((carrier) => [`${carrier.kind} ${carrier.part.join('.')}`.trim(), carrier] as const))(
      '%s',
      (_name, carrier) => {
        const kind = wso2Is.kinds.find((each) => each.name === carrier.kind);
        if (!set || !kind) throw new Error('there is nothing to compare');
        const known = new Set(contractFields(set, carrier));
        const { held, newer } = kindFields(kind, version);
        const refused = below(held, carrier).filter((path) => !known.has(path));
        const lost = below(newer, carrier).filter((path) => known.has(path));
        expect({ refused, lost }).toEqual({ refused: [], lost: [] });
      },
    );
  });
});
