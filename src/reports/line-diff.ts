/** One line of a text comparison; a gap stands for unchanged lines that are not shown. */
export type DiffLine =
  { readonly sign: ' ' | '+' | '-'; readonly text: string } | { readonly sign: 'gap'; readonly count: number };

type PlainLine = Exclude<DiffLine, { sign: 'gap' }>;

/** Unchanged lines shown around a change. */
const CONTEXT = 2;

/** Beyond this many pairs of lines the middle is shown as replaced as a whole. */
const LARGEST_TABLE = 4_000_000;

/** What turns one text into another, line by line, with a little context. */
export function diffLines(from: string, to: string): DiffLine[] {
  const isEnded = from.endsWith('\n') && to.endsWith('\n');
  return withGaps(compareLines(linesOf(from, isEnded), linesOf(to, isEnded)));
}

/** Every line of a text with one sign. */
export function allLines(sign: '+' | '-', text: string): DiffLine[] {
  return linesOf(text, text.endsWith('\n')).map((line) => ({ sign, text: line }));
}

/** Lines of a text. A line end at the end makes one more, empty line, unless it is left out. */
function linesOf(text: string, withoutLast: boolean): string[] {
  return (withoutLast ? text.slice(0, -1) : text).split('\n');
}

function compareLines(left: readonly string[], right: readonly string[]): PlainLine[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  const shorter = Math.min(left.length, right.length) - start;
  while (end < shorter && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  return [
    ...left.slice(0, start).map((text): PlainLine => ({ sign: ' ', text })),
    ...compareMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...left.slice(left.length - end).map((text): PlainLine => ({ sign: ' ', text })),
  ];
}

function compareMiddle(left: readonly string[], right: readonly string[]): PlainLine[] {
  if (left.length * right.length > LARGEST_TABLE) return replaced(left, right);
  const table = commonLengths(left, right);
  const lines: PlainLine[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [old, fresh] = [left[row], right[column]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || below(table, row, column) >= beside(table, row, column))) {
      lines.push({ sign: '-', text: old });
      row += 1;
    } else {
      lines.push({ sign: '+', text: fresh ?? '' });
      column += 1;
    }
  }
  return lines;
}

const below = (table: Uint32Array[], row: number, column: number): number => table[row + 1]?.[column] ?? 0;
const beside = (table: Uint32Array[], row: number, column: number): number => table[row]?.[column + 1] ?? 0;

/** Length of the longest common subsequence of the two rests, for every pair of positions. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let row = left.length - 1; row >= 0; row -= 1) {
    const own = table[row];
    for (let column = right.length - 1; own && column >= 0; column -= 1) {
      const same = left[row] === right[column];
      own[column] = same
        ? below(table, row, column + 1) + 1
        : Math.max(below(table, row, column), beside(table, row, column));
    }
  }
  return table;
}

function replaced(left: readonly string[], right: readonly string[]): PlainLine[] {
  return [
    ...left.map((text): PlainLine => ({ sign: '-', text })),
    ...right.map((text): PlainLine => ({ sign: '+', text })),
  ];
}

function withGaps(lines: readonly PlainLine[]): DiffLine[] {
  const changed = lines.flatMap((line, index) => (line.sign === ' ' ? [] : [index]));
  const isNear = new Uint8Array(lines.length);
  for (const index of changed) isNear.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  const result: DiffLine[] = [];
  let skipped = 0;
  for (const [index, line] of lines.entries()) {
    if (isNear[index] === 0) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) result.push({ sign: 'gap', count: skipped });
    skipped = 0;
    result.push(line);
  }
  return skipped > 0 ? [...result, { sign: 'gap', count: skipped }] : result;
}
