/** Numbers between 0 and 1 that a seed decides (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A share of a list, in the order of the list. The seeds 0 to n - 1 of a list of n shares have every element in exactly one
 * share, so consecutive seeds leave nothing out.
 */
export function share<Item>(items: readonly Item[], atMost: number, seed: number): readonly Item[] {
  const shares = Math.max(1, Math.ceil(items.length / atMost));
  const round = Math.floor(seed / shares);
  const next = numbers(round);
  const places = items.map((_, index) => index);
  for (let last = places.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [places[last], places[other]] = [places[other] ?? 0, places[last] ?? 0];
  }
  const drawn = new Set(places.filter((_, index) => index % shares === seed % shares));
  return items.filter((_, index) => drawn.has(index));
}

/** The seed of a run: LIFTLOCK_SEED, or any number. Throws where LIFTLOCK_SEED is no whole number. */
export function seedOfRun(): number {
  const given = process.env['LIFTLOCK_SEED'];
  if (given === undefined) return Math.floor(Math.random() * 1_000_000);
  const seed = Number(given);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Error(`LIFTLOCK_SEED has to be a whole number, not '${given}'.`);
  return seed;
}
