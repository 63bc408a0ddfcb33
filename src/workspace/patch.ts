import { isObject, type Json } from '../model/json';

/** How one parsed value becomes another, in terms of the parts that stay: what is not named is not touched. */
export type Patch = typeof KEEP | WritePatch | MapPatch | ListPatch;

export const KEEP = { kind: 'keep' } as const;

/** Another value in place of the old one. */
export interface WritePatch {
  readonly kind: 'write';
  readonly value: Json;
}

export interface MapPatch {
  readonly kind: 'map';
  /** Fields that change or go; all others stay. */
  readonly fields: ReadonlyMap<string, Patch | 'remove'>;
  readonly added: readonly AddedField[];
}

/** A new field, behind another one that stays or was added before; without `after` it comes first. */
export interface AddedField {
  readonly field: string;
  readonly value: Json;
  readonly after?: string;
}

/** The elements in their new order: old ones by position, or new values. Elements that are not named go. */
export interface ListPatch {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
}

export type ListItem = KeptItem | { readonly value: Json };
export interface KeptItem {
  readonly from: number;
  readonly patch: Patch;
}

export const isKept = (item: ListItem): item is KeptItem => 'from' in item;

/** The value after a patch. */
export function applyPatch(old: Json, patch: Patch): Json {
  if (patch.kind === 'keep') return old;
  if (patch.kind === 'write') return patch.value;
  if (patch.kind === 'list') {
    const elements = Array.isArray(old) ? old : [];
    return patch.items.map((item) => (isKept(item) ? applyPatch(elements[item.from] ?? null, item.patch) : item.value));
  }
  const entries: [string, Json][] = [];
  for (const [field, value] of Object.entries(isObject(old) ? old : {})) {
    const change = patch.fields.get(field) ?? KEEP;
    if (change !== 'remove') entries.push([field, applyPatch(value, change)]);
  }
  for (const { field, value, after } of patch.added) {
    const position = after === undefined ? 0 : entries.findIndex(([name]) => name === after) + 1;
    entries.splice(position, 0, [field, value]);
  }
  return Object.fromEntries(entries);
}

/** Added fields by the old one that they follow, in order: a field may follow one that was added before it. */
export function addedGroups(patch: MapPatch): { after: string | undefined; fields: AddedField[] }[] {
  const groups = new Map<string | undefined, AddedField[]>();
  const anchors = new Map<string, string | undefined>();
  for (const added of patch.added) {
    const { after, field } = added;
    const anchor = after !== undefined && anchors.has(after) ? anchors.get(after) : after;
    const fields = groups.get(anchor) ?? [];
    fields.splice(fields.findIndex((other) => other.field === after) + 1, 0, added);
    groups.set(anchor, fields);
    anchors.set(field, anchor);
  }
  return [...groups].map(([after, fields]) => ({ after, fields }));
}
