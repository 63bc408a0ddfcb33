import fc from '../fast-check';
import type { Json } from '../../src/model/json';
import { parseFully } from '../../src/workspace/yaml';
import { fullLayout, layoutOf, type LayoutNode } from '../../src/workspace/yaml-layout';
import { parseSubset } from '../../src/workspace/yaml-subset';
import { yamlText } from '../../src/workspace/yaml-text';

const line = fc.constantFrom(
  'a: 1',
  'b: x y',
  'c:',
  'd: "q\\n\\"" # c',
  "e: 'it''s'",
  '- x',
  '- a: 1',
  '-',
  '- - y',
  '  b: 2',
  '    c: 3',
  '  - z',
  '# c',
  '  # c',
  '',
  '  ',
  'f: |',
  'g: |-',
  '  text',
  '   deeper',
  '  more: x',
  'h: []',
  'i: {}',
  'j: [a]',
  'k: &x 1',
  'l: *x',
  'm: 007',
  'n: 0x1f',
  'o: 1e3',
  'p: .5',
  'q: -1.50',
  'r: ~',
  's: Null',
  't: TRUE',
  'u: no',
  'v: a: b',
  'w: a #b',
  'x: a#b',
  'y: http://x/y:z',
  'z: -',
  '---',
  '...',
  '"a b": 1',
  "'q': 2",
  'a b: 1',
  '? x',
  '  "x',
  'A: +1',
  'B: 1.',
  'C: 2001-01-01',
  'D: 12345678901234567890',
  'E: !!str 1',
  'F: @x',
  'G: `x',
  'H: %x',
  'I: - x',
  'J: ? x',
  'K: é',
  'L: ​x',
  'M: "x" y',
  'N: "\\x41"',
  'O: >',
  'P: |+',
  'Q: |2',
  '__proto__: 1',
  'R:x',
  'S : 1',
  'T: (a)',
  'U: a:',
  'V: .',
  'W: ..',
  'X: 1_000',
  'Y: .inf',
  'Z: 0o7',
);
const indent = fc.constantFrom('', '', '', '  ', '    ', ' ');

/** What changes in place go by: a block ends where its last entry does, and nothing is nowhere. */
function laidOut(text: string, node: LayoutNode | null): unknown {
  if (!node) return null;
  const { kind, style, start, entries } = node;
  const written = text.slice(start, node.end).trimEnd();
  if (kind === 'scalar') return written === '' ? 'nothing' : { style, start, written };
  const inner = entries.map(({ value, ...entry }) => ({ ...entry, value: laidOut(text, value) }));
  return { kind, style, start, inner, ...(style === 'flow' ? { written } : {}) };
}

/** Whatever the fast reader accepts, the full one must accept too, with the same result. */
function expectAgreement(text: string): boolean {
  const fast = parseSubset(text);
  if (fast === undefined) return false;
  const full = parseFully('f.yaml', text);
  expect(full.problems).toEqual([]);
  expect(full.value).toEqual(fast);
  expect(laidOut(text, layoutOf(text))).toEqual(laidOut(text, fullLayout(text)));
  return true;
}

test('agrees with the full parser on any lines', () => {
  const lines = fc.array(
    fc.tuple(indent, line).map((parts) => parts.join('')),
    { maxLength: 7 },
  );
  fc.assert(
    fc.property(lines, (parts) => void expectAgreement(parts.join('\n'))),
    { numRuns: 2000 },
  );
});

const word = fc.constantFrom('a', 'b', 'c-d', 'e.f', 'x y', 'no', '');
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    'x',
    'a b',
    'http://x/y',
    'no',
    '',
    '007',
    '- a',
    'l1\nl2',
    'l1\n\n  l2\n',
    "it's",
    '"q"',
    'a # b',
    '~',
    '1.0',
  ),
  fc.constantFrom<Json>(1, -2.5, 0, 1e21, true, null),
  fc.string({ maxLength: 6 }),
);
const { value } = fc.letrec<{ value: Json; node: Json }>((tie) => ({
  node: fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(word, tie('node'), { maxKeys: 3 }) },
  ),
  value: fc.dictionary(word, tie('node'), { minKeys: 1, maxKeys: 4 }),
}));

test('agrees with the full parser on files, whole and damaged', () => {
  const damage = fc.tuple(
    fc.nat(200),
    fc.constantFrom(' ', '\n', ':', '-', '#', '"', "'", '|', 'x', '\n  ', ': '),
    fc.nat(2),
  );
  fc.assert(
    fc.property(value, fc.array(damage, { maxLength: 3 }), (json, damages) => {
      let text = yamlText(json);
      for (const [at, piece, cut] of damages) {
        const position = at % (text.length + 1);
        text = text.slice(0, position) + piece + text.slice(position + cut);
      }
      expectAgreement(text);
    }),
    { numRuns: 1000 },
  );
});

test('takes the files that Liftlock writes', () => {
  const json = {
    name: 'Travel Portal',
    list: ['https://a/b?c=d', { idp: 'LOCAL', on: true, n: 1.5, inner: [{ a: 'x' }, 'y'] }, ['z']],
    script: 'if (a) {\n\n  b();\n}',
    text: 'x\n',
    quoted: '{{secret:x}}',
    empty: '',
    none: [],
    version: '007',
  };
  expect(parseSubset(`# yaml-language-server: $schema=x\n${yamlText(json)}`)).toEqual(json);
});
