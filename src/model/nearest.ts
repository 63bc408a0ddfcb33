/**
 * The candidate that a mistyped word most probably means, or undefined when none is close. Letters that were left out,
 * added, replaced or swapped count one each; case does not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = distanceBetween(wanted, other);
    const isClose = distance <= tolerance(wanted, candidate) || isStart(wanted, other) || isStart(other, wanted);
    if (isClose && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** The question whether the nearest candidate was meant, with a blank behind it for what follows; empty when none is. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? '' : `Did you mean "${candidate}"? `;
}

/** A hint of one or two sentences for a name that does not exist. */
export function nearestHint(word: string, candidates: readonly string[], label = 'Known'): string | undefined {
  const candidate = nearest(word, candidates);
  if (candidate !== undefined) return `Did you mean "${candidate}"?`;
  if (candidates.length === 0 || candidates.length > LONGEST_LIST) return undefined;
  return `${label}: ${candidates.join(', ')}.`;
}

const LONGEST_LIST = 24;

/** `user` for `username`. */
function isStart(short: string, long: string): boolean {
  return short.length >= 3 && long.startsWith(short);
}

function tolerance(word: string, candidate: string): number {
  const longer = Math.max(word.length, candidate.length);
  return Math.max(1, Math.floor(longer / 3));
}

/** Optimal string alignment distance (Damerau/Levenshtein with adjacent swaps). */
function distanceBetween(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = cell(previous, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let best = Math.min(cell(previous, column) + 1, cell(current, column - 1) + 1, replaced);
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwap) best = Math.min(best, cell(beforePrevious, column - 2) + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return cell(previous, right.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
