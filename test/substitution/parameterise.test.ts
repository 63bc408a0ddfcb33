import { minimise, canonicalise } from '../../src/compare/canonical';
import type { JsonObject } from '../../src/model/json';
import { parsePath } from '../../src/model/path';
import { parameterise, type ParameteriseOptions } from '../../src/substitution/parameterise';
import type { Scope } from '../../src/substitution/scope';
import { scopeWith, shopKind, templateOf } from './shop-kind';

function exported(
  text: string | undefined,
  live: JsonObject,
  scope: Scope = scopeWith(),
  options: ParameteriseOptions = {},
): { text: string; codes: string[]; places: unknown[]; messages: string[] } {
  const minimal = minimise(shopKind, canonicalise(shopKind, live, '7.1'), '7.1');
  const old = text === undefined ? undefined : templateOf(text);
  const result = parameterise(old, minimal, scope, shopKind, options);
  return {
    text: result.text,
    codes: result.problems.map((problem) => problem.code),
    messages: result.problems.map((problem) => problem.message),
    places: result.problems.map(({ place }) => [place?.line, place?.column]),
  };
}

/** Lines of a text block, without the indentation of this file. */
function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}

describe('a new file', () => {
  test('has the schema line, fields in schema order, sorted unordered lists and no defaults', () => {
    const live = {
      urls: ['https://b', 'https://a'],
      delivery: { days: 3, type: 'POST' },
      open: true,
      note: 'no',
      stops: ['z', 'a'],
      name: 'Shop',
      script: 'if (a) {\n  b();\n}\n',
      labels: { z: 1, a: [true, null, '007'] },
    };
    expect(exported(undefined, live).text).toBe(
      lines(
        '# yaml-language-server: $schema=../../schemas/shop.schema.json',
        'name: Shop',
        'note: "no"',
        'urls:',
        '  - https://a',
        '  - https://b',
        'stops:',
        '  - z',
        '  - a',
        'script: |',
        '  if (a) {',
        '    b();',
        '  }',
        'labels:',
        '  a:',
        '    - true',
        '    - "007"',
        '  z: 1',
      ),
    );
  });

  test('holds placeholders in place of secrets, and pins what each server would make for itself', () => {
    const live = {
      name: 'Travel Portal',
      clientId: 'abc123',
      clientSecret: 'geheim-1',
      goods: [
        {
          id: 'g',
          properties: [
            { key: 'ApiSecret', value: '********' },
            { key: 'plain', value: 'x' },
          ],
        },
      ],
    };
    const { text } = exported(undefined, live);
    expect(text).not.toMatch(/geheim|\*\*\*/);
    expect(text).toContain('clientId: abc123');
    expect(text).toContain('clientSecret: "{{secret:travel-portal-clientSecret}}"');
    expect(text).toContain('value: "{{secret:travel-portal-ApiSecret}}"');
    expect(text).toContain('value: x');
  });

  test('treats paths that the server declares confidential as secrets', () => {
    const options = { confidential: ['goods[g].properties[token].value'] };
    const live = { name: 'S', goods: [{ id: 'g', properties: [{ key: 'token', value: 'geheim' }] }] };
    expect(exported(undefined, live, scopeWith(), options).text).toContain('value: "{{secret:s-token}}"');
  });

  test.each([
    ['Café №1', /\{\{secret:caf-1-clientSecret-[0-9a-f]{6}\}\}/],
    ['a/b', /\{\{secret:a-b-clientSecret-[0-9a-f]{6}\}\}/],
    ['日本', /\{\{secret:shop-clientSecret-[0-9a-f]{6}\}\}/],
    ['a-b', /\{\{secret:a-b-clientSecret\}\}/],
  ])('names the secret of %s without colliding', (name, expected) => {
    expect(exported(undefined, { name, clientSecret: 'x' }).text).toMatch(expected);
  });

  test('never gives two secrets one name', () => {
    const live = {
      name: 'S',
      goods: ['a', 'b'].map((id) => ({ id, properties: [{ key: 'Secret', value: 'x' }] })),
      clientSecret: 'y',
    };
    const { text } = exported(undefined, live, scopeWith(), { takenSecretNames: new Set(['S_CLIENTSECRET']) });
    const names = [...text.matchAll(/\{\{secret:([^}]+)\}\}/g)].map(([, name]) => name);
    expect(names).toHaveLength(3);
    expect(new Set(names).size).toBe(3);
    expect(names).not.toContain('s-clientSecret');
  });

  test('escapes a live text that looks like a placeholder', () => {
    expect(exported(undefined, { name: 'S', note: '{{var:x}} {{user.name}}' }).text).toContain(
      'note: \\{{var:x}} {{user.name}}\n',
    );
  });

  test.each(['a\r\nb\r\n', 'a\n\n\nb\n\n', '  lead\nx', 'x\n ', '\n\n', 'a\tb\n\tc', '\u2028x', 'a\\\nb', ' \n'])(
    'holds %j exactly',
    (note) => {
      const { text } = exported(undefined, { name: 'S', note });
      expect(templateOf(text).value.note).toBe(note);
    },
  );
});

