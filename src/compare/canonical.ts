import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import { compareVersions, inVersions, type DefaultRule, type Kind } from '../model/kind';
import { valueAt } from '../model/lists';
import { isField, parsePath, type Path } from '../model/path';

/**
 * The one normal form in which two artifacts of a kind are compared: server-owned fields gone, wire forms unwrapped,
 * the defaults of that server version filled in, empty containers dropped. Pure and idempotent.
 */
export function canonicalise(kind: Kind, value: JsonObject, version: string): JsonObject {
  let result = withoutNulls(value);
  for (const pattern of kind.serverOwned) result = removeAt(result, parsePath(pattern)) as JsonObject;
  result = kind.normalise?.(result, version) ?? result;
  result = fillDefaults(kind, result, version);
  for (const path of fieldsNewerThan(kind, version)) result = removeAt(result, path) as JsonObject;
  return withoutEmpty(result);
}

/**
 * The shortest value with the same canonical form: fields that equal their default are left out.
 * This is what an export writes.
 */
export function minimise(kind: Kind, canonical: JsonObject, version: string): JsonObject {
  const candidate = removeDefaults(kind, canonical, version);
  return withoutEmpty(candidate);
}

/** Fields of the kind that a server of this version does not have. */
export function fieldsNewerThan(kind: Kind, version: string): Path[] {
  return kind.fieldsSince
    .filter((field) => compareVersions(version, field.since) < 0)
    .map((field) => parsePath(field.path));
}

function activeDefaults(kind: Kind, version: string): readonly DefaultRule[] {
  return kind.defaults.filter((rule) => inVersions(version, rule));
}

function fillDefaults(kind: Kind, value: JsonObject, version: string): JsonObject {
  return activeDefaults(kind, version).reduce<Json>(
    (result, rule) =>
      mapAt(result, parsePath(rule.at), (node) =>
        isObject(node) && applies(rule, node) ? fill(node, rule.values) : node,
      ),
    value,
  ) as JsonObject;
}

function applies(rule: DefaultRule, node: JsonObject): boolean {
  if (!rule.when) return true;
  const { field, equals } = rule.when;
  return equalJson(valueAt(node, parsePath(field), []), equals);
}

function fill(node: JsonObject, defaults: JsonObject): JsonObject {
  const filled = { ...node };
  for (const [field, value] of Object.entries(defaults)) {
    const current = filled[field];
    if (current === undefined) filled[field] = structuredClone(value);
    else if (isObject(current) && isObject(value)) filled[field] = fill(current, value);
  }
  return filled;
}

/** Later rules are taken back first, so that a map filled by one rule and completed by another disappears whole. */
function removeDefaults(kind: Kind, value: JsonObject, version: string): JsonObject {
  return activeDefaults(kind, version).reduceRight<Json>(
    (result, rule) =>
      mapAt(result, parsePath(rule.at), (node) =>
        isObject(node) && applies(rule, node) ? strip(node, rule.values) : node,
      ),
    value,
  ) as JsonObject;
}

function strip(node: JsonObject, defaults: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(node)) {
    const standard = Object.hasOwn(defaults, field) ? defaults[field] : undefined;
    if (isObject(value) && isObject(standard)) {
      const inner = strip(value, standard);
      if (Object.keys(inner).length > 0) kept[field] = inner;
    } else if (!equalJson(value, standard)) {
      kept[field] = value;
    }
  }
  return kept;
}

/** Applies `change` to every node that the pattern matches; nodes that do not exist are left out. */
export function mapAt(node: Json, pattern: Path, change: (node: Json) => Json): Json {
  const [segment, ...rest] = pattern;
  if (!segment) return change(node);
  if (!isField(segment)) return Array.isArray(node) ? node.map((element) => mapAt(element, rest, change)) : node;
  if (!isObject(node)) return node;
  const fields = segment.field === '*' ? Object.keys(node) : Object.hasOwn(node, segment.field) ? [segment.field] : [];
  if (fields.length === 0) return node;
  const copy = { ...node };
  for (const field of fields) copy[field] = mapAt(node[field] ?? null, rest, change);
  return copy;
}

function removeAt(node: Json, pattern: Path): Json {
  const last = pattern.at(-1);
  if (!last || !isField(last)) return node;
  return mapAt(node, pattern.slice(0, -1), (parent) => {
    if (!isObject(parent) || !Object.hasOwn(parent, last.field)) return parent;
    const { [last.field]: _removed, ...kept } = parent;
    return kept;
  });
}

/** Null means absent on both sides: servers leave null fields out. */
function withoutNulls<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls) as T;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([field, inner]) => [field, withoutNulls(inner)])) as T;
}

/** An empty list or map says the same as an absent one. */
function withoutEmpty(value: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [field, inner] of Object.entries(value)) {
    const shrunk = shrink(inner);
    if (!isEmptyContainer(shrunk))
      Object.defineProperty(kept, field, { value: shrunk, enumerable: true, configurable: true, writable: true });
  }
  return kept;
}

function shrink(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? withoutEmpty(item) : item));
  return isObject(value) ? withoutEmpty(value) : value;
}

function isEmptyContainer(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
