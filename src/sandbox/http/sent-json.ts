import type { Json } from '../../model/json';

/**
 * The body of a request as JSON, as the product reads it: an empty one is null, and what comes after the first value is
 * not looked at (recorded answers of the product's own code). Undefined for what is no JSON.
 */
export function sentJson(raw: Buffer): Json | undefined {
  if (raw.length === 0) return null;
  // Some clients on Windows begin a text with a byte order mark, which readers of JSON may ignore (RFC 8259 §8.1).
  const text = raw.toString('utf8').replace(/^\ufeff/, '');
  if (text.trim() === '') return null;
  return parsed(text) ?? parsed(firstValue(text));
}

/** Undefined for a text that is no JSON. */
function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Texts in quotes, with their escapes, and the brackets outside of them. */
const PIECES = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;

/** The text up to the bracket that closes the first one. */
function firstValue(text: string): string {
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (piece === '{' || piece === '[') depth += 1;
    if (piece === '}' || piece === ']') depth -= 1;
    if (depth === 0) return text.slice(0, index + piece.length);
  }
  return text;
}
