import fc from '../fast-check';
import { formatPath, isWithin, matchesPattern, parsePath, type Segment } from '../../src/model/path';

const segment = fc.oneof(
  fc.string().map((field): Segment => ({ field })),
  fc.string().map((item): Segment => ({ item })),
);

describe('field paths', () => {
  test('a path of fields and elements reads as people write it', () => {
    expect(formatPath([{ field: 'steps' }, { item: '2' }, { field: 'options' }, { item: 'LOCAL/totp' }])).toBe(
      'steps[2].options[LOCAL/totp]',
    );
  });

  test('a field with a dot and an element with a bracket are quoted', () => {
    expect(formatPath([{ field: 'profiles' }, { field: 'a.b' }, { item: 'x]y' }])).toBe('profiles."a.b"["x]y"]');
  });

  test('every path survives being written and read again', () => {
    fc.assert(fc.property(fc.array(segment), (path) => expect(parsePath(formatPath(path))).toEqual(path)));
  });

  test('text that is no path is refused with the position', () => {
    expect(() => parsePath('a..b')).toThrow(/position 2/);
    expect(() => parsePath('a[b')).toThrow(SyntaxError);
  });

  test('an empty element matches every element, a star every field', () => {
    expect(matchesPattern(parsePath('a[].b'), parsePath('a[x].b'))).toBe(true);
    expect(matchesPattern(parsePath('a.*.b'), parsePath('a.x.b'))).toBe(true);
    expect(matchesPattern(parsePath('a[y].b'), parsePath('a[x].b'))).toBe(false);
    expect(isWithin(parsePath('a[x].b.c'), parsePath('a[]'))).toBe(true);
  });
});
