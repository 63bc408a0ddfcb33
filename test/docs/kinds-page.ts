import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { compareVersions, type DefaultRule, type Kind } from '../../src/model/kind';

const INTRO = `# Kinds

What Liftlock carries, kind by kind, and what it does not. All of this page is made from the tables that the program itself works with.

Field names are those of the server's REST API. A path such as \`steps[2].options[LOCAL/totp]\` is a *keyed path*: an element of a list is named by
what identifies it, see [files.md](files.md#keyed-paths). In the tables \`[]\` stands for every element and \`*\` for every field.

Kinds are read, planned and written in this order, because a kind refers only to kinds before it. What depends on something new is created after it, and deleted before
it.`;

const OUTSIDE = `## Outside of all kinds

| what | what happens |
|---|---|
| users, groups, their roles, sessions, tokens, consents | not read, not written |
| user stores, roles of the organization, API resources, OIDC scopes, governance settings, e-mail templates, branding, organizations | not read, not written; what refers to them needs them to be there |
| roles of the application audience | named by an application (\`associatedRoles\`); one that is missing is created without permissions |`;

/** What no table says: by which signs, besides its name, an artifact is taken for the product's own. */
const SYSTEM_SIGNS: Readonly<Record<string, string>> = {
  application:
    'Besides these, an application that the server shows as read-only, and the one that Liftlock itself signs in with.',
  'local-claim':
    'Every claim that the server marks with the property `isSystemClaim`. A server that marks none is too old to do so: there the claims that the product ships with are known by name.',
  'external-claim':
    "In a built-in dialect, a claim that is one of the dialect's standard attributes and is mapped to a system claim.",
  'claim-dialect': 'Claims of your own in a built-in dialect are carried; the dialect itself is left alone.',
  'identity-provider':
    'It is the organization login of the product. The resident identity provider (`LOCAL`) is in no list.',
};

/** docs/kinds.md for a list of kinds. Pure. */
export function kindsPage(kinds: readonly Kind[]): string {
  const parts = [INTRO, overview(kinds), ...kinds.map(kindPart), OUTSIDE];
  return `${parts.join('\n\n')}\n`;
}

function overview(kinds: readonly Kind[]): string {
  const rows = kinds.map((kind) => [
    `[\`${kind.name}\`](#${anchor(kind.title)})`,
    `\`artifacts/${kind.folder}/\``,
    kind.keyFields.map((field) => `\`${field}\``).join(' and '),
    kind.since ?? 'all',
  ]);
  return table(['kind', 'folder', 'key', 'server version'], rows);
}

