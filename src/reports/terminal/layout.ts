import { visible } from '../visible';
import type { Line, Look, Span, Tone } from './look';
import { columns, splitAt, tail } from './width';

/** A piece of text whose unseen characters are spelt out. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: visible(text), tone };
}

/** A line that starts with spaces. */
export function indented(indent: number, ...spans: readonly Span[]): Line {
  return [{ text: ' '.repeat(indent), tone: 'plain' }, ...spans];
}

/** How text is cut: with which sign, or not at all. */
type Cut = Pick<Look, 'glyphs' | 'full'>;

/** The start of a text that is too long. */
export function fold(text: string, width: number, { glyphs, full }: Cut): string {
  if (full || columns(text) <= width) return text;
  return splitAt(text, Math.max(0, width - columns(glyphs.more)))[0] + glyphs.more;
}

/** Start and end of a text that is too long: for paths and names, whose ends tell most. */
export function foldMiddle(text: string, width: number, { glyphs, full }: Cut): string {
  if (full || columns(text) <= width) return text;
  const room = Math.max(0, width - columns(glyphs.more));
  const start = splitAt(text, Math.floor(room / 3))[0];
  return start + glyphs.more + tail(text, room - columns(start));
}

/**
 * Two texts that are too long, cut so that what differs stays in sight: equal starts are shortened first.
 */
export function foldPair(from: string, to: string, width: number, look: Cut): [string, string] {
  const { glyphs, full } = look;
  if (full || (columns(from) <= width && columns(to) <= width)) return [from, to];
  const start = commonStart(from, to);
  const kept = Math.floor(width / 4);
  if (start <= kept + columns(glyphs.more)) return [fold(from, width, look), fold(to, width, look)];
  const cut = (text: string): string =>
    fold(glyphs.more + text.slice(start - kept).replace(/^[\udc00-\udfff]/, ''), width, look);
  return [cut(from), cut(to)];
}

/** Length of what two texts start with alike; never between the halves of one character. */
function commonStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length > 0 && /[\ud800-\udbff]/.test(left[length - 1] ?? '') ? length - 1 : length;
}

/** Words that are too long for a line: broken, or on a line of their own that is longer. */
type LongWords = 'break' | 'keep';

/** Whole words on lines of a width. Line breaks of the text stay. */
export function wrap(text: string, width: number, long: LongWords = 'break'): string[] {
  return text.split(/\r?\n/).flatMap((line) => wrapLine(visible(line), Math.max(1, width), long));
}

function wrapLine(line: string, width: number, long: LongWords): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (columns(longer) <= width) {
      current = longer;
      continue;
    }
    if (current !== '') lines.push(current);
    const broken = long === 'keep' ? [word] : breakText(word, width);
    lines.push(...broken.slice(0, -1));
    current = broken.at(-1) ?? '';
  }
  return [...lines, current];
}

/** A text in pieces of a width. */
export function breakText(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (columns(rest) > width) {
    const [start, end] = splitAt(rest, width);
    if (start === '') break;
    parts.push(start);
    rest = end;
  }
  return [...parts, rest];
}

const PATH_PARTS = /\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]|\.?"(?:[^"\\]|\\.)*"|\.?[^.[]+|./g;

/** A field path on lines of a width, broken between its segments where that is possible. */
export function wrapPath(path: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const part of visible(path).match(PATH_PARTS) ?? []) {
    if (columns(current + part) <= width) {
      current += part;
      continue;
    }
    if (current !== '') lines.push(current);
    const broken = breakText(part, width);
    lines.push(...broken.slice(0, -1));
    current = broken.at(-1) ?? '';
  }
  return [...lines, current];
}

/** Wrapped text after a head: the further lines stand below the first word. */
export function hanging(
  head: readonly Span[],
  text: string,
  tone: Tone,
  width: number,
  long: LongWords = 'break',
): Line[] {
  const used = head.reduce((sum, one) => sum + columns(one.text), 0);
  const uncut = long === 'keep' ? { uncut: true as const } : {};
  const [first = '', ...rest] = wrap(text, width - used, long);
  return [
    [...head, { text: first, tone, ...uncut }],
    ...rest.map((line) => indented(used, { text: line, tone, ...uncut })),
  ];
}
