import { seedOfRun, share } from './sample';

const ITEMS = Array.from({ length: 47 }, (_, index) => index);

test('consecutive seeds draw every element of a list exactly once, in its order', () => {
  const shares = [15, 16, 17, 18, 19].map((seed) => share(ITEMS, 10, seed));
  expect(shares.flat().sort((a, b) => a - b)).toEqual(ITEMS);
  for (const each of shares) expect(each).toEqual([...each].sort((a, b) => a - b));
  expect(Math.max(...shares.map(({ length }) => length))).toBe(10);
});

test('the same seed draws the same share, another round of seeds draws others', () => {
  expect(share(ITEMS, 10, 7)).toEqual(share(ITEMS, 10, 7));
  expect(share(ITEMS, 10, 0)).not.toEqual(share(ITEMS, 10, 5));
});

test('a list that fits is drawn whole', () => {
  expect(share(ITEMS, 47, 123)).toEqual(ITEMS);
  expect(share([], 10, 3)).toEqual([]);
});

test('LIFTLOCK_SEED decides the seed, and has to be a whole number', () => {
  const before = process.env['LIFTLOCK_SEED'];
  try {
    process.env['LIFTLOCK_SEED'] = '12';
    expect(seedOfRun()).toBe(12);
    process.env['LIFTLOCK_SEED'] = 'noon';
    expect(seedOfRun).toThrow("LIFTLOCK_SEED has to be a whole number, not 'noon'.");
  } finally {
    if (before === undefined) delete process.env['LIFTLOCK_SEED'];
    else process.env['LIFTLOCK_SEED'] = before;
  }
});
