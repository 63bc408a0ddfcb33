import { isMap, isScalar, isSeq, Scalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { keyText } from './yaml';

/** Thrown for a way of writing YAML that is not edited in place (explicit keys, tagged keys). */
export class UnsupportedLayout extends Error {}

/** Where a value stands in a text. */
export interface Slot {
  readonly node: Node | null;
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

export function isBlockCollection(node: unknown): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

export function isBlockScalar(node: unknown): node is Scalar {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

/** True when nothing is written behind the colon or dash. */
export function isEmptySlot({ node }: Slot): boolean {
  const range = node?.range;
  return !range || (isScalar(node) && range[0] === range[1]);
}

/** Offset behind the last character of a value, comments not counted. */
export function endOf(text: string, slot: Slot): number {
  const { node, headEnd } = slot;
  const range = node?.range;
  if (!node || !range || isEmptySlot(slot)) return headEnd;
  if (isBlockScalar(node)) return endOfBlockScalar(text, range[0], range[1]);
  if (!isBlockCollection(node)) return range[1];
  const last = entriesOf(text, node, slot).at(-1);
  return last ? endOf(text, last.slot) : range[1];
}

/** Blank lines behind a block text belong to it only when it says so (`|+`). */
function endOfBlockScalar(text: string, start: number, end: number): number {
  const header = text.slice(start, lineBreak(text, start));
  if (/^[|>]\d?\+/.test(header)) return text[end - 1] === '\n' ? end - 1 : end;
  return start + text.slice(start, end).trimEnd().length;
}

/** The entries of a collection in the order of the text. */
export function entriesOf(text: string, node: YAMLMap | YAMLSeq, slot: Slot): Entry[] {
  return isMap(node) ? fieldEntries(text, node) : elementEntries(text, node, slot);
}

function fieldEntries(text: string, node: YAMLMap): Entry[] {
  const isFlow = node.flow === true;
  return node.items.map((pair) => {
    const key = pair.key as Node | null;
    const start = key?.range?.[0];
    const headEnd = behindColon(pair);
    const field = keyText(pair);
    if (start === undefined || headEnd === undefined || field === undefined) throw new UnsupportedLayout();
    if (isScalar(key) && (key.anchor !== undefined || key.tag !== undefined)) throw new UnsupportedLayout();
    const column = start - lineStart(text, start);
    const slot: Slot = { node: pair.value as Node | null, headEnd, column, owner: 'field', isFlow };
    return { field, slot, start, end: entryEnd(text, slot) };
  });
}

function elementEntries(text: string, node: YAMLSeq, around: Slot): Entry[] {
  const isFlow = node.flow === true;
  const dashes = isFlow ? [] : dashOffsets(node);
  return node.items.map((item, index) => {
    const element = item as Node | null;
    const start = isFlow ? element?.range?.[0] : dashes[index];
    if (start === undefined) throw new UnsupportedLayout();
    const column = isFlow ? around.column : start - lineStart(text, start);
    const headEnd = isFlow ? start : start + 1;
    const slot: Slot = { node: element, headEnd, column, owner: 'element', isFlow };
    return { field: '', slot, start, end: entryEnd(text, slot) };
  });
}

function entryEnd(text: string, slot: Slot): number {
  const end = endOf(text, slot);
  return slot.isFlow ? end : Math.min(lineBreak(text, end) + 1, text.length);
}

function behindColon(pair: Pair): number | undefined {
  const token = pair.srcToken;
  if (!token || token.start.some(({ type }) => type === 'explicit-key-ind')) return undefined;
  const colon = token.sep?.find(({ type }) => type === 'map-value-ind');
  return colon && colon.offset + colon.source.length;
}

function dashOffsets(node: YAMLSeq): number[] {
  const token = node.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? []);
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
