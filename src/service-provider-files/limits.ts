/*
 * What is read at all. Exports of the product are far below these limits (a large one has some hundred kilobytes);
 * whatever exceeds one is damaged or hostile, and is refused before it costs time or memory.
 */
export const MOST_BYTES = { xml: 2_000_000, yaml: 1_000_000, json: 1_000_000 } as const;
export const MOST_ELEMENTS = 50_000;
export const MOST_LINES = 50_000;
export const DEEPEST = 100;
/** More attributes on one element than any dialect has. */
export const MOST_ATTRIBUTES = 50;
/** A longer opening tag is no tag. */
export const LONGEST_TAG = 20_000;

/** Names that mean something to JavaScript itself, refused wherever a file uses them as a name. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

export function isReserved(name: string): boolean {
  return RESERVED.has(name.slice(name.lastIndexOf(':') + 1));
}