describe('an unchanged server leaves the file as it is', () => {
  const variables = {
    urls: ['https://a', 'https://b'],
    host: 'shop.example.com',
    open: false,
    days: 5,
    delivery: { type: 'VAN', days: 5 },
  };
  const live = {
    name: 'Shop',
    open: false,
    urls: ['https://b', 'https://a'],
    delivery: { type: 'VAN', days: 5 },
    goods: [{ id: 'g', tags: ['https://shop.example.com/cb', 'other'] }],
  };
  test.each([
    ['a list as one placeholder, in another order on the server', 'urls: "{{var:urls}}"'],
    ['a list with a spliced placeholder', 'urls: ["{{var:urls}}"]'],
    ['a list written by hand', "urls: ['https://a',   https://b] # ours"],
  ])('%s', (_, urls) => {
    const text = lines(
      '# head',
      'name:   Shop',
      "open: '{{var:open}}'   # why",
      urls,
      'delivery: &d {type: VAN, days: "{{var:days}}"}',
      'goods:',
      '    # first',
      '    - id: g',
      '      price: 1 # the default, written out',
      '      tags:',
      '      - other',
      "      - 'https://{{var:host}}/cb' # partial",
      '# tail',
    );
    expect(exported(text, live, scopeWith(variables))).toMatchObject({ text, codes: [] });
  });

  test('a map as one placeholder', () => {
    const text = lines(
      'name: Shop',
      'open: false',
      'delivery: "{{var:delivery}}"',
      'urls: "{{var:urls}}"',
      'goods:',
      '- {id: g, tags: [other, "https://{{var:host}}/cb"]}',
    );
    expect(exported(text, live, scopeWith(variables))).toMatchObject({ text, codes: [] });
  });

  test('aliases and anchors', () => {
    const text = lines('name: Shop', 'urls: &u [x, y]', 'goods:', '  - id: g', '    tags: *u');
    const value = { name: 'Shop', urls: ['y', 'x'], goods: [{ id: 'g', tags: ['x', 'y'] }] };
    expect(exported(text, value)).toMatchObject({ text, codes: [] });
  });

  test('a file with Windows line ends, without a final line end, or of JSON', () => {
    for (const text of ['name: S\r\nnote: x\r\n', 'name: S\nnote: x', '{"name": "S", "note": "x"}']) {
      expect(exported(text, { name: 'S', note: 'x' })).toMatchObject({ text, codes: [] });
    }
  });

  test('a file without the fields that each server chooses', () => {
    const text = lines('name: S');
    expect(exported(text, { name: 'S', clientId: 'made', clientSecret: 'made too' })).toMatchObject({
      text,
      codes: [],
    });
  });

  test('secrets, whether the server shows, masks or hides them, known here or not', () => {
    const text = lines(
      'name: S',
      'clientSecret: "{{secret:s}}"',
      'goods:',
      '  - id: g',
      '    properties:',
      '      - key: MySecret',
      '        value: "{{var:old}}{{secret:t}}"',
    );
    const goods = (value: object): JsonObject[] => [{ id: 'g', properties: [{ key: 'MySecret', ...value }] }];
    const scopes = [
      scopeWith({ old: 'x' }),
      scopeWith(
        { old: 'x' },
        {
          secrets: new Map([
            ['s', 'known'],
            ['t', 'known'],
          ]),
        },
      ),
    ];
    for (const scope of scopes) {
      for (const value of [{ value: 'other' }, { value: '********' }, {}]) {
        const result = exported(text, { name: 'S', clientSecret: 'rotated', goods: goods(value) }, scope);
        expect(result).toMatchObject({ text, codes: [] });
      }
      expect(exported(text, { name: 'S', goods: goods({}) }, scope)).toMatchObject({ text, codes: [] });
    }
  });

  test('a value that an override sets in this environment', () => {
    const text = lines('name: S', 'note: base', 'goods:', '  - id: g', '    price: 2');
    const overrides = { 'shop/*': { note: 'mine', 'goods[g].price': 7, rank: 4 } };
    const value = { name: 'S', note: 'mine', rank: 4, goods: [{ id: 'g', price: 7 }] };
    expect(exported(text, value, scopeWith({}, { overrides }))).toMatchObject({ text, codes: [] });
  });
});

