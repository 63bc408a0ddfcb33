import { isObject, type Json, type JsonObject } from '../model/json';
import { readDocument, type LoosePlace } from './document';
import { goScalar } from './go-scalar';
import { MASK, MASK_TEXT, type Marks, type Occurrence } from './marks';
import { keywordsIn } from './raw-substitution';

type Values = ReadonlyMap<string, Json>;

/** What the keywords of a file are meant to say: each value stands where its placeholder stood, whatever it holds. */
export class Meaning {
  constructor(
    private readonly marks: Marks,
    /** Values by keyword; one that is missing leaves its placeholder as it stands. */
    private readonly values: Values,
  ) {}

  /** A marked value with the marks filled in. */
  fill(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.flatMap((inner) => this.element(inner));
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([field, inner]): [string, Json] => [this.join(field), this.fill(inner)]);
    return Object.fromEntries(entries) as JsonObject;
  }

  /** An element that is one placeholder for a list stands for the elements of that list. */
  private element(value: Json): Json[] {
    const only = typeof value === 'string' ? this.marks.sole(value) : undefined;
    const filled = this.fill(value);
    return only && only.place !== 'text' && Array.isArray(filled) ? filled : [filled];
  }

  private text(text: string): Json {
    const only = this.marks.sole(text);
    if (!only || only.place === 'text') return this.join(text);
    const value = this.value(only);
    return typeof value === 'string' ? looseValue(value, only.place) : value;
  }

  private join(text: string): string {
    return this.marks
      .split(text)
      .map((part) => (typeof part === 'string' ? part : valueText(this.value(part))))
      .join('');
  }

  private value({ keyword }: Occurrence): Json {
    if (keyword === MASK) return MASK_TEXT;
    return resolved(keyword, this.values) ?? `{{${keyword}}}`;
  }
}

/** The value of a keyword with the keywords inside of it filled in; a circle stays as it stands. */
export function resolved(keyword: string, values: Values, chain: readonly string[] = []): Json | undefined {
  const value = values.get(keyword);
  if (typeof value !== 'string') return value;
  const inner = keywordsIn(value, values).filter((name) => name !== keyword && !chain.includes(name));
  return inner.reduce(
    (text, name) => text.replaceAll(`{{${name}}}`, () => valueText(resolved(name, values, [...chain, keyword]) ?? '')),
    value,
  );
}

export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The type that a text has where its placeholder stands alone without quotes: true, false, a number that is written
 * back as it was, a list or map in brackets, several elements of a list; otherwise it is the text itself.
 */
export function looseValue(text: string, place: LoosePlace): Json {
  if (place === 'element' && text.includes(',')) {
    const list = structure(`[${text}]`);
    if (Array.isArray(list) && list.every((item) => !isObject(item) && !Array.isArray(item))) return list;
  }
  if (/^[[{]/.test(text)) return structure(text) ?? text;
  return scalarValue(text);
}

/** True, false, nothing, or a number that is written back as it was; otherwise the text itself. */
export function scalarValue(text: string): Json {
  const read = goScalar(text);
  if (read.is !== 'value' || typeof read.value === 'string') return text;
  return typeof read.value === 'number' && String(read.value) !== text ? text : read.value;
}

function structure(text: string): Json | undefined {
  const read = readDocument(text, 'yaml', { file: '' });
  return 'fault' in read || typeof read.value !== 'object' || read.value === null ? undefined : read.value;
}
