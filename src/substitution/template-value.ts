import { isObject, type Json } from '../model/json';
import { escapeText, placeholderText, type Placeholder } from './placeholder';

/** Marks a text that goes into the file as it is: a placeholder, not a literal that has to be escaped. */
export const RAW = '\u0000';

/** Secrets by name whose values must not land in a file. */
export type SecretValues = readonly (readonly [name: string, value: string])[];

/** Shorter values would be found by chance. */
const SHORTEST_SECRET = 6;

/** True when a live text holds a secret's value, so that its placeholder can stand for it again. */
export function isHideable(secret: string | undefined, live: Json): boolean {
  return secret !== undefined && secret.length >= SHORTEST_SECRET && typeof live === 'string' && live.includes(secret);
}

/** A live value as it is written into a file: literals escaped, the given secrets replaced by their placeholders. */
export function templateValue(value: Json, secrets: SecretValues): Json {
  if (Array.isArray(value)) return value.map((element) => templateValue(element, secrets));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, templateValue(inner, secrets)]));
  }
  if (typeof value !== 'string') return value;
  return value.startsWith(RAW) ? value.slice(RAW.length) : hidden(value, secrets);
}

function hidden(text: string, secrets: SecretValues): string {
  const [first, ...rest] = secrets;
  if (!first) return escapeText(text);
  const [name, value] = first;
  if (!isHideable(value, text)) return hidden(text, rest);
  const pieces = text
    .split(value)
    .flatMap((piece, index) => [...(index ? [{ namespace: 'secret', name } as const] : []), piece]);
  return joinedTemplate(pieces, rest);
}

/** Literals and placeholders as one template text; literals are escaped, and secrets in them replaced. */
export function joinedTemplate(pieces: readonly (string | Placeholder)[], secrets: SecretValues = []): string {
  const texts = pieces.map((piece, index) => {
    if (typeof piece !== 'string') return placeholderText(piece);
    const text = hidden(piece, secrets);
    // A backslash right before a placeholder would escape it.
    return typeof pieces[index + 1] === 'object' ? text.replace(/\\+$/, (slashes) => slashes + slashes) : text;
  });
  return texts.join('');
}
