import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import { compareVersions, inVersions, type DefaultRule, type Kind } from '../model/kind';
import { valueAt } from '../model/lists';
import { removalOf, withoutRemoved, type Removal } from './removal';
import { isField, patternOf, type Path } from '../model/path';

/**
 * The one normal form in which two artifacts of a kind are compared: server-owned fields gone, wire forms unwrapped,
 * the defaults of that server version filled in, empty containers dropped. Pure and idempotent.
 */
export function canonicalise(kind: Kind, value: JsonObject, version: string): JsonObject {
  const own = withoutRemoved(value, ownedBy(kind));
  const normal = kind.normalise?.(own, version) ?? own;
  const filled = fillDefaults(kind, normal, version);
  const unheld = newerThan(kind, version);
  return withoutEmpty(unheld ? withoutRemoved(filled, unheld) : filled);
}

/**
 * The shortest value with the same canonical form: fields that equal their default are left out.
 * This is what an export writes.
 */
export function minimise(kind: Kind, canonical: JsonObject, version: string): JsonObject {
  const candidate = removeDefaults(kind, canonical, version);
  return withoutEmpty(candidate);
}

const owned = new WeakMap<Kind, Removal>();

function ownedBy(kind: Kind): Removal {
  const known = owned.get(kind);
  if (known) return known;
  const removal = removalOf(kind.serverOwned);
  owned.set(kind, removal);
  return removal;
}

const newer = new WeakMap<Kind, Map<string, Removal | undefined>>();

/** The fields that a server of this version does not have; undefined when it has them all. */
function newerThan(kind: Kind, version: string): Removal | undefined {
  const byVersion = newer.get(kind) ?? new Map<string, Removal | undefined>();
  newer.set(kind, byVersion);
  if (byVersion.has(version)) return byVersion.get(version);
  const paths = kind.fieldsSince
    .filter((field) => compareVersions(version, field.since) < 0)
    .map((field) => field.path);
  const removal = paths.length > 0 ? removalOf(paths) : undefined;
  byVersion.set(version, removal);
  return removal;
}

function activeDefaults(kind: Kind, version: string): readonly DefaultRule[] {
  return kind.defaults.filter((rule) => inVersions(version, rule));
}

function fillDefaults(kind: Kind, value: JsonObject, version: string): JsonObject {
  return activeDefaults(kind, version).reduce<Json>(
    (result, rule) =>
      mapAt(result, patternOf(rule.at), (node) =>
        isObject(node) && applies(rule, node) ? fill(node, rule.values) : node,
      ),
    value,
  ) as JsonObject;
}

function applies(rule: DefaultRule, node: JsonObject): boolean {
  if (!rule.when) return true;
  const { field, equals } = rule.when;
  return equalJson(valueAt(node, patternOf(field), []), equals);
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
      mapAt(result, patternOf(rule.at), (node) =>
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
  if (value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
