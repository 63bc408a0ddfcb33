import type { Difference } from '../model/difference';
import { isObject, type Json } from '../model/json';
import { formatPath, isField, parsePath } from '../model/path';
import { allLines, diffLines, type DiffLine } from './line-diff';
import { isBlank, isHidden, leavesOf, valueText } from './values';

/** What a report shows of one or several differences. Texts are on one line but not escaped. */
export type Row = ValueRow | TextRow | ItemsRow | LabelRow;

/** One field: `from → to`, or the value that was added or removed. */
export interface ValueRow {
  readonly type: 'value';
  readonly path: string;
  readonly change: Difference['change'];
  readonly from?: string;
  readonly to?: string;
  /** Says something about a secret, such as `(secret, changed)`; there are no values then. */
  readonly secret?: string;
  /** The elements one by one, when the value is a list of several. */
  readonly items?: readonly string[];
  /** Off, empty or nothing: of little interest in a new artifact. */
  readonly isBlank?: boolean;
}

/** Heads the rows that follow. */
interface LabelRow {
  readonly type: 'label';
  readonly text: string;
}

/** A text of several lines, such as an adaptive script. */
export interface TextRow {
  readonly type: 'text';
  readonly path: string;
  readonly change: Difference['change'];
  readonly lines: readonly DiffLine[];
}

/** Elements that a list gains or loses. */
export interface ItemsRow {
  readonly type: 'items';
  readonly path: string;
  readonly items: { readonly change: 'add' | 'remove'; readonly text: string }[];
}

const SECRET = { add: '(secret, set)', change: '(secret, changed)', remove: '(secret, removed)' } as const;

/** The rows for differences, in their order; elements of one list come together. */
export function rowsOf(differences: readonly Difference[]): Row[] {
  const rows: Row[] = [];
  const lists = new Map<string, ItemsRow>();
  for (const difference of differences) {
    const item = itemOf(difference);
    if (!item) {
      rows.push(...fieldRows(difference));
      continue;
    }
    const known = lists.get(item.list);
    const row: ItemsRow = known ?? { type: 'items', path: item.list, items: [] };
    if (!known) rows.push(row);
    lists.set(item.list, row);
    row.items.push(item);
  }
  return rows;
}

interface Item {
  readonly list: string;
  readonly change: 'add' | 'remove';
  readonly text: string;
}

/** Set for an element that a list gains or loses as a whole. */
function itemOf(difference: Difference): Item | undefined {
  const { change } = difference;
  if (change === 'change') return undefined;
  const path = segments(difference.path);
  const last = path.at(-1);
  if (path.length < 2 || !last || isField(last)) return undefined;
  return { list: formatPath(path.slice(0, -1)), change, text: itemText(last.item, difference) };
}

function itemText(identity: string, difference: Difference): string {
  if (difference.secret) return `[${identity}] ${SECRET[difference.change]}`;
  const value = (difference.change === 'add' ? difference.to : difference.from) ?? null;
  return value === identity ? valueText(value) : `[${identity}] ${valueText(value)}`;
}

/** The elements of a whole list that was added or removed. */
export function itemsOf(row: ValueRow): ItemsRow['items'] {
  const change = row.change === 'remove' ? 'remove' : 'add';
  return (row.items ?? []).map((text) => ({ change, text }));
}

/** A path that cannot be read is shown as it is. */
function segments(path: string): ReturnType<typeof parsePath> {
  try {
    return parsePath(path);
  } catch {
    return [];
  }
}

function fieldRows(difference: Difference): Row[] {
  const { path, change, from, to, secret } = difference;
  if (secret) return [{ type: 'value', path, change, secret: SECRET[change] }];
  if (change === 'change') return [changedRow(path, from ?? null, to ?? null)];
  const value = (change === 'add' ? to : from) ?? null;
  return leavesOf(path, value).map((leaf) => wholeRow(leaf.path, change, leaf.value));
}

function changedRow(path: string, from: Json, to: Json): Row {
  if (isText(from) && isText(to) && (isLong(from) || isLong(to))) {
    return { type: 'text', path, change: 'change', lines: diffLines(from, to) };
  }
  return { type: 'value', path, change: 'change', from: valueText(from), to: valueText(to) };
}

function wholeRow(path: string, change: 'add' | 'remove', value: Json): Row {
  if (isHidden(value)) return { type: 'value', path, change, secret: SECRET[change] };
  if (isText(value) && isLong(value)) {
    return { type: 'text', path, change, lines: allLines(change === 'add' ? '+' : '-', value) };
  }
  const text = valueText(value);
  const elements = Array.isArray(value) ? value.map(valueText) : [];
  if (Array.isArray(value) && value.some(isObject)) {
    return { type: 'items', path, items: elements.map((element) => ({ change, text: element })) };
  }
  const items = elements.length > 1 ? elements : undefined;
  const row = { type: 'value', path, change, items, isBlank: isBlank(value) } as const;
  return change === 'add' ? { ...row, to: text } : { ...row, from: text };
}

const isText = (value: Json): value is string => typeof value === 'string';
const isLong = (text: string): boolean => text.trimEnd().includes('\n');
