import type { LayoutNode } from './yaml-layout';

/** Thrown for a way of writing YAML that is not edited in place (explicit keys, tagged keys). */
export class UnsupportedLayout extends Error {}

/** Where a value stands in a text. */
export interface Slot {
  readonly node: LayoutNode | null;
  /** Offset behind the colon or dash. */
  readonly headEnd: number;
  /** Column (from 0) of the field name or dash. */
  readonly column: number;
  readonly owner: 'root' | 'field' | 'element';
  readonly isFlow: boolean;
}

/** A field or element with the lines (in flow style: the characters) that it takes. */
export interface Entry {
  /** Field name; empty for elements. */
  readonly field: string;
  readonly slot: Slot;
  readonly start: number;
  /** Block: start of the line after it. Flow: end of the value. */
  readonly end: number;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break that ends the line. */
export function lineBreak(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found;
}

export function isBlockCollection(node: LayoutNode | null): boolean {
  return node?.style === 'block';
}

export function isBlockScalar(node: LayoutNode | null): boolean {
  return node?.style === 'literal' || node?.style === 'folded';
}

/** True when nothing is written behind the colon or dash. */
export function isEmptySlot({ node }: Slot): boolean {
  return !node || (node.kind === 'scalar' && node.start === node.end);
}

/** Offset behind the last character of a value, comments not counted. */
export function endOf(text: string, slot: Slot): number {
  const { node, headEnd } = slot;
  if (!node || isEmptySlot(slot)) return headEnd;
  if (isBlockScalar(node)) return endOfBlockScalar(text, node.start, node.end);
  if (!isBlockCollection(node)) return node.end;
  const last = entriesOf(text, node, slot).at(-1);
  return last ? endOf(text, last.slot) : node.end;
}

/** Blank lines behind a block text belong to it only when it says so (`|+`). */
function endOfBlockScalar(text: string, start: number, end: number): number {
  const header = text.slice(start, lineBreak(text, start));
  if (/^[|>]\d?\+/.test(header)) return text[end - 1] === '\n' ? end - 1 : end;
  return start + text.slice(start, end).trimEnd().length;
}

/** The entries of a collection in the order of the text. */
export function entriesOf(text: string, node: LayoutNode, around: Slot): Entry[] {
  const isFlow = node.style === 'flow';
  const owner = node.kind === 'map' ? 'field' : 'element';
  return node.entries.map(({ field, start, headEnd, isMarked, value }) => {
    if (start === undefined || headEnd === undefined || field === undefined || isMarked) throw new UnsupportedLayout();
    const column = isFlow && owner === 'element' ? around.column : start - lineStart(text, start);
    const slot: Slot = { node: value, headEnd, column, owner, isFlow };
    return { field, slot, start, end: entryEnd(text, slot) };
  });
}

function entryEnd(text: string, slot: Slot): number {
  const end = endOf(text, slot);
  return slot.isFlow ? end : Math.min(lineBreak(text, end) + 1, text.length);
}

/** True when nothing but spaces stands before the offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^ *$/.test(text.slice(lineStart(text, offset), offset));
}

/** Start of an entry together with the comment lines right above it, as far up as `lowest`. */
export function startWithComments(text: string, entry: Entry, lowest: number): number {
  let start = lineStart(text, entry.start);
  while (start > lowest) {
    const previous = lineStart(text, start - 1);
    const line = text.slice(previous, start);
    if (previous < lowest || line.search(/\S/) !== entry.slot.column || !line.trimStart().startsWith('#')) break;
    start = previous;
  }
  return start;
}
