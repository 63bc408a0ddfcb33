import fc from '../fast-check';
import type { Json, JsonObject } from '../../src/model/json';
import { parseLists } from '../../src/model/lists';
import { placedProblems } from '../../src/substitution/placed-problems';
import { render, renderArtifact, secretNames } from '../../src/substitution/render';
import { unmatchedOverrides, unusedVariables } from '../../src/substitution/hits';
import { scopeWith, shopKind, templateOf } from './shop-kind';

const lists = parseLists(shopKind.lists);
const value = (template: Json, variables: JsonObject): Json => render(template, scopeWith(variables)).value;

describe('values arrive exactly', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json)) as Json),
    fc.constantFrom<Json>('no', '007', '"', 'a: b', 'a\nb', '{{user}}', '{{', 'é\u{1F600}', '1e3', ' #x', '', '\\'),
  );
  const isPlain = (json: Json): boolean => !/\{\{[ \t]*[A-Za-z][\w-]*[ \t]*:/.test(JSON.stringify(json));

  test('a value that is one placeholder takes the type of its variable', () => {
    fc.assert(
      fc.property(anything.filter(isPlain), (x) => {
        expect(value({ a: '{{var:x}}' }, { x })).toEqual({ a: x });
        expect(value('{{var:x}}', { x })).toEqual(x);
      }),
    );
  });

  test('a text inside of a text', () => {
    fc.assert(
      fc.property(anything.filter(isPlain), (x) => {
        if (typeof x === 'object') return;
        expect(value('<{{var:x}}>', { x })).toBe(`<${typeof x === 'string' ? x : JSON.stringify(x)}>`);
      }),
    );
  });

  test('large and small numbers', () => {
    expect(value('{{var:x}}!', { x: 1000000 })).toBe('1000000!');
    expect(value('{{var:x}}!', { x: 12345678 })).toBe('12345678!');
  });
});

test.each<[Json, JsonObject, Json]>([
  [['a', '{{var:l}}', 'z'], { l: ['b', { c: 1 }] }, ['a', 'b', { c: 1 }, 'z']],
  [['{{var:l}}'], { l: [] }, []],
  [['{{var:l}}'], { l: [['a']] }, [['a']]],
  [['{{var:l}}'], { l: 'x' }, ['x']],
  [['{{var:k}}', 'z'], { k: '{{var:l}}', l: [1, 2] }, [1, 2, 'z']],
  ['{{var:a}}', { a: 'x{{var:b}}', b: '{{var:c}}y', c: 'z' }, 'xzy'],
  [{ '{{var:a}}': '{{var:a}}' }, { a: 1 }, { '{{var:a}}': 1 }],
  ['\\{{var:a}}', { a: 1 }, '{{var:a}}'],
])('%j with %j is %j', (template, variables, expected) => {
  const result = render(template, scopeWith(variables));
  expect(result.problems).toEqual([]);
  expect(result.value).toEqual(expected);
});

describe('mistakes', () => {
  const problemsOf = (template: Json, variables: JsonObject): [string, string, unknown][] =>
    render(template, scopeWith(variables)).problems.map(({ code, message, hint, path }) => [
      code,
      `${message} ${hint}`,
      path,
    ]);

  test.each<[Json, JsonObject, string, string, unknown]>([
    [{ a: ['{{var:hots}}'] }, { host: 'h' }, 'unset-variable', 'Did you mean "host"', ['a', 0]],
    [{ a: '{{var:x}}' }, {}, 'unset-variable', 'environments/dev.yaml', ['a']],
    [{ a: '{{vra:x}}' }, { x: 1 }, 'unknown-placeholder', '{{var:x}}', ['a']],
    [{ a: '{{env:X}}' }, {}, 'misplaced-placeholder', 'environment files only', ['a']],
    [{ a: 'x{{var:x}}' }, { x: [1] }, 'wrong-type', 'a list', ['a']],
    [{ a: 'x{{var:x}}' }, { x: { y: 1 } }, 'wrong-type', 'a map', ['a']],
    [{ a: 'x{{var:x}}' }, { x: null }, 'wrong-type', 'null', ['a']],
    [{ a: '{{var:x}}' }, { x: '{{var:y}}', y: '{{var:x}}' }, 'variable-cycle', 'x → y → x', ['variables', 'y']],
    [{ a: ['{{var:x}}'] }, { x: ['{{var:x}}'] }, 'variable-cycle', 'x → x', ['variables', 'x', 0]],
    [{ a: 'z{{var:x}}' }, { x: ['{{var:x}}'] }, 'wrong-type', 'a list', ['a']],
    [{ a: '{{var:x}}' }, { x: '{{var:gone}}' }, 'unset-variable', 'gone', ['variables', 'x']],
  ])('%j with %j', (template, variables, code, text, path) => {
    const [problem] = problemsOf(template, variables);
    expect(problem?.[0]).toBe(code);
    expect(problem?.[1]).toContain(text);
    expect(problem?.[2]).toEqual(path);
  });

  test('variables that multiply each other end in an error, soon', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`v${index}`, `{{var:v${index + 1}}}{{var:v${index + 1}}}`]),
    );
    const result = render('{{var:v0}}', scopeWith({ ...variables, v40: 'x' }));
    expect(result.problems.map(({ code }) => code)).toEqual(['variables-too-large']);
  });

  test('get file, line and column', () => {
    const template = templateOf('name: S\nurls:\n  - "https://{{var:nope}}/cb"\n');
    const { problems } = renderArtifact(shopKind, template, scopeWith());
    const [placed] = placedProblems(problems, template, 'dev');
    expect(placed).toMatchObject({
      code: 'unset-variable',
      artifact: 'shop/S',
      environment: 'dev',
      place: { file: 'artifacts/shops/Shop.yaml', line: 3, column: 5 },
    });
    const text = 'url: x\nvariables:\n  nope: "{{var:other}}"\n';
    const environment = { name: 'dev', file: 'environments/dev.yaml', text };
    const scope = scopeWith({ nope: '{{var:other}}' });
    const [inner] = placedProblems(renderArtifact(shopKind, template, scope).problems, template, environment);
    expect(inner).toMatchObject({ place: { file: 'environments/dev.yaml', line: 3, column: 9 } });
  });
});

