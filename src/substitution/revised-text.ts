import type { Json } from '../model/json';
import { mergeText } from './merge-text';
import { parseText, placeholderText, type Placeholder } from './placeholder';
import type { Scope } from './scope';
import type { Piece, TextPart } from './still-standing';
import { valuesOfParts } from './substitute';
import { joinedTemplate, type SecretValues } from './template-value';

/** A placeholder of a committed text: how it is written, and in which line of the text (from 0). */
export interface PlacedPlaceholder {
  readonly text: string;
  readonly line: number;
}

/** A committed text after its live value changed. */
export interface RevisedText {
  /** Template text that renders to the live value. */
  readonly text: string;
  readonly lost: readonly PlacedPlaceholder[];
  /** Characters of the live value that placeholders still stand for. */
  readonly kept: number;
}

/**
 * A committed text with its placeholders where they still fit a live value; undefined where none does, or where the
 * committed text does not render to `rendered` by its placeholders alone. Pure.
 */
export function revisedText(
  template: string,
  rendered: Json | undefined,
  live: Json | undefined,
  scope: Scope,
  secrets: SecretValues = [],
): RevisedText | undefined {
  if (typeof live !== 'string' || typeof rendered !== 'string' || !template.includes('{{')) return undefined;
  const { parts } = parseText(template);
  const values = valuesOfParts(parts, scope);
  if (!values || values.join('') !== rendered) return undefined;
  const placeholders = new Map<number, Placeholder>();
  parts.forEach((part, index) => typeof part !== 'string' && placeholders.set(index, part));
  const textParts = values.map((value, index): TextPart =>
    placeholders.has(index) ? { value, part: index } : { value },
  );
  const pieces = mergeText(textParts, live);
  const stays = new Set(pieces.filter((piece): piece is number => typeof piece === 'number'));
  if (stays.size === 0) return undefined;
  const text = joinedTemplate(
    pieces.map((piece) => sourceOf(piece, placeholders)),
    secrets,
  );
  // A literal next to a placeholder could read as another one: what does not read back as it is meant is not used.
  if (valuesOfParts(parseText(text).parts, scope)?.join('') !== live) return undefined;
  const placed = placedPlaceholders(template);
  const lost = [...placeholders.keys()].flatMap((part, index) => (stays.has(part) ? [] : (placed[index] ?? [])));
  return { text, lost, kept: [...stays].reduce((sum, part) => sum + (values[part]?.length ?? 0), 0) };
}

function sourceOf(piece: Piece, placeholders: ReadonlyMap<number, Placeholder>): string | Placeholder {
  return typeof piece === 'string' ? piece : (placeholders.get(piece) ?? '');
}

/** All placeholders of a text with their lines. */
export function placedPlaceholders(template: string): PlacedPlaceholder[] {
  let line = 0;
  return parseText(template).parts.flatMap((part) => {
    if (typeof part !== 'string') return [{ text: placeholderText(part), line }];
    line += part.split('\n').length - 1;
    return [];
  });
}
