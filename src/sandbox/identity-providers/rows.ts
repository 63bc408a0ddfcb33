/** Rows come from the database by their unique key, in the order of its characters. */
export function inKeyOrder<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  return [...rows].sort((left, right) => {
    const [one, other] = [keyOf(left), keyOf(right)];
    return one < other ? -1 : Number(one > other);
  });
}

/** Of several with one key the first, as in a set of Java that takes them in turn. */
export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}
