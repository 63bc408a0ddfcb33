/**
 * Lists whose order the product does not keep come back in an order of the server's own: not that of the request, and
 * another one on another server, but always the same for the same contents (reference §2.1.5, §2.2.2).
 * @param salt what makes the order of one server differ from that of another
 */
export function unkeptOrder<T>(items: readonly T[], salt: number, keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item), bucket: scattered(`${salt}/${keyOf(item)}`) }))
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
