import { isObject, type Json, type JsonObject } from './json';
import type { ListRule } from './kind';
import { isField, matchesPattern, parsePath, type Path, type Segment } from './path';

/** The list rules of a kind, parsed once. */
export type ParsedLists = readonly { readonly pattern: Path; readonly rule: ListRule }[];

const parsed = new WeakMap<readonly ListRule[], ParsedLists>();

/** Parses the patterns of list rules; the result is kept with the rules. */
export function parseLists(rules: readonly ListRule[]): ParsedLists {
  const known = parsed.get(rules);
  if (known) return known;
  const lists = rules.map((rule) => ({ pattern: parsePath(rule.path), rule }));
  parsed.set(rules, lists);
  return lists;
}

/** The rule for the list at a concrete path, if the kind has one. */
export function listRuleAt(lists: ParsedLists, path: Path): ListRule | undefined {
  return lists.find(({ pattern }) => matchesPattern(pattern, path))?.rule;
}

/**
 * Identities of a list's elements, in list order. Without a rule the identity is the position, from 0.
 * Elements with the same identity are numbered (`x`, `x #2`), so that none is lost; in an unordered list by their
 * content, so that the order in which a server answers does not matter.
 */
export function identitiesOf(list: readonly Json[], rule: ListRule | undefined): string[] {
  const plain = plainIdentities(list, rule);
  if (!rule) return plain;
  if (new Set(plain).size === plain.length) return plain;
  const numbered = [...plain];
  const positions = plain.map((_, index) => index);
  if (!rule.ordered) positions.sort((a, b) => compareTexts(stableText(list[a] ?? null), stableText(list[b] ?? null)));
  const seen = new Map<string, number>();
  for (const position of positions) {
    const identity = plain[position] ?? '';
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    if (count > 1) numbered[position] = `${identity} #${count}`;
  }
  return numbered;
}

/** The same without numbers: elements that cannot be told apart have one identity. */
export function plainIdentities(list: readonly Json[], rule: ListRule | undefined): string[] {
  return list.map((element, index) => (rule ? identityOf(element, rule) : String(index)));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text of a value that does not depend on the order of its fields. */
function stableText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${stableText(value[field] ?? null)}`).join()}}`;
}

function identityOf(element: Json, rule: ListRule): string {
  if (!isObject(element)) return typeof element === 'string' ? element : JSON.stringify(element);
  const parts = rule.identity.map((field) => textAt(element, field));
  return parts.length > 0 ? parts.join('/') : JSON.stringify(element);
}

function textAt(element: JsonObject, field: string): string {
  let value: Json | undefined = element;
  for (const name of field.split('.')) value = isObject(value) ? value[name] : undefined;
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value at a keyed path, or undefined. */
export function valueAt(root: Json, path: Path, lists: ParsedLists): Json | undefined {
  let value: Json | undefined = root;
  for (const [index, segment] of path.entries()) value = step(value, segment, path.slice(0, index), lists);
  return value;
}

function step(value: Json | undefined, segment: Segment, at: Path, lists: ParsedLists): Json | undefined {
  if (isField(segment))
    return isObject(value) && Object.hasOwn(value, segment.field) ? value[segment.field] : undefined;
  if (!Array.isArray(value)) return undefined;
  const index = identitiesOf(value, listRuleAt(lists, at)).indexOf(segment.item);
  return index < 0 ? undefined : value[index];
}

/**
 * A copy of `root` with the value at a keyed path set; missing maps are made, and missing elements of keyed lists with
 * one identity field (or of text lists) are appended. `undefined` removes the field or element.
 * Returns undefined when the path cannot be followed: an unknown element, or a scalar in the way.
 */
export function withValueAt(root: Json, path: Path, value: Json | undefined, lists: ParsedLists): Json | undefined {
  return put(root, path, value, 0, lists);
}

function put(
  node: Json | undefined,
  path: Path,
  value: Json | undefined,
  depth: number,
  lists: ParsedLists,
): Json | undefined {
  const segment = path[depth];
  if (!segment) return value;
  return isField(segment)
    ? putField(node, segment.field, path, value, depth, lists)
    : putItem(node, segment.item, path, value, depth, lists);
}

function putField(
  node: Json | undefined,
  field: string,
  path: Path,
  value: Json | undefined,
  depth: number,
  lists: ParsedLists,
): Json | undefined {
  if (node !== undefined && node !== null && !isObject(node)) return undefined;
  const copy: JsonObject = { ...(node ?? {}) };
  const last = depth === path.length - 1;
  if (last && value === undefined) {
    delete copy[field];
    return copy;
  }
  const inner = put(Object.hasOwn(copy, field) ? copy[field] : undefined, path, value, depth + 1, lists);
  if (inner === undefined) return undefined;
  return Object.defineProperty(copy, field, { value: inner, enumerable: true, configurable: true, writable: true });
}

function putItem(
  node: Json | undefined,
  item: string,
  path: Path,
  value: Json | undefined,
  depth: number,
  lists: ParsedLists,
): Json | undefined {
  if (node !== undefined && node !== null && !Array.isArray(node)) return undefined;
  const copy = [...(node ?? [])];
  const rule = listRuleAt(lists, path.slice(0, depth));
  const index = identitiesOf(copy, rule).indexOf(item);
  const last = depth === path.length - 1;
  if (last && value === undefined) return index < 0 ? undefined : copy.filter((_, position) => position !== index);
  const inner = put(index < 0 ? newElement(item, rule, last) : copy[index], path, value, depth + 1, lists);
  if (inner === undefined) return undefined;
  if (index >= 0) copy[index] = inner;
  else copy.push(inner);
  return copy;
}

/** An element that can be told apart by one plain field can be made from its identity alone. */
function newElement(item: string, rule: ListRule | undefined, last: boolean): Json | undefined {
  const field = rule?.identity.length === 1 ? rule.identity[0] : undefined;
  if (last) return undefined;
  return field !== undefined && !field.includes('.') ? { [field]: item } : undefined;
}

/** Calls `visit` for every leaf (scalar or empty container) with its keyed path. */
export function forEachLeaf(
  root: Json,
  lists: ParsedLists,
  visit: (path: Path, value: Json) => void,
  at: Path = [],
): void {
  if (Array.isArray(root) && root.length > 0) {
    const identities = identitiesOf(root, listRuleAt(lists, at));
    root.forEach((element, index) => forEachLeaf(element, lists, visit, [...at, { item: identities[index] ?? '' }]));
  } else if (isObject(root) && Object.keys(root).length > 0) {
    for (const [field, value] of Object.entries(root)) forEachLeaf(value, lists, visit, [...at, { field }]);
  } else {
    visit(at, root);
  }
}
