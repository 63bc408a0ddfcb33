import fc from '../fast-check';
import { isObject, type Json } from '../../src/model/json';
import { parseLists } from '../../src/model/lists';
import { parameterise, parameteriseYaml, render, type Values } from '../../src/substitution/library';
import { escapeText, placeholdersOf, placeholderText } from '../../src/substitution/placeholder';
import { sameValue } from '../../src/substitution/same';
import { yamlText } from '../../src/workspace/yaml-text';

const RUNS = { numRuns: 200 };

const values: Values = {
  variables: {
    host: 'portal.example',
    base: 'https://{{var:host}}',
    number: 900,
    one: '1',
    yes: true,
    nothing: null,
    empty: '',
    none: [],
    list: ['a', 'b'],
    map: { x: 1, 'a.b': ['{{var:host}}'] },
    lines: 'first line\nsecond line',
    strange: '\\{{var:host}} \\{{x:y}}',
    word: 'no',
    name: 'alpha',
  },
  secrets: { key: 'geheim-4711' },
};
const names = Object.keys(values.variables ?? {});
const inTexts = ['host', 'base', 'number', 'one', 'yes', 'empty', 'lines', 'strange', 'word', 'name'];

const literal = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'https://',
    '/cb',
    '\n',
    'a',
    'no',
    '007',
    '1e3',
    ': ',
    ' #',
    '{{',
    '}}',
    '{{user.name}}',
    '\\',
  ),
  fc.constantFrom(
    '{{var:host}}',
    '\\{{var:x}}',
    'port=',
    '1',
    '.',
    '-',
    'portal.example',
    'first line\n',
    '"',
    "'",
    'é😀',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const placeholder = fc.constantFrom(...inTexts).map((name) => `{{var:${name}}}`);
const piece = fc.oneof(literal.map(escapeText), placeholder);
/** Pieces that end in a backslash or an open brace mean something else next to others: the parser decides, not the test. */
const templateText = fc
  .array(piece, { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join(''))
  .filter((text) => render(text, values).findings.length === 0);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 5, arbitrary: templateText },
  { weight: 2, arbitrary: fc.constantFrom(...names).map((name): Json => `{{var:${name}}}`) },
  fc.constantFrom<Json>(null, true, false, 0, -1.5, 1e21, 1000000, 900),
);
const key = fc.constantFrom('a', 'a.b', 'x/y', 'l[0]', 'k=v', 'no', '1', 'id', 'a b', '{{var:host}}', '"q"', 'é');
const template: fc.Arbitrary<Json> = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('node'), { maxLength: 5 }),
    fc.dictionary(key, tie('node'), { maxKeys: 5 }),
  ),
})).node;
const root = fc.dictionary(fc.constantFrom('urls', 'goods', 'note', 'script', 'a.b'), template, {
  maxKeys: 5,
}) as fc.Arbitrary<Json>;

/** A live value that was changed a little: at some places, in some way. */
function changed(value: Json, dice: () => number): Json {
  const roll = dice() % 8;
  if (roll === 0) return ['x', 'portal.example', 900, null, true, ['a', 'b', 'c'], { x: 2 }, ''][dice() % 8] ?? null;
  if (typeof value === 'string') return roll < 4 ? value : changedText(value, dice);
  if (Array.isArray(value)) return changedList(value, dice, roll);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([field, inner]): [string, Json][] =>
    dice() % 7 === 0 ? [] : [[field, changed(inner, dice)]],
  );
  if (dice() % 4 === 0) entries.push(['new', 'https://portal.example/{{var:host}}']);
  return Object.fromEntries(entries);
}

function changedText(text: string, dice: () => number): string {
  const start = dice() % (text.length + 1);
  const end = Math.min(text.length, start + (dice() % 4));
  const inserted = ['', 'X', '\n', 'callback', '{{var:host}}', '1', '.evil', ' no'][dice() % 8] ?? '';
  return text.slice(0, start) + inserted + text.slice(end);
}

function changedList(list: readonly Json[], dice: () => number, roll: number): Json[] {
  const items = list.filter(() => dice() % 6 > 0).map((item) => (dice() % 3 === 0 ? changed(item, dice) : item));
  if (roll === 1) items.reverse();
  if (roll === 2) items.splice(dice() % (items.length + 1), 0, 'https://portal.example/new');
  return items;
}

function diceOf(seeds: readonly number[]): () => number {
  let next = 0;
  return () => seeds[next++ % seeds.length] ?? 0;
}

const seeds = fc.array(fc.nat(1000), { minLength: 5, maxLength: 60 });
const lists = [
  { path: 'urls', identity: [] },
  { path: 'goods', identity: ['id'] },
];
/** Both with all order counting, and with lists that are told by identity. */
const rules = fc.constantFrom([], lists);