function kindPart(kind: Kind): string {
  return [
    `## ${kind.title}`,
    fieldTable(kind),
    references(kind),
    secrets(kind),
    section(
      'Left to the server',
      kind.chosenByServer.map((path) => `- \`${path}\``),
      'When a file says nothing here, each server keeps what it has, or makes its own:',
    ),
    section(
      'Chosen once',
      // A list and its elements are one line.
      kind.immutable
        .filter(({ path }) => !kind.immutable.some((other) => path === `${other.path}[]`))
        .map(({ path, why, only }) => `- \`${path}\`${only ? ', where it would be removed' : ''}: ${plain(why)}`),
      'A difference here is named in the plan under "Not carried" and not written:',
    ),
    versions(kind),
    lists(kind),
    section(
      'Spelled in several ways',
      (kind.spellings ?? []).map(({ path, same }) => `- \`${path}\`: ${same}`),
      'The spelling alone is no difference; what is written has the spelling of the file:',
    ),
    defaults(kind),
    systemArtifacts(kind),
    notCarried(kind),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function fieldTable(kind: Kind): string {
  const schema = z.toJSONSchema(kind.schema, { unrepresentable: 'any' }) as JsonObject;
  const rows = fieldRows(schema, [], requiredOf(schema));
  return `### What is carried\n\n${table(['field', 'holds'], rows)}`;
}

/** One row for a field; a map of maps gets a row for each of them, so that no row is too long to read. */
function fieldRows(schema: JsonObject, path: readonly string[], required: ReadonlySet<string>): string[][] {
  return Object.entries(mapIn(schema, 'properties')).flatMap(([field, inner]): string[][] => {
    const node = isObject(inner) ? inner : {};
    const here = [...path, field];
    const below = Object.entries(mapIn(node, 'properties'));
    const isMapOfMaps = below.length > 0 && below.every(([, child]) => isObject(child) && isCollection(child));
    if (isMapOfMaps && path.length < 2) return fieldRows(node, here, new Set());
    return [[`\`${here.join('.')}\`${required.has(field) ? ' (needed)' : ''}`, holds(node)]];
  });
}

function isCollection(node: JsonObject): boolean {
  return node.properties !== undefined || node.items !== undefined;
}

function holds(node: JsonObject): string {
  const description = typeof node.description === 'string' ? plain(node.description) : '';
  const element = mapIn(node, 'items');
  const fields = Object.keys(mapIn(isObject(node.items) ? element : node, 'properties')).map((name) => `\`${name}\``);
  const what = isObject(node.items) ? (fields.length > 0 ? `list of ${fields.join(', ')}` : 'list') : fields.join(', ');
  const type = typeof node.type === 'string' ? typeName(node.type) : 'value';
  const shape = what === '' ? type : what;
  return description === '' ? shape : `${shape}. ${description}`;
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', object: 'map' };
  return names[type] ?? 'number';
}

function references(kind: Kind): string {
  const rows = kind.references.map(({ path, kind: target, mustExist, except }) => [
    `\`${path}\``,
    `\`${target}\`${except ? `, or ${except.map((value) => `\`${value}\``).join(', ')}` : ''}`,
    mustExist ? 'the plan cannot be applied' : 'the server decides',
  ]);
  return rows.length === 0 ? '' : `### References\n\n${table(['field', 'names', 'when it is missing'], rows)}`;
}

function secrets(kind: Kind): string {
  const items = kind.secrets.map(
    ({ path, names }) =>
      `- \`${path}\`${names ? ', where the property is a known secret or is named like one (secret, password, key, token …)' : ''}`,
  );
  return section('Secrets', items, 'Never a value in a file, report or plan:');
}

function versions(kind: Kind): string {
  const byVersion = new Map<string, string[]>();
  for (const { path, since } of kind.fieldsSince)
    byVersion.set(since, [...(byVersion.get(since) ?? []), `\`${path}\``]);
  const rows = [...byVersion]
    .sort(([left], [right]) => compareVersions(left, right))
    .map(([since, paths]) => [since, paths.join(', ')]);
  if (rows.length === 0) return '';
  const text = 'On an older server these are neither compared nor sent, and the plan names them when a file sets them.';
  return `### Fields by server version\n\n${text}\n\n${table(['from', 'fields'], rows)}`;
}

function lists(kind: Kind): string {
  const rows = kind.lists.map(({ path, identity, ordered }) => [
    `\`${path}\``,
    (identity.length === 0 ? 'its value' : identity.map((field) => `\`${field}\``).join(' / ')) +
      (ordered ? '; order counts' : ''),
  ]);
  if (rows.length === 0) return '';
  const text =
    'Order does not count in these lists unless it says so. In any other list it does, and elements are known by position.';
  return `### How elements of lists are told apart\n\n${text}\n\n${table(['list', 'element is known by'], rows)}`;
}

function defaults(kind: Kind): string {
  const rows = kind.defaults.flatMap((rule) =>
    leaves(rule.values).map(([path, value]) => [
      `\`${[rule.at, path].filter((part) => part !== '').join('.')}\``,
      `\`${JSON.stringify(value)}\``,
      condition(rule),
    ]),
  );
  if (rows.length === 0) return '';
  const text = 'What a file leaves out where the map around it is there. An export leaves out what equals its default.';
  return `### Defaults\n\n${text}\n\n${table(['field', 'default', 'where'], rows)}`;
}

function condition({ when, since, until }: DefaultRule): string {
  return [
    when ? `\`${when.field}\` is \`${JSON.stringify(when.equals)}\`` : '',
    since === undefined ? '' : `from ${since}`,
    until === undefined ? '' : `before ${until}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function leaves(values: JsonObject, at: readonly string[] = []): [string, Json][] {
  return Object.entries(values).flatMap(([field, value]): [string, Json][] => {
    const path = [...at, field];
    return isObject(value) ? leaves(value, path) : [[path.join('.'), value]];
  });
}

function systemArtifacts(kind: Kind): string {
  const keys = kind.systemKeys.map(({ key, since, until }) => `- \`${key}\`${releases(since, until)}`);
  const signs = SYSTEM_SIGNS[kind.name];
  if (keys.length === 0 && signs === undefined) return '';
  const lead =
    "The product's own: not exported, changed or deleted unless `unprotect` in `liftlock.yaml` releases them.";
  return ['### System artifacts', lead, keys.join('\n'), signs ?? ''].filter((part) => part !== '').join('\n\n');
}

function releases(since: string | undefined, until: string | undefined): string {
  const parts = [since === undefined ? '' : `from ${since}`, until === undefined ? '' : `before ${until}`];
  const text = parts.filter((part) => part !== '').join(', ');
  return text === '' ? '' : ` (${text})`;
}

function notCarried(kind: Kind): string {
  const rows = kind.notCarried.map(({ what, why }) => [plain(what), plain(why)]);
  return `### Not carried\n\n${rows.length === 0 ? 'Nothing is left out.' : table(['what', 'why'], rows)}`;
}

function section(title: string, items: readonly string[], lead: string): string {
  return items.length === 0 ? '' : `### ${title}\n\n${lead}\n\n${items.join('\n')}`;
}

function requiredOf(schema: JsonObject): ReadonlySet<string> {
  return new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
}

function mapIn(node: JsonObject, field: string): JsonObject {
  const value = node[field];
  return isObject(value) ? value : {};
}

/** Pointers into the notes of those who wrote a table mean nothing to a reader. */
function plain(text: string): string {
  return text.replaceAll(/ \((?:quirk|reference)[^)]*\)/g, '');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
