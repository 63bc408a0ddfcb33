/*
 * The order in which a HashMap or HashSet of Java gives what was put into it. Several lists of the product are such
 * collections on their way out, so their order follows from what is in them, and from nothing else.
 */

/** String.hashCode() of Java: an Integer of 32 bits. */
export function hashOfText(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The hash of two texts as the product's classes combine them; an absent text counts 0. */
export function hashOfPair(first: string, second: string | undefined): number {
  return (Math.imul(hashOfText(first), 31) + (second === undefined ? 0 : hashOfText(second))) | 0;
}

const LEAST_BUCKETS = 16;
/** From so many buckets on, one that is crowded becomes a tree; below that, the number of buckets is doubled. */
const BUCKETS_WITH_TREES = 64;
const CROWD = 8;

/** The buckets of a collection that grew one by one: doubled when it is more than three quarters full, or crowded. */
function grownBuckets(hashes: readonly number[]): number {
  let buckets = LEAST_BUCKETS;
  hashes.forEach((hash, size) => {
    const neighbours = hashes.slice(0, size).filter((each) => bucketOf(each, buckets) === bucketOf(hash, buckets));
    if (neighbours.length >= CROWD && buckets < BUCKETS_WITH_TREES) buckets *= 2;
    if (size + 1 > buckets * 0.75) buckets *= 2;
  });
  return buckets;
}

/** The buckets of a HashMap that was made as the copy of another one. */
function copiedBuckets(size: number): number {
  let buckets = 1;
  while (buckets < size / 0.75 + 1) buckets *= 2;
  return buckets;
}

/**
 * The items in the order of a Java collection into which they were put in this order.
 * @param hashOf hashCode() of the item, or of its key
 * @param made whether the collection grew item by item, or was made as a copy of another one
 */
export function hashOrder<T>(
  items: readonly T[],
  hashOf: (item: T) => number,
  made: 'grown' | 'copied' = 'grown',
): T[] {
  const hashes = items.map(hashOf);
  const buckets = made === 'grown' ? grownBuckets(hashes) : copiedBuckets(items.length);
  return items
    .map((item, index) => ({ item, bucket: bucketOf(hashes[index] ?? 0, buckets) }))
    .sort((left, right) => left.bucket - right.bucket)
    .map(({ item }) => item);
}

function bucketOf(hash: number, buckets: number): number {
  return (hash ^ (hash >>> 16)) & (buckets - 1);
}
