import { isObject, type Json, type JsonObject } from '../model/json';

/** How a value that is not plain is written behind a colon or dash: what stands on the same line, and the lines below it. */
export interface ValueText {
  readonly head: string;
  /** Indented relative to the entry; blank lines stay empty. */
  readonly body: readonly string[];
}

/** What decides about everything that is not plain. */
export interface Library {
  field(name: string): string;
  value(value: Json): ValueText;
}

/**
 * A map or list, not empty, as block YAML, without the last line end. Structure, plain texts, numbers and literal blocks
 * are laid out here as the library does it, at a tenth of the time, which counts for thousands of files; all other texts
 * are the library's.
 */
export function blockText(value: JsonObject | readonly Json[], library: Library): string {
  return new BlockWriter(library).entries(value, '');
}

/** Begins with a letter and has no indicator, no space at an end, no `: ` and no ` #`. */
const PLAIN = /^[A-Za-z](?:[\w./?&=%+$@,()~-]|:(?=[^ ])| (?=[\w./(]))*$/;
const PLAIN_FIELD = /^[A-Za-z_$][\w.$-]*$/;
/** What other YAML readers take for something else than a text. */
const TAKEN_FOR_OTHER = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
/** A placeholder, or another text of ASCII that begins with a bracket and needs no escape. */
const QUOTED = /^[[{][ !#-&(-[\]-~]*$/;
/** Several lines that begin and end with something, in letters that every reader shows, no line of spaces alone. */
const LITERAL = /^[!-~](?:[ -~\n]*[!-~])?\n?$/;
const SPACES_ALONE = /\n +(?:\n|$)/;
const SIMPLE_NUMBER = /^-?\d{1,15}$/;

class BlockWriter {
  constructor(private readonly library: Library) {}

  entries(value: JsonObject | readonly Json[], indent: string): string {
    if (isList(value)) return value.map((item) => `${indent}-${this.besideDash(item, indent)}`).join('\n');
    return Object.entries(value)
      .map(([field, inner]) => `${indent}${this.field(field)}:${this.behindColon(inner, indent)}`)
      .join('\n');
  }

  private field(name: string): string {
    return isPlain(PLAIN_FIELD, name) ? name : this.library.field(name);
  }

  private behindColon(value: Json, indent: string): string {
    return isFilled(value) ? `\n${this.entries(value, `${indent}  `)}` : this.leaf(value, indent);
  }

  /** A collection begins on the line of its dash. */
  private besideDash(value: Json, indent: string): string {
    if (!isFilled(value)) return this.leaf(value, indent);
    return ` ${this.entries(value, `${indent}  `).slice(indent.length + 2)}`;
  }

  private leaf(value: Json, indent: string): string {
    if (typeof value === 'string') return this.text(value, indent);
    if (Array.isArray(value)) return ' []';
    if (isObject(value)) return ' {}';
    if (typeof value === 'number' && (!SIMPLE_NUMBER.test(String(value)) || Object.is(value, -0)))
      return this.byLibrary(value, indent);
    return ` ${String(value)}`;
  }

  private text(text: string, indent: string): string {
    if (isPlain(PLAIN, text)) return ` ${text}`;
    if (QUOTED.test(text)) return ` "${text}"`;
    if (!text.includes('\n') || !LITERAL.test(text) || SPACES_ALONE.test(text)) return this.byLibrary(text, indent);
    const isEnded = text.endsWith('\n');
    const lines = (isEnded ? text.slice(0, -1) : text).split('\n');
    return `${isEnded ? ' |' : ' |-'}\n${indented(lines, `${indent}  `)}`;
  }

  private byLibrary(value: Json, indent: string): string {
    const { head, body } = this.library.value(value);
    const start = head === '' ? '' : ` ${head}`;
    return body.length === 0 ? start : `${start}\n${indented(body, indent)}`;
  }
}

function isPlain(pattern: RegExp, text: string): boolean {
  return pattern.test(text) && !/[-:]$/.test(text) && !TAKEN_FOR_OTHER.test(text);
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function isFilled(value: Json): value is JsonObject | Json[] {
  return isList(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

function indented(lines: readonly string[], indent: string): string {
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
}
