/**
 * A number from 0 (included) to 1 (excluded) that belongs to a seed, a rule and a turn: the same three give the same
 * number, whatever was asked before. The mixing is the finalizer of MurmurHash3, once for each of the three.
 */
export function chanceOf(seed: number, rule: number, turn: number): number {
  return mixed(mixed(mixed(0x9e3779b9 ^ seed) ^ rule) ^ turn) / 4294967296;
}

function mixed(value: number): number {
  let hash = (value ^ (value >>> 16)) | 0;
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  // A constant keeps zero, which the finalizer maps to itself, from staying zero all the way.
  return ((hash ^ (hash >>> 16)) + 0x7f4a7c15) >>> 0;
}

/** A time out of a spread, by a chance from 0 to 1. */
export function spread(time: number | { readonly min: number; readonly max: number }, chance: number): number {
  return typeof time === 'number' ? time : time.min + (time.max - time.min) * chance;
}