describe('a changed server', () => {
  const file = [
    '# about the shop',
    'name: Shop',
    '',
    '# what it is for',
    'note: "{{var:note}}" # per environment',
    'urls:',
    '  # main',
    '  - "https://{{var:host}}/cb"',
    '  - https://old/cb # old one',
    '  - https://c/cb',
    'goods:',
    '  - id: a',
    '    price: 2',
    '  # second',
    '  - id: b # b',
    '    tags: [x, "y"] # tags',
  ];
  const scope = scopeWith({ note: 'hello', host: 'h' });
  const live: JsonObject = {
    name: 'Shop',
    note: 'hello',
    urls: ['https://h/cb', 'https://old/cb', 'https://c/cb'],
    goods: [
      { id: 'a', price: 2 },
      { id: 'b', tags: ['x', 'y'] },
    ],
  };
  const edit = (changes: Record<number, string | undefined>, inserted: Record<number, string[]> = {}): string =>
    lines(
      ...file.flatMap((line, index) => [
        ...(index in changes ? (changes[index] === undefined ? [] : [changes[index]]) : [line]),
        ...(inserted[index] ?? []),
      ]),
    );

  test('nothing', () => expect(exported(lines(...file), live, scope).text).toBe(lines(...file)));

  test('a value behind a placeholder is written in its place, with a warning that names it', () => {
    const result = exported(lines(...file), { ...live, note: 'bye' }, scope);
    expect(result.text).toBe(edit({ 4: 'note: bye # per environment' }));
    expect(result).toMatchObject({ codes: ['placeholder-replaced'], places: [[5, 7]] });
    expect(result.messages[0]).toContain('{{var:note}}');
  });

  test('an element goes, another comes: placeholders and comments of the others stay', () => {
    const urls = ['https://z/cb', 'https://c/cb', 'https://a/cb', 'https://h/cb'];
    const result = exported(lines(...file), { ...live, urls }, scope);
    expect(result.text).toBe(edit({ 8: undefined }, { 9: ['  - https://a/cb', '  - https://z/cb'] }));
    expect(result.codes).toEqual([]);
  });

  test('a templated element that is gone is reported', () => {
    const result = exported(
      lines(...file),
      { ...live, urls: ['https://old/cb', 'https://c/cb', 'https://new/cb'] },
      scope,
    );
    expect(result.text).toBe(edit({ 6: undefined, 7: undefined }, { 9: ['  - https://new/cb'] }));
    expect(result).toMatchObject({ codes: ['placeholder-replaced'], places: [[8, 5]] });
  });

  test('a new field comes at its place in the schema', () => {
    const script = 'a();\nb();';
    const result = exported(lines(...file), { ...live, rank: 3, script, delivery: { type: 'VAN' } }, scope);
    expect(result.text).toBe(
      edit({}, { 4: ['rank: 3'], 9: ['script: |-', '  a();', '  b();', 'delivery:', '  type: VAN'] }),
    );
  });

  test('inside of elements: fields added, changed and removed; flow lists', () => {
    const goods: JsonObject[] = [
      { id: 'a', tags: ['m'] },
      { id: 'b', price: 9, tags: ['y', 'z'] },
    ];
    const result = exported(lines(...file), { ...live, goods }, scope);
    expect(result.text).toBe(
      edit({ 12: '    price: 1', 15: '    price: 9\n    tags: ["y", z] # tags' }, { 12: ['    tags:', '      - m'] }),
    );
  });

  test('an element that is gone takes its comments along; the last one takes the field along', () => {
    const one = exported(lines(...file), { ...live, goods: [{ id: 'a', price: 2 }] }, scope);
    expect(one.text).toBe(edit({ 13: undefined, 14: undefined, 15: undefined }));
    const { goods: _goods, ...none } = live;
    expect(exported(lines(...file), none, scope).text).toBe(lines(...file.slice(0, 10)));
  });

  test('a scalar becomes a block, a block becomes a scalar', () => {
    const text = lines('name: S', 'note: |- # why', '  one', '  two', 'script: x # s', 'rank: 2');
    const result = exported(text, { name: 'S', note: 'one', script: 'p\nq\n', rank: 2 });
    expect(result.text).toBe(lines('name: S', 'note: one # why', 'script: | # s', '  p', '  q', 'rank: 2'));
  });

  test('a shared anchor is written out where only one of its users changes', () => {
    const text = lines('name: S', 'urls: &u', '  - x # ex', '  - y', 'goods:', '  - id: g', '    tags: *u');
    const result = exported(text, { name: 'S', urls: ['x', 'y'], goods: [{ id: 'g', tags: ['x'] }] });
    expect(result.text).toBe(
      lines('name: S', 'urls: &u', '  - x # ex', '  - y', 'goods:', '  - id: g', '    tags:', '      - x'),
    );
    const other = exported(text, { name: 'S', urls: ['x'], goods: [{ id: 'g', tags: ['x', 'y'] }] });
    expect(templateOf(other.text).value).toEqual({ name: 'S', urls: ['x'], goods: [{ id: 'g', tags: ['x', 'y'] }] });
    expect(other.text).toContain('# ex');
  });

  test('an ordered list follows the server; placeholders that still fit stay', () => {
    const text = lines('name: S', 'stops:', '  - "{{var:a}}" # a', '  - b', '  - "{{var:cd}}"', '  - e');
    const variables = { a: 'A', cd: ['c', 'd'] };
    const next = exported(text, { name: 'S', stops: ['new', 'A', 'c', 'd', 'e'] }, scopeWith(variables));
    expect(next.text).toBe(lines('name: S', 'stops:', '  - new', '  - "{{var:a}}" # a', '  - "{{var:cd}}"', '  - e'));
    const split = exported(text, { name: 'S', stops: ['A', 'b', 'd', 'c', 'e'] }, scopeWith(variables));
    expect(split.text).toBe(lines('name: S', 'stops:', '  - "{{var:a}}" # a', '  - b', '  - d', '  - c', '  - e'));
    expect(split.codes).toEqual(['placeholder-replaced']);
  });

  test('a whole-list placeholder is replaced when the list differs', () => {
    const text = lines('name: S', '# where', 'urls: "{{var:urls}}" # u', 'note: x');
    const result = exported(text, { name: 'S', urls: ['b', 'c'], note: 'x' }, scopeWith({ urls: ['a', 'b'] }));
    expect(result.text).toBe(lines('name: S', '# where', 'urls: # u', '  - b', '  - c', 'note: x'));
    expect(result).toMatchObject({ codes: ['placeholder-replaced'], places: [[3, 7]] });
  });

  test('a default on the server is written where the file said something else', () => {
    const text = lines('name: S', 'open: "{{var:open}}"');
    const result = exported(text, { name: 'S', open: true }, scopeWith({ open: false }));
    expect(result.text).toBe(lines('name: S', 'open: true'));
    const other = exported(lines('name: S', 'delivery: { type: VAN, days: 9 }'), { name: 'S' });
    expect(other.text).toBe(lines('name: S', 'delivery: { type: POST, days: 3 }'));
  });

  test('defaults that depend on a changed field', () => {
    const text = lines('name: S', 'delivery:', '  zone: z');
    const result = exported(text, { name: 'S', delivery: { type: 'VAN', days: 3, zone: 'z' } });
    expect(result.text).toBe(lines('name: S', 'delivery:', '  type: VAN', '  days: 3', '  zone: z'));
  });

  test('a secret in clear is replaced by a placeholder, with a warning', () => {
    const result = exported(lines('name: S', 'clientSecret: geheim # !'), { name: 'S', clientSecret: 'geheim' });
    expect(result.text).toBe(lines('name: S', 'clientSecret: "{{secret:s-clientSecret}}" # !'));
    expect(result.codes).toEqual(['secret-in-file']);
    expect(result.messages.join()).not.toContain('geheim');
  });

  test('a secret inside of an ordinary text never lands in the file', () => {
    const text = lines('name: S', 'script: "key={{secret:api}}; a"');
    const secrets = new Map([['api', 'geheim-42']]);
    const known = exported(text, { name: 'S', script: 'key=geheim-42; b' }, scopeWith({}, { secrets }));
    expect(known.text).toBe(lines('name: S', 'script: key={{secret:api}}; b'));
    const rotated = exported(text, { name: 'S', script: 'key=neu-43; b' }, scopeWith({}, { secrets }));
    expect(rotated).toMatchObject({ text, codes: ['secret-not-compared'] });
    const unknown = exported(text, { name: 'S', script: 'key=geheim-42; b' });
    expect(unknown).toMatchObject({ text, codes: ['secret-not-compared'] });
  });

  test('a new element with a secret gets a placeholder', () => {
    const text = lines('name: S', 'goods:', '  - id: a');
    const goods: JsonObject[] = [{ id: 'a' }, { id: 'n', properties: [{ key: 'Secret', value: 'geheim' }] }];
    const result = exported(text, { name: 'S', goods });
    expect(result.text).toContain('value: "{{secret:s-Secret}}"');
  });

  test('what an override sets is not written into the shared file', () => {
    const text = lines('name: S', 'note: base');
    const overrides = { 'shop/S': { note: 'mine' } };
    const result = exported(text, { name: 'S', note: 'changed' }, scopeWith({}, { overrides }));
    expect(result).toMatchObject({ text, codes: ['override-differs'] });
  });

  test('what "ignore" names stays as the file has it', () => {
    const text = lines('name: S', 'note: base');
    const options = { ignored: [parsePath('note'), parsePath('rank'), parsePath('goods[].price')] };
    const result = exported(text, { name: 'S', note: 'changed', rank: 3, goods: [] }, scopeWith(), options);
    expect(result).toMatchObject({ text, codes: [] });
  });
});

