import { isObject, type Json } from '../model/json';
import { escapeText, placeholderText } from './placeholder';

/** Marks a text that goes into the file as it is: a placeholder, not a literal that has to be escaped. */
export const RAW = '\u0000';

/** Shorter values would be found by chance. */
const SHORTEST_SECRET = 6;

/** True when a live text holds a secret's value, so that its placeholder can stand for it again. */
export function isHideable(secret: string | undefined, live: Json): boolean {
  return secret !== undefined && secret.length >= SHORTEST_SECRET && typeof live === 'string' && live.includes(secret);
}

/** A live value as it is written into a file: literals escaped, the given secrets replaced by their placeholders. */
export function templateValue(value: Json, secrets: readonly (readonly [name: string, value: string])[]): Json {
  if (Array.isArray(value)) return value.map((element) => templateValue(element, secrets));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, templateValue(inner, secrets)]));
  }
  if (typeof value !== 'string') return value;
  return value.startsWith(RAW) ? value.slice(RAW.length) : hidden(value, secrets);
}

function hidden(text: string, secrets: readonly (readonly [string, string])[]): string {
  const [first, ...rest] = secrets;
  if (!first) return escapeText(text);
  const [name, value] = first;
  if (!isHideable(value, text)) return hidden(text, rest);
  const pieces = text.split(value).map((piece) => hidden(piece, rest));
  const last = pieces.length - 1;
  // A backslash right before a placeholder would escape it.
  const safe = pieces.map((piece, index) =>
    index < last ? piece.replace(/\\+$/, (slashes) => slashes + slashes) : piece,
  );
  return safe.join(placeholderText({ namespace: 'secret', name }));
}
