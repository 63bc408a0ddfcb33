import fc from '../fast-check';
import { Document } from 'yaml';
import { canonicalise, minimise } from '../../src/compare/canonical';
import type { Json, JsonObject } from '../../src/model/json';
import { parseLists } from '../../src/model/lists';
import { parameterise } from '../../src/substitution/parameterise';
import { escapeText } from '../../src/substitution/placeholder';
import { renderArtifact } from '../../src/substitution/render';
import { sameValue } from '../../src/substitution/same';
import { yamlText } from '../../src/workspace/yaml-text';
import { scopeWith, shopKind, templateOf } from './shop-kind';

const nasty = fc.oneof(
  fc.constantFrom(
    'no',
    '007',
    '1e3',
    'a: b',
    ' lead',
    'tail ',
    'x #y',
    '{{user.name}}',
    '{{var:x}}',
    '\\{{var:y}}',
    '',
  ),
  fc.constantFrom(
    'line\nmore',
    'line\n\n more\n',
    'a\r\nb',
    '\ttab',
    "it's",
    '"q"',
    '- a',
    '---',
    '\n',
    'é😀',
    '~',
    'true',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const word = fc.constantFrom('a', 'b', 'c', 'd', 'https://x/cb', 'no', '{{user}}');
const optional = { requiredKeys: ['name'] as 'name'[] };
/** Names that files refuse: a trap in JavaScript, and the merge key where it is not quoted. */
const json = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => !/__proto__|"<<"/.test(JSON.stringify(value))) as fc.Arbitrary<Json>;

const good = fc.record(
  {
    id: word,
    price: fc.constantFrom(1, 2, 2.5, 1000000, 1e21),
    tags: fc.uniqueArray(word, { maxLength: 4 }),
    properties: fc.uniqueArray(
      fc.record({ key: fc.constantFrom('k', 'secret1', 'secret2'), value: nasty }, { requiredKeys: ['key', 'value'] }),
      { maxLength: 3, selector: (property) => property.key },
    ),
  },
  { requiredKeys: ['id'] },
);

const shop: fc.Arbitrary<JsonObject> = fc.record(
  {
    name: fc.constant('Shop'),
    note: nasty,
    open: fc.boolean(),
    rank: fc.integer(),
    urls: fc.uniqueArray(word, { maxLength: 4 }),
    stops: fc.array(word, { maxLength: 4 }),
    script: nasty,
    delivery: fc.record(
      { type: fc.constantFrom('POST', 'VAN'), days: fc.constantFrom(3, 4), zone: nasty },
      { requiredKeys: [] },
    ),
    goods: fc.uniqueArray(good, { maxLength: 4, selector: (item) => item.id }),
    labels: fc.dictionary(fc.constantFrom('x', 'y', 'a b', 'no', '1'), json, { maxKeys: 3 }),
  },
  optional,
) as fc.Arbitrary<JsonObject>;

const scope = scopeWith({ cb: 'https://x/cb', list: ['a', 'b'], yes: true, n: 2.5, text: 'no' });
const lists = parseLists(shopKind.lists);
const live = shop.map((value) => canonicalise(shopKind, value, '7.1'));

/** Some texts and lists of a value as placeholders that mean the same. */
function withPlaceholders(value: Json, seed: number): Json {
  if (value === 'https://x/cb') return seed % 2 ? '{{var:cb}}' : 'https://{{var:host}}/cb'.replace('{{var:host}}', 'x');
  if (value === 2.5) return '{{var:n}}';
  if (value === true) return '{{var:yes}}';
  if (value === 'no') return '{{var:text}}';
  if (Array.isArray(value)) {
    const rest = value.filter((item) => item !== 'a' && item !== 'b');
    const hasList =
      value.indexOf('b') === value.indexOf('a') + 1 && value.includes('a') && value.length - rest.length === 2;
    const at = value.indexOf('a');
    const items: Json[] = hasList ? [...value.slice(0, at), '{{var:list}}', ...value.slice(at + 2)] : value;
    return items.map((item) => (item === '{{var:list}}' ? item : withPlaceholders(item, seed + 1)));
  }
  if (value === RAW_SECRET) return '{{secret:any}}';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      field === 'name' ? inner : field === 'id' ? escapeText(String(inner)) : withPlaceholders(inner, seed + 1),
    ]),
  );
}

