/**
 * Lists that the product keeps in a hash map come back in the order of that map: not the order of the request, but the
 * same for the same contents (reference §2.1.5, §2.2.2). This is that order, from the hash of each item's key.
 */
export function unkeptOrder<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item), bucket: scattered(keyOf(item)) }))
    .sort((left, right) => left.bucket - right.bucket || (left.key < right.key ? -1 : 1))
    .map((entry) => entry.item);
}

function scattered(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
