import { parse } from 'yaml';
import type { Json } from '../../src/model/json';
import { parameteriseYaml, render, type ListIdentity, type Values } from '../../src/substitution/library';

const lists: ListIdentity[] = [
  { path: 'urls', identity: [] },
  { path: 'goods', identity: ['id'] },
  { path: 'goods[].tags', identity: [] },
  { path: 'properties', identity: ['key'] },
];

const values: Values = {
  variables: {
    host: 'portal.example',
    port: 8443,
    base: 'https://{{var:host}}',
    env: 'dev',
    one: 1,
    yes: true,
    nothing: null,
    empty: '',
    no: 'no',
    pin: '007',
    list: ['https://a.example', 'https://b.example'],
    map: { type: 'VAN', days: 5 },
    id: 'north',
  },
  secrets: { key: 'geheim-4711' },
};

interface Case {
  readonly file: string;
  readonly server: string;
  /** The file afterwards; absent: as it was, to the byte. */
  readonly exported?: string;
  /** Placeholders that went, with their keyed paths. */
  readonly lost?: readonly string[];
}

function text(...lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

function check({ file, server, exported = file, lost = [] }: Case): void {
  const live = parse(server) as Json;
  const result = parameteriseYaml(file, live, values, lists);
  expect(result.template).toBe(exported);
  expect(result.lost.map(({ placeholder, path }) => `${placeholder} ${path}`)).toEqual(lost);
  expect(result.findings).toEqual([]);
}

describe('the same value: the file stays, to the byte', () => {
  const cases: Record<string, Case> = {
    'a text, with comments and quotes': {
      file: "# head\nurl:   'https://{{var:host}}/cb'   # why\n\n# tail\n",
      server: 'url: https://portal.example/cb',
    },
    'a number, true, null, an empty text': {
      file: "a: '{{var:port}}'\nb: \"{{var:yes}}\"\nc: '{{var:nothing}}'\nd: '{{var:empty}}'\n",
      server: 'a: 8443\nb: true\nc: null\nd: ""',
    },
    'texts that look like another type': {
      file: "a: '{{var:no}}'\nb: '{{var:pin}}'\nc: 'x{{var:pin}}'\n",
      server: 'a: "no"\nb: "007"\nc: x007',
    },
    'a number of another spelling (F23)': { file: 'a: 1e6\nb: 0x1F\nc: 1.50\n', server: 'a: 1000000\nb: 31\nc: 1.5' },
    'a list as one placeholder': {
      file: "urls: '{{var:list}}'\n",
      server: 'urls: [https://b.example, https://a.example]',
    },
    'a text list in another order': {
      file: "urls: [x, 'https://{{var:host}}/cb']\n",
      server: 'urls: [https://portal.example/cb, x]',
    },
    'a map as one placeholder': { file: "m: '{{var:map}}'\n", server: 'm: { days: 5, type: VAN }' },
    'a templated identity (F21)': {
      file: "goods:\n  - id: '{{var:id}}'\n    url: 'https://{{var:host}}'\n  - id: south\n",
      server: 'goods: [{ id: south }, { id: north, url: https://portal.example }]',
    },
    'two elements with one identity (F21)': {
      file: "goods:\n  - id: a\n    url: '{{var:base}}/1'\n  - id: a\n    url: '{{var:base}}/2'\n",
      server: 'goods: [{ id: a, url: https://portal.example/2 }, { id: a, url: https://portal.example/1 }]',
    },
    'an element without identity before others (F21)': {
      file: "properties:\n  - value: x\n  - key: k\n    value: '{{var:base}}'\n",
      server: 'properties: [{ key: k, value: https://portal.example }, { value: x }]',
    },
    'a list in a list (F21)': { file: "a: [['{{var:host}}', x], []]\n", server: 'a: [[portal.example, x], []]' },
    'an identity with brackets, a name with = or || (F21, B1.1)': {
      file: "properties:\n  - key: 'a]b'\n    value: '{{var:host}}'\n  - key: 'k=v||w'\n    value: '{{var:base}}'\n",
      server: 'properties: [{ key: "a]b", value: portal.example }, { key: "k=v||w", value: https://portal.example }]',
    },
    'keys with dots, slashes, brackets (F22, B1.1)': {
      file: "login.url: '{{var:base}}'\n'a/b': '{{var:host}}'\n'c[0]': '{{var:port}}'\n'd=e': 'x{{var:env}}'\n",
      server: '{ login.url: https://portal.example, a/b: portal.example, "c[0]": 8443, d=e: xdev }',
    },
    'a placeholder in a field name is part of the name': { file: "'{{var:host}}': x\n", server: '"{{var:host}}": x' },
    'a block text': { file: 'a: |\n  line\n  {{var:host}}\n', server: 'a: "line\\nportal.example\\n"' },
    'a folded text': { file: 'a: >-\n  {{var:host}}\n  and more\n', server: 'a: portal.example and more' },
    'anchors and aliases': {
      file: "a: &x ['{{var:host}}']\nb: *x\n",
      server: 'a: [portal.example]\nb: [portal.example]',
    },
    'a secret': { file: "a: '{{secret:key}}'\n", server: 'a: geheim-4711' },
    'a secret that the server masks (F22, B1.1)': { file: "a: '{{secret:key}}'\n", server: 'a: "********"' },
  };
  test.each(Object.entries(cases))('%s', (_, one) => check(one));
});

describe('another value: it goes in, and the placeholder stays where its value still stands', () => {
  const cases: Record<string, Case> = {
    'behind the placeholder': {
      file: "url: 'https://{{var:host}}/cb' # c\n",
      server: 'url: https://portal.example/callback',
      exported: 'url: https://{{var:host}}/callback # c\n',
    },
    'before the placeholder': {
      file: "url: 'https://{{var:host}}/cb'\n",
      server: 'url: http://portal.example/cb',
      exported: 'url: http://{{var:host}}/cb\n',
    },
    'one of several placeholders': {
      file: "url: 'https://{{var:host}}:{{var:port}}/{{var:env}}'\n",
      server: 'url: https://portal.example:9443/dev',
      exported: 'url: https://{{var:host}}:9443/{{var:env}}\n',
      lost: ['{{var:port}} url'],
    },
    'one that is used twice': {
      file: "note: '{{var:host}} or {{var:host}}'\n",
      server: 'note: portal.example or other.example',
      exported: 'note: "{{var:host}} or other.example"\n',
      lost: ['{{var:host}} note'],
    },
    'a text list: the changed element keeps its line': {
      file: "urls:\n  # main\n  - 'https://{{var:host}}/cb' # c\n  - x\n",
      server: 'urls: [https://portal.example/callback, x, w]',
      exported: 'urls:\n  # main\n  - https://{{var:host}}/callback # c\n  - x\n  - w\n',
    },
    'a text list: placeholders in later items (F5)': {
      file: "urls:\n  - x\n  - 'https://{{var:host}}/a'\n  - 'https://{{var:host}}/b'\n",
      server: 'urls: [https://portal.example/b, https://portal.example/a, z]',
      exported: "urls:\n  - 'https://{{var:host}}/a'\n  - 'https://{{var:host}}/b'\n  - z\n",
    },
    'a text list stays a list (F4)': {
      file: "urls: ['https://{{var:host}}/cb', http://localhost]\n",
      server: 'urls: [https://portal.example/cb, http://localhost, http://new]',
      exported: "urls: ['https://{{var:host}}/cb', http://localhost, http://new]\n",
    },
    'an ordered list, reordered and grown': {
      file: "stops:\n  - a\n  - 'https://{{var:host}}/1'\n  - b\n",
      server: 'stops: [b, a, https://portal.example/2, c]',
      exported: 'stops:\n  - b\n  - a\n  - https://{{var:host}}/2\n  - c\n',
    },
    'a list that is one placeholder and grew': {
      file: "urls: '{{var:list}}' # c\n",
      server: 'urls: [https://c.example, https://b.example, https://a.example]',
      exported: 'urls: # c\n  - "{{var:list}}"\n  - https://c.example\n',
    },
    'an ordered list that is one placeholder and grew at both ends': {
      file: "stops: '{{var:list}}'\n",
      server: 'stops: [x, https://a.example, https://b.example, w]',
      exported: 'stops:\n  - x\n  - "{{var:list}}"\n  - w\n',
    },
    'elements: one field of one changes': {
      file: "goods:\n  - id: '{{var:id}}' # n\n    url: '{{var:base}}/a'\n    price: '{{var:one}}'\n",
      server: 'goods: [{ id: north, url: https://portal.example/a, price: 2 }]',
      exported: "goods:\n  - id: '{{var:id}}' # n\n    url: '{{var:base}}/a'\n    price: 2\n",
      lost: ['{{var:one}} goods[north].price'],
    },
    'one of two elements with one identity changes': {
      file: "goods:\n  - id: a # first\n    url: '{{var:base}}/1'\n  - id: a # second\n    url: '{{var:base}}/2'\n",
      server: 'goods: [{ id: a, url: https://portal.example/2 }, { id: a, url: https://portal.example/0 }]',
      exported:
        'goods:\n  - id: a # first\n    url: "{{var:base}}/0"\n  - id: a # second\n    url: \'{{var:base}}/2\'\n',
    },
    'a list in a list': {
      file: "a:\n  - - '{{var:host}}' # h\n    - x\n  - []\n",
      server: 'a: [[portal.example, w], []]',
      exported: "a:\n  - - '{{var:host}}' # h\n    - w\n  - []\n",
    },
    'a key with dots (F22)': {
      file: "a.b: '{{var:base}}/x'\nc: 1\n",
      server: '{ a.b: https://portal.example/y, c: 1 }',
      exported: 'a.b: "{{var:base}}/y"\nc: 1\n',
    },
    'a script: a change in line 40 keeps the placeholder of line 3, and the other way round (B1.1)': {
      file: `script: |\n  1\n  2\n  var host = "{{var:host}}";\n${'  x();\n'.repeat(36)}  last();\n`,
      server: `script: "1\\n2\\nvar host = \\"portal.example\\";\\n${'x();\\n'.repeat(36)}changed();\\n"`,
      exported: `script: |\n  1\n  2\n  var host = "{{var:host}}";\n${'  x();\n'.repeat(36)}  changed();\n`,
    },
    'a script: the line of the placeholder changes around it, and another line comes': {
      file: 'script: |\n  a();\n  go("https://{{var:host}}/1", "{{var:env}}");\n  z();\n',
      server: 'script: "a();\\nb();\\ngo(\\"https://portal.example/2\\", \\"prod\\");\\nz();\\n"',
      exported: 'script: |\n  a();\n  b();\n  go("https://{{var:host}}/2", "prod");\n  z();\n',
      lost: ['{{var:env}} script'],
    },
    'a script: the line of the placeholder moves': {
      file: 'script: |\n  go("{{var:host}}");\n  a();\n  b();\n  c();\n',
      server: 'script: "a();\\nb();\\nc();\\ngo(\\"portal.example\\");\\n"',
      exported: 'script: |\n  a();\n  b();\n  c();\n  go("{{var:host}}");\n',
    },
    'a folded text': {
      file: 'a: >-\n  at {{var:host}}\n  and more\n',
      server: 'a: at portal.example and less',
      exported: 'a: at {{var:host}} and less\n',
    },
    'what is behind an anchor changes at one of its places': {
      file: "a: &x ['{{var:host}}', y]\nb: *x\n",
      server: 'a: [portal.example, y]\nb: [portal.example, z]',
      exported: 'a: &x [\'{{var:host}}\', y]\nb:\n  - "{{var:host}}"\n  - z\n',
    },
    'a text that looks like a placeholder is escaped': {
      file: "a: 'https://{{var:host}}/'\n",
      server: 'a: "https://portal.example/{{var:x}}"',
      exported: 'a: https://{{var:host}}/\\{{var:x}}\n',
    },
    'a backslash before a placeholder': {
      file: "a: 'x{{var:host}}'\n",
      server: "a: 'C:\\portal.example'",
      exported: 'a: C:\\\\{{var:host}}\n',
    },
    'a value with quotes, colons, line breaks (F18)': {
      file: "a: 'https://{{var:host}}/cb'\n",
      server: JSON.stringify({ a: 'https://portal.example/"it\'s": x #y\nsaas: true' }),
      exported: 'a: |-\n  https://{{var:host}}/"it\'s": x #y\n  saas: true\n',
    },
    'a value of another type': {
      file: "a: '{{var:port}}'\n",
      server: 'a: "8443"',
      exported: 'a: "8443"\n',
      lost: ['{{var:port}} a'],
    },
    'a number, true, null, an empty text': {
      file: "a: '{{var:port}}'\nb: '{{var:yes}}'\nc: '{{var:nothing}}'\nd: '{{var:empty}}'\n",
      server: 'a: 1\nb: false\nc: x\nd: w',
      exported: 'a: 1\nb: false\nc: x\nd: w\n',
      lost: ['{{var:port}} a', '{{var:yes}} b', '{{var:nothing}} c', '{{var:empty}} d'],
    },
    'a field and an element that went': {
      file: "a: '{{var:host}}'\nurls:\n  - '{{var:base}}/cb'\n  - x\n",
      server: 'urls: [x]',
      exported: 'urls:\n  - x\n',
      lost: ['{{var:host}} a', '{{var:base}} urls[https://portal.example/cb]'],
    },
  };
  test.each(Object.entries(cases))('%s', (_, one) => check(one));
});

describe('a value that stands there by chance is not the placeholder', () => {
  test.each([
    ['a longer host', 'https://{{var:host}}/cb', 'https://portal.example.evil.org/cb'],
    ['a host that ends alike', 'https://{{var:host}}/cb', 'https://my-portal.example/cb'],
    ['a part of a word', 'in {{var:env}}', 'in development'],
    ['a longer number', 'port={{var:one}}', 'port=12'],
    ['the same number elsewhere', 'port={{var:one}}', 'port=2;level=1'],
    ['a short word elsewhere', 'stage {{var:env}} only', 'my dev friend'],
  ])('%s', (_, file, server) => {
    const result = parameteriseYaml(`a: '${file}'\n`, { a: server }, values);
    expect(result.template).toBe(`a: ${server}\n`);
    expect(result.lost).toHaveLength(1);
  });
});

describe('secrets', () => {
  const exported = (file: string, live: Json, secrets: Values['secrets']) =>
    parameteriseYaml(file, live, { ...values, secrets });

  test.each([
    ['is not returned', {}],
    ['is masked', { a: '********' }],
    ['is masked otherwise', { a: 'ENCRYPTED PROPERTY' }],
  ])('the reference stays when the value %s, known here or not (B1.1)', (_, live) => {
    for (const secrets of [{ key: 'geheim-4711' }, {}]) {
      const file = "a: '{{secret:key}}' # s\n";
      expect(exported(file, live, secrets)).toMatchObject({ template: file, lost: [] });
    }
  });

  test('the reference stays, with a word, when the server shows another value', () => {
    const file = "a: '{{secret:key}}'\nb: 1\n";
    const result = exported(file, { a: 'rotated', b: 2 }, { key: 'geheim-4711' });
    expect(result).toMatchObject({ template: "a: '{{secret:key}}'\nb: 2\n", lost: [] });
    expect(result.findings.map(({ code }) => code)).toEqual(['secret-not-compared']);
  });

  test('a mask in a field without a reference becomes one, never a value', () => {
    const result = exported('b: 1\n', { b: 1, apiKey: '********' }, {});
    expect(result.template).toBe('b: 1\napiKey: "{{secret:secret-apiKey}}"\n');
  });

  test.each([{ key: 'geheim-4711' }, {}])('in an ordered list: elements come before it (%j)', (secrets) => {
    const file = "stops:\n  - '{{secret:key}}' # s\n  - x\n";
    const known = exported(file, { stops: ['new', 'geheim-4711', 'x'] }, { key: 'geheim-4711' });
    expect(known).toEqual({ template: "stops:\n  - new\n  - '{{secret:key}}' # s\n  - x\n", lost: [], findings: [] });
    const masked = exported(file, { stops: ['********', 'x', 'z'] }, secrets);
    expect(masked.template).toBe("stops:\n  - '{{secret:key}}' # s\n  - x\n  - z\n");
  });

  test('inside of a text: the rest changes around the reference', () => {
    const file = 'a: key={{secret:key}}; a\n';
    const result = exported(file, { a: 'key=geheim-4711; b' }, { key: 'geheim-4711' });
    expect(result).toEqual({ template: 'a: key={{secret:key}}; b\n', lost: [], findings: [] });
  });
});

describe('rendering gives values as they are', () => {
  test.each<[string, Json, Json, Json]>([
    [
      'a quote, a colon, a comment sign, a line break (F18)',
      'x',
      `it's: "q" #c\nsaas: true\\`,
      `it's: "q" #c\nsaas: true\\`,
    ],
    [
      'numbers and booleans (F20)',
      'x',
      [12345678, 1000000, 9007199254740991, 1e21, false],
      [12345678, 1000000, 9007199254740991, 1e21, false],
    ],
    [
      'texts like numbers (F20, F23)',
      'x',
      ['007', '1e21', '0x1F', 'no', '1.10', ''],
      ['007', '1e21', '0x1F', 'no', '1.10', ''],
    ],
    ['the braces of others', 'x', '{{user.name}} ${x} {{', '{{user.name}} ${x} {{'],
  ])('%s', (_, name, value, expected) => {
    expect(render(`{{var:${String(name)}}}`, { variables: { [String(name)]: value } })).toMatchObject({
      value: expected,
      findings: [],
    });
  });

  test('names inside of names do not depend on an order (F18)', () => {
    const variables = { A: '{{var:B}}', B: 'x', AB: 'no' };
    expect(render('{{var:A}}{{var:AB}}{{var:B}}', { variables }).value).toBe('xnox');
  });

  test('nothing unresolved gets through (F19)', () => {
    const template = {
      a: 'https://{{var:unset}}/cb',
      b: ['{{vra:x}}', '{{env:X}}'],
      c: '{{var:loop}}',
      d: 'x{{var:l}}',
    };
    const { findings } = render(template, { variables: { loop: '{{var:loop}}', l: [1] } });
    expect(findings.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['unset-variable', 'error', ['a']],
      ['unknown-placeholder', 'error', ['b', 0]],
      ['misplaced-placeholder', 'error', ['b', 1]],
      ['variable-cycle', 'error', ['variables', 'loop']],
      ['wrong-type', 'error', ['d']],
    ]);
  });

  test('a template that cannot be rendered is left alone (F21)', () => {
    const file = "a: '{{var:unset}}'\nb: 1\n";
    const result = parameteriseYaml(file, { a: 'x', b: 2 }, {});
    expect(result).toMatchObject({
      template: file,
      lost: [],
      findings: [{ code: 'unset-variable', severity: 'error' }],
    });
    expect(() => parameteriseYaml('a: [', {}, {})).toThrow(SyntaxError);
    expect(() => parameteriseYaml('a: {{X}}', {}, {})).toThrow(SyntaxError);
  });
});

test('a map value with an odd line end', () => {
  check({
    file: text("a: '{{var:host}}'", 'b: 1').replaceAll('\n', '\r\n'),
    server: 'a: portal.example\nb: 2',
    exported: text("a: '{{var:host}}'", 'b: 2').replaceAll('\n', '\r\n'),
  });
});