/** Secrets are compared by name only: their values are taken out on both sides. */
function withoutSecrets(value: JsonObject): JsonObject {
  const copy = structuredClone(value);
  for (const item of (copy.goods ?? []) as JsonObject[]) {
    for (const property of (item.properties ?? []) as JsonObject[]) {
      if (String(property.key).startsWith('secret')) delete property.value;
    }
  }
  return copy;
}

function rendered(text: string): JsonObject {
  const result = renderArtifact(shopKind, templateOf(text), scope);
  expect(result.problems).toEqual([]);
  return canonicalise(shopKind, result.value, '7.1');
}

function expectSame(text: string, value: JsonObject): void {
  const [left, right] = [withoutSecrets(rendered(text)), withoutSecrets(value)];
  if (!sameValue(left, right, [], lists)) expect(left).toEqual(right);
}

test('a new file renders to what the server has', () => {
  fc.assert(
    fc.property(live, (value) => {
      const { text } = parameterise(undefined, minimise(shopKind, value, '7.1'), scope, shopKind);
      expectSame(text, value);
      expect(text.endsWith('\n')).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('an unchanged server leaves the file as it is, to the byte', () => {
  fc.assert(
    fc.property(live, fc.nat(3), (value, seed) => {
      const text = `# mine\n${yamlText(withPlaceholders(withNamedSecrets(value), seed))}`;
      const again = parameterise(templateOf(text), minimise(shopKind, value, '7.1'), scope, shopKind);
      expect(again.text).toBe(text);
      expect(again.problems).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('whatever changed on the server, the file renders to it afterwards, and then stays', () => {
  fc.assert(
    fc.property(live, live, fc.nat(3), (before, after, seed) => {
      const text = `# mine\n${yamlText(withPlaceholders(withNamedSecrets(before), seed))}`;
      const next = minimise(shopKind, after, '7.1');
      const result = parameterise(templateOf(text), next, scope, shopKind);
      expectSame(result.text, after);
      expect(result.text.startsWith('# mine\n')).toBe(true);
      expect(result.problems.filter((problem) => problem.code === 'layout-lost')).toEqual([]);
      expect(parameterise(templateOf(result.text), next, scope, shopKind).text).toBe(result.text);
    }),
    { numRuns: 150 },
  );
});

/** Ways in which people write the same file. */
const layouts: ((value: Json) => string)[] = [
  (value) => new Document(value).toString({ indent: 4, indentSeq: false, lineWidth: 60 }),
  (value) => `${JSON.stringify(value, undefined, 3)}\n`,
  (value) => JSON.stringify(value),
  (value) => new Document(value).toString({ collectionStyle: 'flow' }),
  (value) => yamlText(value).replaceAll('\n', '\r\n'),
  (value) => `---\n${new Document(value).toString({ defaultStringType: 'QUOTE_SINGLE' })}...\n`,
  (value) => new Document(value).toString({ blockQuote: 'folded', lineWidth: 20 }),
];

test('any layout of the file is changed in place', () => {
  fc.assert(
    fc.property(live, live, fc.nat(3), fc.constantFrom(...layouts), (before, after, seed, layout) => {
      const text = `# mine\n${layout(withPlaceholders(withNamedSecrets(before), seed))}`;
      const result = parameterise(templateOf(text), minimise(shopKind, after, '7.1'), scope, shopKind);
      expectSame(result.text, after);
      expect(result.problems.filter((problem) => problem.code === 'layout-lost')).toEqual([]);
      expect(result.text.startsWith('# mine')).toBe(true);
    }),
    { numRuns: 150 },
  );
});

function withNamedSecrets(value: JsonObject): JsonObject {
  const copy = structuredClone(value);
  for (const item of (copy.goods ?? []) as JsonObject[]) {
    for (const property of (item.properties ?? []) as JsonObject[]) {
      if (String(property.key).startsWith('secret')) property.value = RAW_SECRET;
    }
  }
  return copy;
}

const RAW_SECRET = 'secret-placeholder';