describe('secrets', () => {
  const template = {
    name: 'S',
    clientSecret: '{{secret:known}}',
    script: 'x{{secret:unknown}}',
    urls: ['{{secret:unknown}}', 'a', '{{secret:empty}}', 'b'],
    goods: [{ id: '{{var:id}}', properties: [{ key: 'k', value: '{{var:indirect}}' }] }],
  };
  const scope = scopeWith(
    { id: 'g', indirect: '<{{secret:known}}>' },
    {
      secrets: new Map([
        ['known', 'geheim "\n'],
        ['empty', undefined],
      ]),
    },
  );

  test('that are known arrive; fields of others are left out and named by keyed path', () => {
    const result = render(template, scope, lists);
    expect(result.value).toEqual({
      name: 'S',
      clientSecret: 'geheim "\n',
      urls: ['a', 'b'],
      goods: [{ id: 'g', properties: [{ key: 'k', value: '<geheim "\n>' }] }],
    });
    expect(result.secretPaths).toEqual(['clientSecret', 'goods[g].properties[k].value']);
    expect(result.unknownSecrets).toEqual(
      ['script', 'urls["{{secret:unknown}}"]', 'urls["{{secret:empty}}"]'].map((path) => path.replaceAll('"', '')),
    );
    expect([...result.used.secrets].sort()).toEqual(['empty', 'known', 'unknown']);
    expect(result.problems).toEqual([]);
  });

  test('are found before rendering', () => {
    const names = secretNames(template, scope.variables, { x: '\\{{secret:escaped}}' });
    expect([...names].sort()).toEqual(['empty', 'known', 'unknown']);
  });
});

describe('overrides', () => {
  const template = templateOf('name: S\nnote: "{{var:n}}"\ngoods:\n  - id: a\n    price: 2\nurls: [x]\n');
  const rendered = (overrides: Record<string, JsonObject>, variables: JsonObject = { n: 1 }) =>
    renderArtifact(shopKind, template, scopeWith(variables, { overrides }));

  test('set values by keyed path, with placeholders, in the order of the file', () => {
    const result = rendered({
      'shop/*': { note: 'all', 'goods[a].price': '{{var:n}}', 'delivery.zone': 'north' },
      'shop/S': { note: '{{secret:s}}', 'goods[new].price': 3, rank: null },
      'shop/T': { note: 'other' },
    });
    expect(result.value).toEqual({
      name: 'S',
      goods: [
        { id: 'a', price: 1 },
        { id: 'new', price: 3 },
      ],
      urls: ['x'],
      delivery: { zone: 'north' },
      rank: null,
    });
    expect(result.unknownSecrets).toEqual(['note']);
    expect([...result.used.variables]).toEqual(['n']);
    expect(result.problems).toEqual([]);
  });

  test.each([
    [{ 'note.deeper': 1 }, 'override-not-placed', 'warning'],
    [{ 'urls[nope]': 'x' }, undefined, undefined],
    [{ note: '{{var:nope}}' }, 'unset-variable', 'error'],
  ])('%j', (values, code, severity) => {
    const { problems } = rendered({ 'shop/S': values as JsonObject });
    expect(problems[0]?.code).toBe(code);
    expect(problems[0]?.severity).toBe(severity);
    if (code) expect(problems[0]?.path.slice(0, 2)).toEqual(['overrides', 'shop/S']);
  });

  test('that match nothing, and variables that nobody uses, are warnings', () => {
    const scope = scopeWith({ a: 1, b: 2 }, { overrides: { 'shop/S*': {}, 'shop/X': {} } });
    expect(unmatchedOverrides(scope, [{ kind: 'shop', key: 'S1' }]).map(({ path }) => path)).toEqual([
      ['overrides', 'shop/X'],
    ]);
    expect(
      unusedVariables(scope, [{ kind: 'shop', key: 'S1', variables: new Set(['a']) }]).map(({ code, path }) => [
        code,
        path,
      ]),
    ).toEqual([['unused-variable', ['variables', 'b']]]);
  });

  test('process variables are for environment files', () => {
    const scope = scopeWith({ n: '{{env:HOST}}' }, { processVariables: { HOST: 'h' } });
    expect(renderArtifact(shopKind, template, scope).value.note).toBe('h');
    const unset = renderArtifact(shopKind, template, scopeWith({ n: '{{env:HOST}}' })).problems;
    expect(unset.map(({ code, path }) => [code, path])).toEqual([['unset-process-variable', ['variables', 'n']]]);
  });
});
