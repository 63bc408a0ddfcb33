import type { Json } from '../model/json';

/**
 * Reads the plain part of YAML that nearly all artifact files consist of: block maps and lists, plain and quoted texts on
 * one line, literal blocks, comments. It is some twenty times as fast as a full parser, which counts for thousands of
 * files. Returns undefined for everything else, right or wrong: then the full parser decides and explains.
 */
export function parseSubset(text: string): Json | undefined {
  if (STRANGE.test(text)) return undefined;
  try {
    return new SubsetReader(text.split('\n')).document();
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
const CONSTANTS = new Map<string, Json>(
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

class SubsetReader {
  private index = 0;

  constructor(private readonly lines: string[]) {}

  document(): Json {
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

  /** Column of the current line's first character; -1 at the end. */
  private indent(): number {
    return this.index < this.lines.length ? this.line().search(/[^ ]/) : -1;
  }

  private map(column: number): Json {
    const entries = new Map<string, Json>();
    while (this.indent() === column) {
      const content = this.line().slice(column);
      const match = FIELD.exec(content) ?? leave();
      const [, name = '', rest = ''] = match;
      const field = /^["']/.test(name) ? name.slice(1, -1) : name;
      if (entries.has(field) || field === '__proto__' || field.length > LONGEST_FIELD) leave();
      entries.set(field, this.value(rest, column, column));
    }
    if (this.indent() > column) leave();
    return Object.fromEntries(entries);
  }

  private list(column: number): Json {
    const items: Json[] = [];
    while (this.indent() === column && /^-(?: |$)/.test(this.line().slice(column))) {
      const rest = this.line().slice(column + 1);
      const offset = rest.search(/[^ ]/);
      const content = offset < 0 ? '' : rest.slice(offset);
      if (FIELD.test(content) || /^-(?: |$)/.test(content)) {
        // `- a: 1` is a map whose first line starts behind the dash.
        const inner = column + 1 + offset;
        this.lines[this.index] = ' '.repeat(inner) + content;
        items.push(this.block(inner));
      } else {
        items.push(this.value(content, column, column + 1));
      }
    }
    if (this.indent() > column) leave();
    return items;
  }

  private block(column: number): Json {
    return /^-(?: |$)/.test(this.line().slice(column)) ? this.list(column) : this.map(column);
  }

  /** What stands behind a colon or dash. A block below it starts at `lowest` or further right; a list at the colon's. */
  private value(rest: string, column: number, lowest: number): Json {
    this.index += 1;
    if (/^\|-?$/.test(rest)) return this.literal(rest === '|', column);
    this.toContent();
    const next = this.indent();
    if (rest === '' || rest.startsWith('#')) {
      const isList = next === column && lowest === column && /^-(?: |$)/.test(this.line().slice(next));
      return next > column || isList ? this.block(next) : null;
    }
    // A deeper line would be the rest of this value.
    if (next > column) leave();
    return scalar(rest);
  }

  /** The lines of a literal block, as far as they are indented; its first line decides how far. */
  private literal(endsWithBreak: boolean, column: number): Json {
    const indent = this.indent();
    if (indent <= column) leave();
    const lines: string[] = [];
    for (; this.index < this.lines.length; this.index += 1) {
      const start = this.indent();
      if (start < 0 && this.line().length > indent) leave();
      if (start >= 0 && start < indent) break;
      lines.push(this.line().slice(indent));
    }
    this.toContent();
    if (this.indent() > column) leave();
    const text = lines.join('\n').replace(/\n+$/, '');
    return endsWithBreak ? `${text}\n` : text;
  }
}

function scalar(rest: string): Json {
  const double = DOUBLE_QUOTED.exec(rest);
  if (double) return JSON.parse(double[1] ?? '') as Json;
  const single = SINGLE_QUOTED.exec(rest);
  if (single) return (single[1] ?? '').replaceAll("''", "'");
  const flow = FLOW_LIST.exec(rest);
  if (flow) return (flow[1] ?? '').split(', ').map(scalar);
  const plain = rest.replace(/ +#.*$/, '').replace(/ +$/, '');
  if (plain === '[]') return [];
  if (plain === '{}') return {};
  if (!PLAIN.test(plain) || plain.includes(': ') || plain.endsWith(':') || plain.includes(' #')) leave();
  const constant = CONSTANTS.get(plain);
  if (constant !== undefined) return constant;
  if (SIMPLE_NUMBER.test(plain)) return Number(plain);
  if (NUMBER_LIKE.test(plain) || plain.startsWith('~')) leave();
  return plain;
}
