import { isObject, type Json } from '../model/json';
import type { LoosePlace } from './document';

/** Not a keyword: what the mark of a masked secret says in its place. */
export const MASK = '';
export const MASK_TEXT = '********';
const MASK_PATTERN = String.raw`(?<!\*)\*{8}(?!\*)`;

/** One placeholder in a file, or a masked secret. */
export interface Occurrence {
  readonly keyword: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Whether it is in quotes or part of a longer text, or stands alone without quotes and so brings its own type. */
  place: 'text' | LoosePlace;
}

/** Files whose placeholders are replaced by marks: words that mean nothing in YAML, JSON and XML. */
export interface MarkedTexts {
  /** In the order of the files. */
  readonly texts: readonly string[];
  readonly marks: Marks;
}

/** Turns marks into what they stand for. */
export class Marks {
  readonly occurrences: Occurrence[] = [];
  readonly pattern: RegExp;

  constructor(private readonly stem: string) {
    this.pattern = new RegExp(`${stem}([0-9]{6})Z`, 'g');
  }

  add(occurrence: Occurrence): string {
    this.occurrences.push(occurrence);
    return `${this.stem}${String(this.occurrences.length - 1).padStart(6, '0')}Z`;
  }

  /** The pieces of a text: literals and placeholders. */
  split(text: string): (string | Occurrence)[] {
    return text
      .split(this.pattern)
      .map((part, index) => (index % 2 === 1 ? this.occurrences[Number(part)] : part))
      .filter((part): part is string | Occurrence => part !== undefined && part !== '');
  }

  /** A text for people: placeholders as they stand in the file. */
  plain(text: string): string {
    return this.split(text)
      .map((part) => (typeof part === 'string' ? part : part.keyword === MASK ? MASK_TEXT : `{{${part.keyword}}}`))
      .join('');
  }

  /** The placeholder that is the whole text, if it is. */
  sole(text: string): Occurrence | undefined {
    const [only, ...rest] = text.includes(this.stem) ? this.split(text) : [text];
    return typeof only === 'object' && rest.length === 0 ? only : undefined;
  }

  /** All placeholders in a value, in field names too. */
  within(value: Json | undefined): Occurrence[] {
    if (typeof value === 'string')
      return this.split(value).filter((part): part is Occurrence => typeof part === 'object');
    if (Array.isArray(value)) return value.flatMap((inner) => this.within(inner));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([field, inner]) => [...this.within(field), ...this.within(inner)]);
  }

  /** For readers: notes that a mark stands without quotes, and keeps it from being read as something else. */
  readonly loose = (text: string, place: LoosePlace): string | undefined => {
    const only = this.sole(text);
    if (only) only.place = place;
    return only || this.within(text).length > 0 ? text : undefined;
  };
}

/**
 * Replaces the placeholders of the given keywords, and masks, by marks. A mark is in capitals: some fields are put in
 * capitals.
 */
export function markedTexts(
  files: readonly { readonly file: string; readonly text: string }[],
  keywords: Iterable<string>,
): MarkedTexts {
  const names = [...keywords].filter((name) => name !== MASK).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const marks = new Marks(stemFor(files.map(({ text }) => text).join('\n')));
  const pattern = new RegExp([...names.map((name) => escaped(`{{${name}}}`)), MASK_PATTERN].join('|'), 'g');
  const texts = files.map(({ file, text }) => {
    let [line, lineStart] = [1, 0];
    return text.replaceAll(pattern, (placeholder, offset: number) => {
      for (let end = text.indexOf('\n', lineStart); end >= 0 && end < offset; end = text.indexOf('\n', lineStart)) {
        line += 1;
        lineStart = end + 1;
      }
      const keyword = placeholder === MASK_TEXT ? MASK : placeholder.slice(2, -2);
      return marks.add({ keyword, file, line, column: offset - lineStart + 1, place: 'text' });
    });
  });
  return { texts, marks };
}

/** A word that the text does not hold. */
function stemFor(text: string): string {
  const folded = text.toUpperCase();
  for (let count = 0; ; count += 1) {
    const stem = `QKEYWORD${String.fromCharCode(65 + (count % 26)).repeat(1 + Math.floor(count / 26))}Q`;
    if (!folded.includes(stem)) return stem;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