function liveOf(value: Json): Json {
  const { value: rendered, findings } = render(value, values);
  expect(findings).toEqual([]);
  return rendered;
}

function counts(value: Json): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isObject(node)) Object.values(node).forEach(visit);
    else if (typeof node === 'string') {
      for (const one of placeholdersOf(node)) {
        const text = placeholderText(one);
        found.set(text, (found.get(text) ?? 0) + 1);
      }
    }
  };
  visit(value);
  return found;
}

function expectRendersTo(value: Json, live: Json, by: typeof lists): void {
  const back = liveOf(value);
  if (!sameValue(back, live, [], parseLists(by))) expect(back).toEqual(live);
}

test('what was parameterised renders to the live value, and stays as it is from then on', () => {
  fc.assert(
    fc.property(root, seeds, rules, (committed, dice, by) => {
      const live = changed(liveOf(committed), diceOf(dice));
      const result = parameterise(committed, live, values, by);
      expectRendersTo(result.template, live, by);
      expect(parameterise(result.template, live, values, by)).toEqual({
        template: result.template,
        lost: [],
        findings: [],
      });
    }),
    RUNS,
  );
});

test('a template without a committed one renders to the live value', () => {
  fc.assert(
    fc.property(root, (committed) => {
      const live = liveOf(committed);
      expect(liveOf(parameterise(undefined, live, values).template)).toEqual(live);
    }),
    RUNS,
  );
});

test('an unchanged live value leaves the file as it is, to the byte, without a word', () => {
  fc.assert(
    fc.property(root, rules, (committed, by) => {
      const text = `# mine\n${yamlText(committed)}`;
      expect(parameteriseYaml(text, liveOf(committed), values, by)).toEqual({ template: text, lost: [], findings: [] });
    }),
    RUNS,
  );
});

test('every placeholder that goes is named, and none is named that stays', () => {
  fc.assert(
    fc.property(root, seeds, rules, (committed, dice, by) => {
      const live = changed(liveOf(committed), diceOf(dice));
      const { template: next, lost } = parameterise(committed, live, values, by);
      const [before, after] = [counts(committed), counts(next)];
      for (const [text, count] of before) {
        const named = lost.filter(({ placeholder: name }) => name === text).length;
        expect({ text, gone: count - (after.get(text) ?? 0) }).toEqual({ text, gone: named });
      }
      expect(lost.filter(({ placeholder: name }) => !before.has(name))).toEqual([]);
    }),
    RUNS,
  );
});

test('a file renders to the live value after any change', () => {
  fc.assert(
    fc.property(root, seeds, rules, (committed, dice, by) => {
      const live = changed(liveOf(committed), diceOf(dice));
      const text = `# mine\n${yamlText(committed)}`;
      const result = parameteriseYaml(text, live, values, by);
      const value = parameterise(committed, live, values, by).template;
      expect(result.lost).toEqual(parameterise(committed, live, values, by).lost);
      expect(parameteriseYaml(yamlText(value), live, values, by).lost).toEqual([]);
      expect(parameteriseYaml(result.template, live, values, by).template).toBe(result.template);
    }),
    { numRuns: 150 },
  );
});

describe('with secrets in texts', () => {
  const secretText = fc
    .array(fc.oneof(piece, fc.constant('{{secret:key}}')), { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.join(''))
    .filter((text) => render(text, values).findings.length === 0);
  const withSecrets = fc.record({
    note: secretText,
    urls: fc.array(secretText, { maxLength: 4 }),
    stops: fc.array(secretText, { maxLength: 4 }),
    goods: fc.array(fc.record({ id: fc.constantFrom('a', 'b'), value: secretText }), { maxLength: 4 }),
  }) as fc.Arbitrary<Json>;

  test('no value of a secret is ever written', () => {
    fc.assert(
      fc.property(withSecrets, seeds, rules, (committed, dice, by) => {
        const live = changed(liveOf(committed), diceOf(dice));
        const { template: next } = parameterise(committed, live, values, by);
        expect(JSON.stringify(next)).not.toContain('geheim-4711');
      }),
      RUNS,
    );
  });

  test('an unchanged live value leaves everything as it is, also where the secrets are unknown', () => {
    fc.assert(
      fc.property(withSecrets, rules, (committed, by) => {
        const live = liveOf(committed);
        expect(parameterise(committed, live, values, by)).toEqual({ template: committed, lost: [], findings: [] });
        const { secrets: _unknown, ...others } = values;
        const result = parameterise(committed, live, others, [...by, { path: 'stops', identity: [] }]);
        expect(result.lost).toEqual([]);
      }),
      RUNS,
    );
  });
});
