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

/** A copy without the fields that the tree names and without nulls, which mean absent: servers leave null fields out. */
export function withoutRemoved(value: JsonObject, removal: Removal | undefined): JsonObject {
  const kept: JsonObject = {};
  for (const [field, inner] of Object.entries(value)) {
    const below = removal?.fields.get(field) ?? removal?.fields.get('*');
    if (inner === null || below?.isRemoved) continue;
    const copy = copied(inner, below);
    if (field === '__proto__')
      Object.defineProperty(kept, field, { value: copy, enumerable: true, configurable: true, writable: true });
    else kept[field] = copy;
  }
  return kept;
}

function copied(value: Json, removal: Removal | undefined): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map((item) => copied(item, removal?.elements));
  return isObject(value) ? withoutRemoved(value, removal) : value;
}
