import { isObject, type Json, type JsonObject } from '../model/json';
import { isField, patternOf } from '../model/path';

/** Patterns of fields to remove, as a tree, so that a value is walked once for all of them. */
export interface Removal {
  readonly fields: Map<string, Removal>;
  elements?: Removal;
  isRemoved?: true;
}

/** Builds the tree of patterns; `*` stands for every field, `[]` for every element. */
export function removalOf(patterns: readonly string[]): Removal {
  const root: Removal = { fields: new Map() };
  for (const text of patterns) {
    let node = root;
    for (const segment of patternOf(text))
      node = isField(segment) ? fieldNode(node, segment.field) : (node.elements ??= emptyNode());
    node.isRemoved = true;
  }
  return root;
}

function fieldNode(node: Removal, field: string): Removal {
  const known = node.fields.get(field);
  if (known) return known;
  const made = emptyNode();
  node.fields.set(field, made);
  return made;
}

function emptyNode(): Removal {
  return { fields: new Map() };
}

/**
 * The value without the fields that the tree names and without nulls, which mean absent: servers leave null fields out.
 * What has none of them is returned as it is.
 */
export function withoutRemoved(value: JsonObject, removal: Removal | undefined): JsonObject {
  let result: JsonObject | undefined;
  for (const field of Object.keys(value)) {
    const inner = value[field];
    const kept = keptPart(inner, removal?.fields.get(field) ?? removal?.fields.get('*'));
    if (kept === inner) continue;
    result ??= { ...value };
    if (kept === undefined) delete result[field];
    else result[field] = kept;
  }
  return result ?? value;
}

function keptPart(value: Json | undefined, removal: Removal | undefined): Json | undefined {
  return value === null || value === undefined || removal?.isRemoved ? undefined : pruned(value, removal);
}

function pruned(value: Json, removal: Removal | undefined): Json {
  if (isObject(value)) return withoutRemoved(value, removal);
  if (!Array.isArray(value)) return value;
  const items = value.filter((item) => item !== null).map((item) => pruned(item, removal?.elements));
  return items.length === value.length && items.every((item, index) => item === value[index]) ? value : items;
}
