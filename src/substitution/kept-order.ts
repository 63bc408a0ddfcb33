/**
 * Pairs of positions that are equal and in order on both sides, as many as possible. What both begin and end with is
 * paired at once, so that one change in a long text costs little.
 */
export function longestCommon(
  left: number,
  right: number,
  isEqual: (l: number, r: number) => boolean,
): Map<number, number> {
  const pairs = new Map<number, number>();
  let start = 0;
  while (start < left && start < right && isEqual(start, start)) pairs.set(start, start++);
  let end = 0;
  while (end < left - start && end < right - start && isEqual(left - 1 - end, right - 1 - end)) end += 1;
  const middle = longestBetween(left - start - end, right - start - end, (l, r) => isEqual(l + start, r + start));
  for (const [l, r] of middle) pairs.set(l + start, r + start);
  for (let back = end; back > 0; back -= 1) pairs.set(left - back, right - back);
  return pairs;
}

/** More cells than this would take seconds; then what lies between stays unpaired. */
const MOST_CELLS = 4_000_000;

function longestBetween(left: number, right: number, isEqual: (l: number, r: number) => boolean): Map<number, number> {
  if (left * right === 0 || left * right > MOST_CELLS) return new Map();
  const lengths: number[][] = Array.from({ length: left + 1 }, () => Array.from({ length: right + 1 }, () => 0));
  const at = (l: number, r: number): number => lengths[l]?.[r] ?? 0;
  for (let l = left - 1; l >= 0; l -= 1) {
    const row = lengths[l] ?? [];
    for (let r = right - 1; r >= 0; r -= 1) {
      row[r] = isEqual(l, r) ? at(l + 1, r + 1) + 1 : Math.max(at(l + 1, r), at(l, r + 1));
    }
  }
  const pairs = new Map<number, number>();
  for (let l = 0, r = 0; l < left && r < right;) {
    if (isEqual(l, r)) pairs.set(l++, r++);
    else if (at(l + 1, r) >= at(l, r + 1)) l += 1;
    else r += 1;
  }
  return pairs;
}
