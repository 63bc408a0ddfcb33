/** A part of a text: the same everywhere, or with a value for each environment. */
export type Piece = string | readonly string[];

/** An address up to its path; a host name with dots; a word; a run of blanks; any other character. */
const TOKEN =
  /[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/'"|()<>?#,;]+|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?::\d+)?|[A-Za-z0-9_-]+|\s+|[^]/g;

/** With more differences than this, a text is taken as a whole: nobody would want to read the template. */
const MOST_DIFFERENCES = 3;

/**
 * One text in several environments, taken apart into what is the same and what differs, so that a host is separated from
 * its path. Undefined when nothing worth keeping is the same. Texts of several lines are taken apart line by line. Pure;
 * joining the pieces of an environment always gives its text.
 */
export function piecesOf(texts: readonly string[]): Piece[] | undefined {
  const lines = texts.map((text) => text.split(/(?<=\n)/));
  const [first = []] = lines;
  if (first.length > 1 && lines.every((each) => each.length === first.length)) {
    return joined(first.flatMap((_, index) => piecesOfLine(lines.map((each) => each[index] ?? ''))));
  }
  const pieces = joined(piecesOfLine(texts));
  const isWorthIt = pieces.length > 2 || pieces.some((piece) => typeof piece === 'string');
  const keepsWords = pieces.some((piece) => typeof piece === 'string' && /[A-Za-z0-9/]/.test(piece));
  const rows = pieces.filter((piece) => typeof piece !== 'string');
  return isWorthIt && (keepsWords || rows.length > 1) ? pieces : undefined;
}

function piecesOfLine(texts: readonly string[]): Piece[] {
  const [first = ''] = texts;
  if (texts.every((text) => text === first)) return first === '' ? [] : [first];
  const tokens = texts.map((text) => text.match(TOKEN) ?? []);
  return byPosition(tokens) ?? byEnds(tokens);
}

/** Where every text has the same number of tokens, each differing one is a difference of its own. */
function byPosition(tokens: readonly (readonly string[])[]): Piece[] | undefined {
  const [first = []] = tokens;
  if (tokens.some((each) => each.length !== first.length)) return undefined;
  const pieces = first.map((_, index): Piece => rowOf(tokens.map((each) => each[index] ?? '')));
  const differing = pieces.filter((piece): piece is readonly string[] => typeof piece !== 'string');
  const isWords = differing.every((row) => row.every((text) => /[A-Za-z0-9]/.test(text)));
  return differing.length <= MOST_DIFFERENCES && isWords ? pieces : undefined;
}

/** What stands between the common start and the common end, in whole tokens. */
function byEnds(tokens: readonly (readonly string[])[]): Piece[] {
  const shortest = Math.min(...tokens.map((each) => each.length));
  let start = 0;
  while (start < shortest && isCommon(tokens, (each) => each[start])) start += 1;
  let end = 0;
  while (end < shortest - start && isCommon(tokens, (each) => each[each.length - 1 - end])) end += 1;
  // A variable with an empty value reads badly: it takes a neighbour along.
  if (tokens.some((each) => each.length === start + end)) {
    if (end > 0) end -= 1;
    else if (start > 0) start -= 1;
  }
  const [first = []] = tokens;
  const middle = tokens.map((each) => each.slice(start, each.length - end).join(''));
  const pieces: Piece[] = [first.slice(0, start).join(''), middle, first.slice(first.length - end).join('')];
  return pieces.filter((piece) => piece !== '');
}

function isCommon(
  tokens: readonly (readonly string[])[],
  at: (each: readonly string[]) => string | undefined,
): boolean {
  const [first = []] = tokens;
  const token = at(first);
  return token !== undefined && tokens.every((each) => at(each) === token);
}

function rowOf(texts: readonly string[]): Piece {
  const [first = ''] = texts;
  return texts.every((text) => text === first) ? first : texts;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}
