import { markedTexts } from '../../src/iamctl/marks';
import { looseValue, resolved } from '../../src/iamctl/meaning';
import { filledReferences, splitReferences } from '../../src/iamctl/process-references';
import { rawSubstituted, withoutMasks } from '../../src/iamctl/raw-substitution';

const values = (entries: Record<string, string | number>): Map<string, string | number> =>
  new Map(Object.entries(entries));

describe('raw substitution', () => {
  test('replaces every occurrence by the text, whatever it holds', () => {
    expect(rawSubstituted('{{A}}-{{A}} {{B}}', values({ A: '$&', B: "'" })).first).toBe("$&-$& '");
  });

  test('leaves placeholders of unknown keywords and of values that are no texts', () => {
    expect(rawSubstituted('{{A}} {{B}}', values({ A: 1 })).first).toBe('{{A}} {{B}}');
  });

  test('knows both outcomes where a keyword stands in the value of another', () => {
    expect(rawSubstituted('{{A}}', values({ A: 'x{{B}}', B: 'y' }))).toEqual({ first: 'xy', last: 'x{{B}}' });
    expect(rawSubstituted('{{A}}', values({ B: 'y', A: 'x{{B}}' }))).toEqual({ first: 'xy', last: 'x{{B}}' });
  });

  test('a circle ends', () => {
    expect(rawSubstituted('{{A}}', values({ A: '{{B}}', B: '{{A}}' })).first).toMatch(/^\{\{[AB]\}\}$/);
  });

  test('masks in quotes become nothing', () => {
    expect(withoutMasks(`a: '********'\nb: "********"\nc: ********`)).toBe('a: null\nb: null\nc: ********');
  });
});

describe('marks', () => {
  test('remember keyword, line and column', () => {
    const { texts, marks } = markedTexts([{ file: 'a', text: 'x\n  {{A}} {{B}}{{C}}' }], ['A', 'B']);
    expect(marks.occurrences.map(({ keyword, line, column }) => [keyword, line, column])).toEqual([
      ['A', 2, 3],
      ['B', 2, 9],
    ]);
    expect(marks.split(texts[0] ?? '').map((part) => (typeof part === 'string' ? part : part.keyword))).toEqual([
      'x\n  ',
      'A',
      ' ',
      'B',
      '{{C}}',
    ]);
  });

  test('are never words of the file', () => {
    const word = markedTexts([{ file: 'a', text: '{{A}}' }], ['A']).texts[0] ?? '';
    const { texts, marks } = markedTexts([{ file: 'a', text: `${word} {{A}}` }], ['A']);
    expect(marks.within(texts[0])).toHaveLength(1);
  });
});

test.each<[string, 'value' | 'element', unknown]>([
  ['true', 'value', true],
  ['900', 'value', 900],
  ['-1.5', 'value', -1.5],
  ['0755', 'value', '0755'],
  ['1.10', 'value', '1.10'],
  ['2027-03-01', 'value', '2027-03-01'],
  ['', 'value', null],
  ['[a, 1]', 'value', ['a', 1]],
  ['{ a: 1 }', 'value', { a: 1 }],
  ['[a', 'value', '[a'],
  ['a, b', 'value', 'a, b'],
  ['a, b', 'element', ['a', 'b']],
  ['plain', 'element', 'plain'],
])('%j alone without quotes, as %s, means %j', (text, place, expected) => {
  expect(looseValue(text, place)).toEqual(expected);
});

test('keywords in values are filled in, circles are left', () => {
  expect(resolved('A', values({ A: '{{B}}/{{C}}', B: 'b', C: '{{A}}' }))).toBe('b/{{A}}');
});

test('process variables', () => {
  expect(splitReferences('a${B}c')).toEqual([{ literal: 'a' }, { name: 'B' }, { literal: 'c' }]);
  expect(filledReferences('${A} ${B}', { A: '$&' })).toBe('$& ${B}');
});
