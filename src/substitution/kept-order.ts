/** Pairs of positions that are equal and in order on both sides, as many as possible. */
export function longestCommon(
  left: number,
  right: number,
  isEqual: (l: number, r: number) => boolean,
): Map<number, number> {
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
