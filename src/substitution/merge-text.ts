import { longestCommon } from './kept-order';
import { stillStanding, type Piece, type TextPart } from './still-standing';

/**
 * Cuts a live text up so that placeholders of the template stand where their values still are. Lines that did not change
 * keep theirs; between two such lines the values are looked for one by one. The pieces joined are the live text, so
 * nothing is ever rendered to anything else. Pure.
 */
export function mergeText(parts: readonly TextPart[], live: string): Piece[] {
  const template = linesOf(parts);
  const there = live.split('\n');
  const kept = keptLines(template, there);
  const pieces: Piece[][] = [];
  let [line, position] = [0, 0];
  for (const { index, at, count } of [...kept, { index: template.length, at: there.length, count: 0 }]) {
    if (at > position) {
      const between = template.slice(line, index).flatMap((one, offset) => [...(offset ? [BREAK] : []), ...one]);
      pieces.push(stillStanding(between, there.slice(position, at).join('\n')));
    }
    const own = template[index];
    if (own) pieces.push(own.map(({ value, part }) => part ?? value));
    [line, position] = [index + 1, at + count];
  }
  return template.reduce(withMovedLine, joined(pieces));
}

/** A whole line that stands somewhere else now takes its placeholders along. */
function withMovedLine(pieces: Piece[], line: Line): Piece[] {
  const own = line.flatMap(({ part }) => part ?? []);
  const text = line.map(({ value }) => value).join('');
  if (own.length === 0 || text.trim() === '' || own.some((part) => pieces.includes(part))) return pieces;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== 'string') continue;
    // Only the first and the last piece begin or end a line without a line break of their own.
    const [head, tail] = [index === 0 ? '\n' : '', index === pieces.length - 1 ? '\n' : ''];
    const found = `${head}${piece}${tail}`.indexOf(`\n${text}\n`);
    if (found < 0) continue;
    const start = found + 1 - head.length;
    const moved = [piece.slice(0, start), ...line.map(({ value, part }) => part ?? value)];
    return joined([
      [...pieces.slice(0, index), ...moved, piece.slice(start + text.length), ...pieces.slice(index + 1)],
    ]);
  }
  return pieces;
}

const BREAK: TextPart = { value: '\n' };

type Line = readonly TextPart[];

/** The parts by lines of the template; a placeholder for several lines stays in one. */
function linesOf(parts: readonly TextPart[]): Line[] {
  const lines: TextPart[][] = [[]];
  for (const part of parts) {
    if (part.part !== undefined) {
      lines.at(-1)?.push(part);
      continue;
    }
    for (const [index, value] of part.value.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (value !== '') lines.at(-1)?.push({ value });
    }
  }
  return lines;
}

/** Lines of the template that stand in the live text as they are: which, at which live line, and how many of them. */
function keptLines(
  template: readonly Line[],
  there: readonly string[],
): { index: number; at: number; count: number }[] {
  const spans = template.map((line) =>
    line
      .map(({ value }) => value)
      .join('')
      .split('\n'),
  );
  const here = spans.flat();
  const pairs = longestCommon(here.length, there.length, (l, r) => here[l] === there[r]);
  let start = 0;
  return spans.flatMap((span, index) => {
    const first = pairs.get(start);
    const from = start;
    start += span.length;
    const isKept = first !== undefined && span.every((_, offset) => pairs.get(from + offset) === first + offset);
    return isKept ? [{ index, at: first, count: span.length }] : [];
  });
}

/** Groups of lines put together again; neighbouring literals become one. */
function joined(groups: readonly (readonly Piece[])[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (piece: Piece): void => {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  };
  groups.forEach((group, index) => {
    if (index > 0) add('\n');
    group.forEach(add);
  });
  return pieces;
}
