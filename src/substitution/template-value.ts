import { randomUUID } from 'node:crypto';
import { isObject, type Json } from '../model/json';
import { escapeText, placeholderText, type Placeholder } from './placeholder';

/** No server can send it: it is another one in every process, and never written. */
const KEY = randomUUID();

/** Marks a text that goes into the file as it is: a placeholder, not a literal that has to be escaped. */
export const RAW = `\u0000${KEY}:raw:`;

/** Marks a value with secrets in it, in a field that is not declared secret. */
export const MIXED = `\u0000${KEY}:mixed:`;

/** True for a committed text that is not to be compared as it is. */
export function isMarked(value: Json | undefined): value is string {
  return typeof value === 'string' && (value.startsWith(RAW) || value.startsWith(MIXED));
}

/** A value without the marks of mixed texts. What has none is returned as it is. */
export function literalOf<T extends Json>(value: T): T;
export function literalOf(value: Json): Json {
  if (typeof value === 'string') return value.startsWith(MIXED) ? value.slice(MIXED.length) : value;
  if (typeof value !== 'object' || value === null || !hasMixed(value)) return value;
  if (Array.isArray(value)) return value.map((item) => literalOf(item));
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, literalOf(inner)]));
}

function hasMixed(value: Json): boolean {
  if (typeof value === 'string') return value.startsWith(MIXED);
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => hasMixed(inner as Json));
}

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