test('an unset variable is an error with its place, and the text is the old one', () => {
  const text = lines('name: S', 'note: "{{var:nope}}"');
  const result = exported(text, { name: 'S', note: 'x' }, scopeWith({ note: 'x' }));
  expect(result).toMatchObject({ text, codes: ['unset-variable'], places: [[2, 7]] });
});

describe('elements with one identity', () => {
  const file = (x: string, y: string): string =>
    lines(
      'name: S',
      'goods:',
      '  - id: a',
      '    tags: [x]',
      `    properties: [{ key: MySecret, value: "${x}" }]`,
      '  - id: a',
      '    tags: [z]',
      `    properties: [{ key: MySecret, value: "${y}" }]`,
    );
  const good = (tag: string, value: string): JsonObject => ({
    id: 'a',
    tags: [tag],
    properties: [{ key: 'MySecret', value }],
  });

  test.each([
    ['masked', [good('x', '********'), good('z', '********')]],
    ['masked, in another order', [good('z', '********'), good('x', '********')]],
    ['shown', [good('x', 'q'), good('z', 'p')]],
  ])('keep their own secrets when these are %s', (_, goods) => {
    const text = file('{{secret:zeta}}', '{{secret:alpha}}');
    expect(exported(text, { name: 'S', goods })).toMatchObject({ text, codes: [] });
  });

  test('get a placeholder each in a new file', () => {
    const { text } = exported(undefined, { name: 'S', goods: [good('x', 'q-shown'), good('z', 'p-shown')] });
    expect(text).not.toContain('shown');
    expect(new Set(text.match(/\{\{secret:[^}]+\}\}/g)).size).toBe(2);
  });

  test('keep texts with secrets in them, known here or not', () => {
    const text = lines(
      'name: S',
      'goods:',
      '  - id: a',
      '    tags: [x]',
      '    properties: [{ key: k, value: "1{{secret:zeta}}" }]',
      '  - id: a',
      '    tags: [z]',
      '    properties: [{ key: k, value: "0{{secret:alpha}}" }]',
    );
    const value = (tag: string, own: string): JsonObject => ({
      id: 'a',
      tags: [tag],
      properties: [{ key: 'k', value: own }],
    });
    const goods = [value('x', '1geheim-z'), value('z', '0geheim-a')];
    const secrets = new Map([
      ['zeta', 'geheim-z'],
      ['alpha', 'geheim-a'],
    ]);
    expect(exported(text, { name: 'S', goods }, scopeWith({}, { secrets }))).toMatchObject({ text, codes: [] });
    expect(exported(text, { name: 'S', goods }).text).toBe(text);
  });

  test('keep what "ignore" names, each its own', () => {
    const text = lines('name: S', 'goods:', '  - { id: a, price: 5, tags: [x] }', '  - { id: a, price: 4, tags: [z] }');
    const goods = [
      { id: 'a', price: 8, tags: ['x'] },
      { id: 'a', price: 9, tags: ['z'] },
    ];
    const options = { ignored: [parsePath('goods[].price')] };
    expect(exported(text, { name: 'S', goods }, scopeWith(), options)).toMatchObject({ text, codes: [] });
  });
});

test('an ignored field of a map that is gone stays, one of an element that is gone goes', () => {
  const text = lines('name: S', 'delivery:', '  type: VAN', '  zone: north', 'goods:', '  - { id: a, price: 5 }');
  const options = { ignored: [parsePath('delivery.zone'), parsePath('goods[].price')] };
  const result = exported(text, { name: 'S', delivery: { type: 'VAN' } }, scopeWith(), options);
  expect(result.text).toBe(lines('name: S', 'delivery:', '  type: VAN', '  zone: north'));
});

test('a live text cannot pretend to be a placeholder', () => {
  const note = '\u0000{{secret:other}}';
  const { text } = exported(undefined, { name: 'S', note });
  expect(templateOf(text).value.note).toBe('\u0000\\{{secret:other}}');
});
