/**
 * Paths into an artifact, as users write and read them: `a.b`, `steps[2].options[LOCAL/totp]`, `profiles["a.b"]`.
 * A segment is the field of a map, or the identity (or position) of a list's element.
 */
export type FieldSegment = { readonly field: string };
export type ItemSegment = { readonly item: string };
export type Segment = FieldSegment | ItemSegment;
export type Path = readonly Segment[];

const PLAIN_FIELD = /^[A-Za-z_$][\w$-]*$/;
const PLAIN_ITEM = /^[^"[\]\s][^"[\]\n]*$|^\*?$/;

export const isField = (segment: Segment): segment is FieldSegment => 'field' in segment;

/** The text of a path; `parsePath(formatPath(path))` gives the same segments. */
export function formatPath(path: Path): string {
  return path
    .map((segment, index) => (isField(segment) ? formatField(segment.field, index) : formatItem(segment.item)))
    .join('');
}

function formatField(field: string, index: number): string {
  const text = PLAIN_FIELD.test(field) ? field : JSON.stringify(field);
  return index === 0 ? text : `.${text}`;
}

function formatItem(item: string): string {
  return PLAIN_ITEM.test(item) ? `[${item}]` : `[${JSON.stringify(item)}]`;
}

const TOKEN = /\.?("(?:[^"\\]|\\.)*")|\.?([^.[\]"]+)|\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/y;

/**
 * Reads a path (or a pattern, where `[]` stands for every element and `*` for every field).
 * Throws SyntaxError naming the position for text that is not a path.
 */
export function parsePath(text: string): Segment[] {
  const segments: Segment[] = [];
  let position = 0;
  while (position < text.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match)
      throw new SyntaxError(`"${text}" is not a field path: unexpected character at position ${position + 1}`);
    const [token, quoted, plain, item] = match;
    if (item !== undefined) segments.push({ item: item.startsWith('"') ? String(JSON.parse(item)) : item });
    else segments.push({ field: quoted === undefined ? (plain ?? '') : String(JSON.parse(quoted)) });
    position += token.length;
  }
  return segments;
}

const patterns = new Map<string, Path>();

/** A pattern of a kind's table as a path, parsed once: the tables are fixed, and every artifact is held against them. */
export function patternOf(text: string): Path {
  const known = patterns.get(text);
  if (known) return known;
  const path = parsePath(text);
  patterns.set(text, path);
  return path;
}

/** True when the concrete path lies at the pattern: `[]` matches any element, `*` any field. */
export function matchesPattern(pattern: Path, path: Path): boolean {
  return pattern.length === path.length && pattern.every((segment, index) => matchesSegment(segment, path[index]));
}

/** True when the path is the other one or lies below it. */
export function isWithin(path: Path, pattern: Path): boolean {
  return path.length >= pattern.length && matchesPattern(pattern, path.slice(0, pattern.length));
}

function matchesSegment(pattern: Segment, segment: Segment | undefined): boolean {
  if (!segment) return false;
  if (isField(pattern)) return isField(segment) && (pattern.field === '*' || pattern.field === segment.field);
  return !isField(segment) && (pattern.item === '' || pattern.item === segment.item);
}

/** The field name at a depth; empty when there is none or it is a list element. */
export function fieldAt(path: Path, depth: number): string {
  const segment = path[depth];
  return segment && isField(segment) ? segment.field : '';
}

/** The identity of the list element at a depth, if it is one. */
export function itemAt(path: Path, depth: number): string | undefined {
  const segment = path[depth];
  return segment && !isField(segment) ? segment.item : undefined;
}
