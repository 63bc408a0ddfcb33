import type { Json } from '../model/json';

/** What is made of the parts of a text as they are read. Offsets are those of the text, `end` is behind the last character. */
export interface SubsetBuilder<T> {
  map(fields: readonly SubsetField<T>[]): T;
  list(items: readonly SubsetElement<T>[]): T;
  flowList(items: readonly T[], start: number, end: number): T;
  emptyMap(start: number, end: number): T;
  scalar(value: Scalar, start: number, end: number): T;
  literal(text: string, start: number, end: number): T;
  /** Nothing is written behind the colon or dash, which ends at the offset. */
  nothing(at: number): T;
}

export type Scalar = string | number | boolean | null;

/** An element of a block list, with the offset of its dash. */
export interface SubsetElement<T> {
  readonly start: number;
  readonly value: T;
}

/** A field of a block map, with the offsets of its name and behind its colon. */
export interface SubsetField<T> extends SubsetElement<T> {
  readonly field: string;
  readonly headEnd: number;
}

/** Reads the plain part of YAML as JSON; undefined for everything else, as `readSubset`. */
export function parseSubset(text: string): Json | undefined {
  return readSubset(text, JSON_VALUES);
}

const JSON_VALUES: SubsetBuilder<Json> = {
  map: (fields) => {
    const value: Record<string, Json> = {};
    for (const { field, value: inner } of fields) value[field] = inner;
    return value;
  },
  list: (items) => items.map(({ value }) => value),
  flowList: (items) => [...items],
  emptyMap: () => ({}),
  scalar: (value) => value,
  literal: (text) => text,
  nothing: () => null,
};

/**
 * Reads the plain part of YAML that nearly all artifact files consist of: block maps and lists, plain and quoted texts on
 * one line, literal blocks, comments. It is some twenty times as fast as a full parser, which counts for thousands of
 * files. Returns undefined for everything else, right or wrong: then the full parser decides and explains.
 */
export function readSubset<T>(text: string, builder: SubsetBuilder<T>): T | undefined {
  if (STRANGE.test(text)) return undefined;
  try {
    return new SubsetReader(text.split('\n'), builder).document();
  } catch (error) {
    if (error instanceof OutsideSubset) return undefined;
    throw error;
  }
}

