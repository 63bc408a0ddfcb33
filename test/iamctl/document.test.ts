import { readDocument } from '../../src/iamctl/document';
import { Marks } from '../../src/iamctl/marks';

const yaml = (text: string): unknown => readDocument(text, 'yaml', { file: 'a.yml' });
const json = (text: string): unknown => readDocument(text, 'json', { file: 'a.json' });
const fault = (message: RegExp): object =>
  expect.objectContaining({
    fault: expect.objectContaining({ message: expect.stringMatching(message) as string }) as object,
  }) as object;

test('YAML is read as IAM-CTL reads it', () => {
  expect(yaml('a: 0755\nb: yes\nc: "0755"\nd: [1, x]\ne: &x { f: 1 }\ng: *x\n')).toEqual({
    value: { a: 493, b: 'yes', c: '0755', d: [1, 'x'], e: { f: 1 }, g: { f: 1 } },
    longNumbers: [],
  });
});

test('mistakes come with line and column', () => {
  expect(yaml('a: 1\nb: [')).toEqual({
    fault: {
      message: expect.any(String) as string,
      place: { file: 'a.yml', line: 2, column: expect.any(Number) as number },
    },
  });
  expect(json('{ "a": }')).toEqual(fault(/Not valid JSON/));
});

describe('hostile files are refused', () => {
  const deep = (open: string, close: string): string => `${open.repeat(50_000)}${close.repeat(50_000)}`;
  const laughs = Array.from({ length: 12 }, (_, index) =>
    index === 0 ? 'a0: &a0 [x, x, x, x, x]' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}*a${index - 1}]`,
  ).join('\n');

  test.each<[string, () => unknown, RegExp]>([
    ['YAML nested without end', () => yaml(deep('[', ']')), /nested too deeply/],
    ['JSON nested without end', () => json(deep('[', ']')), /nested too deeply/],
    ['aliases that multiply', () => yaml(laughs), /too large/],
    ['an alias inside of itself', () => yaml('a: &a [*a]'), /nested too deeply|alias/i],
    ['prototype keys in YAML', () => yaml('a:\n  __proto__: { b: 1 }'), /__proto__/],
    ['prototype keys in JSON', () => json('{ "a": [{ "__proto__": { "b": 1 } }] }'), /__proto__/],
    ['merge keys', () => yaml('a: &a { b: 1 }\nc:\n  <<: *a'), /Merge keys/],
    ['maps as field names', () => yaml('{ { a: 1 }: 2 }'), /field name/],
    ['numbers that are none', () => yaml('a: .inf'), /cannot be sent/],
  ])('%s', (_what, read, message) => {
    expect(read()).toEqual(fault(message));
  });
});

test('a JSON fault does not show the text around it, which may be a secret', () => {
  expect(JSON.stringify(json('{ "secret": sailor-moon }'))).not.toContain('sailor');
});

test('numbers with too many digits are kept as texts and named', () => {
  expect(json('{ "a": 12345678901234567890 }')).toEqual({
    value: { a: '12345678901234567890' },
    longNumbers: ['12345678901234567890'],
  });
});

test('words without quotes are asked for, also where JSON has none', () => {
  const marks = new Marks('QMARKQ');
  const mark = marks.add({ keyword: 'N', file: 'a', line: 1, column: 1, place: 'text' });
  const read = readDocument(`{ "a": ${mark}, "b": "${mark}", "c": [1, ${mark}] }`, 'json', {
    file: 'a',
    loose: marks.loose,
  });
  expect(read).toEqual({ value: { a: mark, b: mark, c: [1, mark] }, longNumbers: [] });
  expect(marks.occurrences[0]?.place).toBe('element');
});
