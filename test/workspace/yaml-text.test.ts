import fc from '../fast-check';
import { parse } from 'yaml';
import type { Json } from '../../src/model/json';
import { fullText, yamlText } from '../../src/workspace/yaml-text';

test('any text is read back as it was, whatever style it is written in', () => {
  const marks = ['#', '- ', ': ', '|', '>', '---', '...', '"', "'", '%', '&', '*', '!', '?', '{', ']', 'é'];
  const piece = fc.constantFrom('a', ' ', '\n', '\t', '  b', '\n\n', ...marks);
  const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (value) => {
      const document = { list: [{ inside: value }], outside: value };
      expect(parse(yamlText(document))).toEqual(document);
    }),
    { numRuns: 500 },
  );
});

test('a script is written as a block that reads like code', () => {
  const script = 'var onLoginRequest = function (context) {\n\n  executeStep(1);\n};\n';
  expect(yamlText({ script })).toBe(
    'script: |\n  var onLoginRequest = function (context) {\n\n    executeStep(1);\n  };\n',
  );
});

describe('what is laid out here is what the library writes', () => {
  const marks = [
    '#',
    '- ',
    ': ',
    ' #',
    '-',
    ':',
    '|',
    '%',
    '"',
    "'",
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    '(',
    '~',
    '=',
    '$',
    '\n',
    '\n  ',
    ' ',
  ];
  const words = [
    'a',
    'Bc',
    'http://x/y?z=1',
    'no',
    'Y',
    'true',
    'NULL',
    '007',
    '1',
    '{{var:x}}',
    '---',
    '...',
    'é',
    '<<',
    '.inf',
    '1:30',
  ];
  const text = fc.array(fc.constantFrom(...words, ...marks), { maxLength: 6 }).map((parts) => parts.join(''));
  // A field named like the end of a document is in quotes at any depth, by the library at the first column only.
  const name = text.filter((field) => !/^(?:---|\.\.\.)/.test(field));
  const number = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(-0, 1e21, 1e-7),
  );
  const leaf: fc.Arbitrary<Json> = fc.oneof({ weight: 3, arbitrary: text }, number, fc.boolean(), fc.constant(null));
  const { node } = fc.letrec<{ node: Json }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(name, tie('node'), { maxKeys: 3 }),
    ),
  }));

  test.each([
    ['texts', fc.record({ field: text })],
    ['elements', fc.array(text)],
    ['names of fields', fc.dictionary(text, fc.constant(1))],
    ['values of all kinds', node],
  ] as const)('%s', (_what, values) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<Json>, (value) => expect(yamlText(value)).toBe(fullText(value))),
      { numRuns: 1000 },
    );
  });
});