/** Tabs, other line ends, control and invisible characters. */
const STRANGE = /[^\n\P{Cc}]|[\u2028\u2029\ufeff\p{Cs}]/u;
const FIELD = /^([A-Za-z_$][\w$.-]*|"[^"\\]*"|'[^']*'):(?: +(.*))?$/;
const DOUBLE_QUOTED = /^("(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")(?: +#.*)?$/;
const SINGLE_QUOTED = /^'((?:[^']|'')*)'(?: +#.*)?$/;
/** A list on one line, of texts and numbers without anything that could be an indicator inside of it. */
const FLOW_LIST = /^\[((?:[\p{L}\p{N}_][\p{L}\p{N}_./-]*(?::\/\/[\p{L}\p{N}_./-]+)?(?:, |(?=\])))+)\](?: +#.*)?$/u;
/** Begins like a text or number; anything that could be an indicator is left to the full parser. */
const PLAIN = /^(?:[\p{L}\p{N}_$/(~.]|[-+](?=[\d.]))/u;
const NUMBER_LIKE = /^[-+.\d][-+.\w]*$/;
const SIMPLE_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const CONSTANTS = new Map<string, Scalar>(
  (
    [
      [null, 'null'],
      [true, 'true'],
      [false, 'false'],
    ] as const
  ).flatMap(([value, word]) => [
    [word, value],
    [word.toUpperCase(), value],
    [word.charAt(0).toUpperCase() + word.slice(1), value],
  ]),
);

/** YAML allows 1024 characters before a colon. */
const LONGEST_FIELD = 1000;

class OutsideSubset extends Error {}

/** One for all: making an error with its stack takes longer than reading a file. */
const OUTSIDE = new OutsideSubset();

function leave(): never {
  throw OUTSIDE;
}

class SubsetReader<T> {
  private index = 0;
  /** Offset of the current line, which the lines up to it were counted for. */
  private offset = 0;
  private counted = 0;

  constructor(
    private readonly lines: string[],
    private readonly builder: SubsetBuilder<T>,
  ) {}

  document(): T {
    this.toContent();
    if (this.indent() !== 0 || this.lines[this.index]?.startsWith('-')) leave();
    const value = this.map(0);
    if (this.index < this.lines.length) leave();
    return value;
  }

  /** Moves to the next line that is neither blank nor a comment. */
  private toContent(): void {
    for (; this.index < this.lines.length; this.index += 1) {
      const start = this.line().search(/[^ ]/);
      if (start >= 0 && this.line()[start] !== '#') return;
    }
  }

  private line(): string {
    return this.lines[this.index] ?? '';
  }

  /** Offset of the current line; lines are only ever read forwards. */
  private lineStart(): number {
    for (; this.counted < this.index; this.counted += 1) this.offset += (this.lines[this.counted] ?? '').length + 1;
    return this.offset;
  }

  /** Column of the current line's first character; -1 at the end. */
  private indent(): number {
    return this.index < this.lines.length ? this.line().search(/[^ ]/) : -1;
  }

  private map(column: number): T {
    const fields: SubsetField<T>[] = [];
    const names = new Set<string>();
    while (this.indent() === column) {
      const content = this.line().slice(column);
      const match = FIELD.exec(content) ?? leave();
      const [, name = '', rest = ''] = match;
      const field = /^["']/.test(name) ? name.slice(1, -1) : name;
      if (names.has(field) || field === '__proto__' || field.length > LONGEST_FIELD) leave();
      names.add(field);
      const start = this.lineStart() + column;
      const headEnd = start + name.length + 1;
      fields.push({ field, start, headEnd, value: this.value(rest, headEnd, column, column) });
    }
    if (this.indent() > column) leave();
    return this.builder.map(fields);
  }

  private list(column: number): T {
    const items: SubsetElement<T>[] = [];
    while (this.indent() === column && /^-(?: |$)/.test(this.line().slice(column))) {
      const rest = this.line().slice(column + 1);
      const offset = rest.search(/[^ ]/);
      const content = offset < 0 ? '' : rest.slice(offset);
      const start = this.lineStart() + column;
      if (FIELD.test(content) || /^-(?: |$)/.test(content)) {
        // `- a: 1` is a map whose first line starts behind the dash.
        const inner = column + 1 + offset;
        this.lines[this.index] = ' '.repeat(inner) + content;
        items.push({ start, value: this.block(inner) });
      } else {
        items.push({ start, value: this.value(content, start + 1, column, column + 1) });
      }
    }
    if (this.indent() > column) leave();
    return this.builder.list(items);
  }

  private block(column: number): T {
    return /^-(?: |$)/.test(this.line().slice(column)) ? this.list(column) : this.map(column);
  }

  /** What stands behind a colon or dash. A block below it starts at `lowest` or further right; a list at the colon's. */
  private value(rest: string, headEnd: number, column: number, lowest: number): T {
    const start = this.lineStart() + this.line().length - rest.length;
    this.index += 1;
    if (/^\|-?$/.test(rest)) return this.literal(rest === '|', start, column);
    this.toContent();
    const next = this.indent();
    if (rest === '' || rest.startsWith('#')) {
      const isList = next === column && lowest === column && /^-(?: |$)/.test(this.line().slice(next));
      return next > column || isList ? this.block(next) : this.builder.nothing(headEnd);
    }
    // A deeper line would be the rest of this value.
    if (next > column) leave();
    return scalar(rest, start, this.builder);
  }

  /** The lines of a literal block, as far as they are indented; its first line decides how far. */
  private literal(endsWithBreak: boolean, start: number, column: number): T {
    const indent = this.indent();
    if (indent <= column) leave();
    const lines: string[] = [];
    let end = start;
    for (; this.index < this.lines.length; this.index += 1) {
      const first = this.indent();
      if (first < 0 && this.line().length > indent) leave();
      if (first >= 0 && first < indent) break;
      if (first >= 0) end = this.lineStart() + this.line().length;
      lines.push(this.line().slice(indent));
    }
    this.toContent();
    if (this.indent() > column) leave();
    const text = lines.join('\n').replace(/\n+$/, '');
    return this.builder.literal(endsWithBreak ? `${text}\n` : text, start, end);
  }
}

function scalar<T>(rest: string, start: number, builder: SubsetBuilder<T>): T {
  const [, double] = DOUBLE_QUOTED.exec(rest) ?? [];
  if (double !== undefined) return builder.scalar(JSON.parse(double) as string, start, start + double.length);
  const [, single] = SINGLE_QUOTED.exec(rest) ?? [];
  if (single !== undefined) return builder.scalar(single.replaceAll("''", "'"), start, start + single.length + 2);
  const [, flow] = FLOW_LIST.exec(rest) ?? [];
  if (flow !== undefined) return flowList(flow, start, builder);
  const plain = rest.replace(/ +#.*$/, '').replace(/ +$/, '');
  const end = start + plain.length;
  if (plain === '[]') return builder.flowList([], start, end);
  if (plain === '{}') return builder.emptyMap(start, end);
  return builder.scalar(plainValue(plain), start, end);
}

function flowList<T>(content: string, start: number, builder: SubsetBuilder<T>): T {
  let at = start + 1;
  const items = content.split(', ').map((item) => {
    const value = builder.scalar(plainValue(item), at, at + item.length);
    at += item.length + ', '.length;
    return value;
  });
  return builder.flowList(items, start, start + content.length + 2);
}

function plainValue(plain: string): Scalar {
  if (!PLAIN.test(plain) || plain.includes(': ') || plain.endsWith(':') || plain.includes(' #')) leave();
  const constant = CONSTANTS.get(plain);
  if (constant !== undefined) return constant;
  if (SIMPLE_NUMBER.test(plain)) return Number(plain);
  if (NUMBER_LIKE.test(plain) || plain.startsWith('~')) leave();
  return plain;
}
