import fc from '../fast-check';
import { parse } from 'yaml';
import { yamlText } from '../../src/workspace/yaml-text';

test('any text is read back as it was, whatever style it is written in', () => {
  const marks = ['#', '- ', ': ', '|', '>', '---', '...', '"', "'", '%', '&', '*', '!', '?', '{', ']', 'é'];
  const piece = fc.constantFrom('a', ' ', '\n', '\t', '  b', '\n\n', ...marks);
  const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (value) => {
      const document = { list: [{ inside: value }], outside: value };
      expect(parse(yamlText(document))).toEqual(document);
    }),
    { numRuns: 1000 },
  );
});

test('a script is written as a block that reads like code', () => {
  const script = 'var onLoginRequest = function (context) {\n\n  executeStep(1);\n};\n';
  expect(yamlText({ script })).toBe(
    'script: |\n  var onLoginRequest = function (context) {\n\n    executeStep(1);\n  };\n',
  );
});
