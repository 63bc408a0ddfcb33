import type { Line, Look, Span, TerminalOptions, Tone } from './look';
import { lookOf } from './look';
import { columns, splitAt } from './width';

const CODES: Readonly<Record<Tone, string>> = {
  plain: '',
  add: '32',
  ok: '32',
  change: '33',
  warning: '33',
  remove: '31',
  error: '31',
  dim: '2',
  bold: '1',
};

/**
 * The text of lines: cut at the width, or continued below where nothing may be cut; without spaces at their ends,
 * coloured if wanted. Ends with a newline.
 */
export function paint(lines: readonly Line[], options: TerminalOptions): string {
  const look = lookOf(options);
  return lines
    .flatMap((line) => fitted(line, look))
    .map((line) => `${paintLine(line, options.colour)}\n`)
    .join('');
}

function paintLine(line: Line, colour: boolean): string {
  return trimmed(line)
    .map(({ text, tone }) => (colour && CODES[tone] !== '' ? `\x1b[${CODES[tone]}m${text}\x1b[0m` : text))
    .join('');
}

/** The last resort: layouts keep to the width themselves. */
function fitted(line: Line, look: Look): Line[] {
  const whole = line.reduce((sum, { text }) => sum + columns(text), 0);
  if (whole <= look.width || line.some(({ uncut }) => uncut)) return [line];
  return look.full ? continued(line, look.width) : [cut(line, look)];
}

/** Lines of a width that hold all of a line that is longer. */
function continued(line: Line, width: number): Line[] {
  const lines: Span[][] = [[]];
  let room = width;
  for (const { text, tone } of line) {
    let rest = text;
    while (rest !== '') {
      const [start, end] = splitAt(rest, room);
      if (start !== '') lines.at(-1)?.push({ text: start, tone });
      room -= columns(start);
      rest = end;
      if (rest === '') break;
      // A character that is wider than a whole line goes on it all the same.
      if (start === '' && room === width) {
        lines.at(-1)?.push({ text: rest, tone });
        break;
      }
      lines.push([]);
      room = width;
    }
  }
  return lines;
}

function cut(line: Line, { width, glyphs }: Look): Line {
  const spans: Span[] = [];
  let room = width - columns(glyphs.more);
  for (const { text, tone } of line) {
    const [start] = splitAt(text, room);
    room -= columns(start);
    spans.push({ text: start, tone });
    if (start !== text) break;
  }
  return [...spans, { text: glyphs.more, tone: 'dim' }];
}

function trimmed(line: Line): Span[] {
  const spans = [...line];
  for (let last = spans.pop(); last; last = spans.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...spans, { text, tone: last.tone }];
  }
  return [];
}
