import { parseYaml } from '../../src/workspace/yaml';
import { shown } from './temporary-folder';

test.each<[string, unknown]>([
  ['a: 1\nb: [x, no, 007x]\n', { a: 1, b: ['x', 'no', '007x'] }],
  ['a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
  ['a: |\n  x\n  y\n', { a: 'x\ny\n' }],
  ['{"a": null}', { a: null }],
  ['', null],
  ['# only a comment\n', null],
  ['true: b\n1.0: c\n', { true: 'b', '1.0': 'c' }],
  ['\ufeffa: 1\n', { a: 1 }],
  ['a: 9007199254740992\n', { a: 9007199254740992 }],
  ['a: !!str 5\n', { a: '5' }],
  ['a: {"<<": x}\n', { a: { '<<': 'x' } }],
])('%j', (text, value) => {
  expect(parseYaml('f.yaml', text)).toEqual({ value, problems: [] });
});

test.each([
  ['a: 1\n b: 2\n', 'malformed-yaml f.yaml:1:4'],
  ['a: [1\nb: 2', 'malformed-yaml f.yaml:2:1'],
  ['a:\n\t- x', 'malformed-yaml f.yaml:2:1'],
  ['a: 1\nb:\n  c: 1\n  c: 2\n', 'duplicate-field f.yaml:4:3'],
  ['a: 1\n---\nb: 2\n', 'malformed-yaml f.yaml:2:1 Move what follows the "---" to a file of its own.'],
  ['a: !foo 1\n', 'malformed-yaml f.yaml:1:4'],
  ['a: *nope\n', 'malformed-yaml f.yaml:1:4'],
  ['a: &a [*a]\n', 'malformed-yaml f.yaml:1:8'],
  ['a: .nan\n', 'malformed-yaml f.yaml:1:4'],
  ['a: 12345678901234567890\n', 'number-too-large f.yaml:1:4 Write it in quotes.'],
  ['a: &x {b: 1}\nc:\n  <<: *x\n', 'malformed-yaml f.yaml:3:3'],
  ['__proto__:\n  polluted: true\n', 'malformed-yaml f.yaml:1:1'],
  ['? [a]\n: b\n', 'malformed-yaml f.yaml:1:3'],
  ['%YAML 1.1\n---\na: no\n', 'malformed-yaml f.yaml:1:1'],
  [
    'a: {{var:x}}\n',
    'malformed-yaml f.yaml:1:5 YAML takes an open brace for the start of a map: put the value in quotes',
  ],
  ['a: [{{secret:x}}]\n', 'malformed-yaml f.yaml:1:6 YAML takes an open brace'],
  ['a:\n  - {{var:x}}/cb\n', 'malformed-yaml f.yaml:2:14 YAML takes an open brace'],
])('%j is refused with its place', (text, expected) => {
  const { problems, value } = parseYaml('f.yaml', text);
  expect(value).toBeUndefined();
  expect(problems.map(shown)[0]).toContain(expected);
});

test('a merge conflict is one problem, at its first line', () => {
  const { problems } = parseYaml('f.yaml', 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n');
  expect(problems.map(shown)).toEqual([expect.stringMatching(/^malformed-yaml f\.yaml:2:1 Choose between/)]);
});

test('what looks like a merge conflict in a text is a text', () => {
  expect(parseYaml('f.yaml', 'a: |\n  <<<<<<< HEAD\n').value).toEqual({ a: '<<<<<<< HEAD\n' });
});

test('aliases that multiply are refused, soon', () => {
  const lines = Array.from({ length: 30 }, (_, index) => {
    const last = `*a${index - 1}`;
    return `a${index}: &a${index} [${index === 0 ? 'x' : `${last}, ${last}, ${last}`}]`;
  });
  expect(parseYaml('f.yaml', lines.join('\n')).problems).toHaveLength(1);
});

test('deep nesting is refused, not a crash', () => {
  for (const text of ['['.repeat(100_000), `a: 1\nb: ${'['.repeat(5_000)}\n`]) {
    expect(parseYaml('f.yaml', text).problems).toMatchObject([{ message: 'The file is nested too deeply' }]);
  }
});

test('nothing is polluted', () => {
  parseYaml('f.yaml', '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
