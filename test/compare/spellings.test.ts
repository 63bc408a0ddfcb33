import fc from '../fast-check';
import { canonicalise } from '../../src/compare/canonical';
import { compareCanonical } from '../../src/compare/differences';
import type { JsonObject } from '../../src/model/json';
import type { Kind } from '../../src/model/kind';
import { ordersKind } from './orders-kind';

const lowerCase = (text: string): string => text.toLowerCase();
const kind: Kind = {
  ...ordersKind,
  spellings: ['note', 'tags[]', 'lines[].id'].map((path) => ({
    path,
    same: 'upper and lower case',
    comparable: lowerCase,
  })),
};
const differences = (from: JsonObject, to: JsonObject) =>
  compareCanonical(kind, canonicalise(kind, from, '2.0'), canonicalise(kind, to, '2.0'));

const word = fc.stringMatching(/^[a-c]{1,3}$/);
const respelled = (text: string, upper: boolean): string => (upper ? text.toUpperCase() : text);

describe('texts with several spellings', () => {
  test('spelling alone is no difference, wherever the text stands and however many there are', () => {
    const words = fc.uniqueArray(fc.tuple(word, fc.boolean(), fc.boolean()), { selector: ([text]) => text });
    fc.assert(
      fc.property(words, (list) => {
        const side = (at: 1 | 2): JsonObject => ({
          name: 'o',
          note: list.map((entry) => respelled(entry[0], entry[at])).join(' '),
          tags: list.map((entry) => respelled(entry[0], entry[at])),
          lines: list.map((entry) => ({ id: respelled(entry[0], entry[at]), amount: 2 })),
        });
        expect(differences(side(1), { ...side(2), tags: (side(2).tags as string[]).toReversed() })).toEqual([]);
      }),
    );
  });

  test('what else changes is told in the spelling of the wanted state', () => {
    const from = { name: 'o', lines: [{ id: 'a', amount: 2 }] };
    expect(differences(from, { name: 'o', lines: [{ id: 'A', amount: 3 }] })).toEqual([
      { path: 'lines[A].amount', change: 'change', from: 2, to: 3 },
    ]);
  });

  test('two spellings in one list are two elements: taking one away is a difference', () => {
    expect(differences({ name: 'o', tags: ['a', 'A'] }, { name: 'o', tags: ['A'] })).toEqual([
      { path: 'tags[a]', change: 'remove', from: 'a' },
    ]);
  });

  test('swapped texts are a difference, not a matter of spelling', () => {
    const lines = (first: string, second: string) => ({
      name: 'o',
      lines: [
        { id: first, amount: 1 },
        { id: second, amount: 2 },
      ],
    });
    expect(differences(lines('a', 'b'), lines('B', 'A')).map(({ path }) => path)).toEqual([
      'lines[A].amount',
      'lines[B].amount',
    ]);
  });
});
