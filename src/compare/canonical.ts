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
  const known = canonicalForms.get(value);
  if (known?.kind === kind && known.version === version) return value;
  const own = withoutRemoved(value, ownedBy(kind));
  const normal = kind.normalise?.(own, version) ?? own;
  const filled = fillDefaults(kind, normal, version);
  const unheld = newerThan(kind, version);
  const canonical = withoutEmpty(unheld ? withoutRemoved(filled, unheld) : filled);
  canonicalForms.set(canonical, { kind, version });
  return canonical;
}

/** Values that are canonical already: an export looks at the same one several times. */
const canonicalForms = new WeakMap<JsonObject, { readonly kind: Kind; readonly version: string }>();

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

const defaultsInForce = new WeakMap<Kind, Map<string, readonly DefaultRule[]>>();

function activeDefaults(kind: Kind, version: string): readonly DefaultRule[] {
  const byVersion = defaultsInForce.get(kind) ?? new Map<string, readonly DefaultRule[]>();
  defaultsInForce.set(kind, byVersion);
  const rules = byVersion.get(version) ?? kind.defaults.filter((rule) => inVersions(version, rule));
  byVersion.set(version, rules);
  return rules;
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

/** Shares what is there already and the defaults themselves: canonical values are never changed in place. */
function fill(node: JsonObject, defaults: JsonObject): JsonObject {
  let filled: JsonObject | undefined;
  for (const field of Object.keys(defaults)) {
    const standard = defaults[field] ?? null;
    const current = node[field];
    const value =
      current === undefined ? standard : isObject(current) && isObject(standard) ? fill(current, standard) : current;
    if (value !== current) (filled ??= { ...node })[field] = value;
  }
  return filled ?? node;
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
  let copy: JsonObject | undefined;
  for (const field of fields) {
    const inner = node[field] ?? null;
    const changed = mapAt(inner, rest, change);
    if (changed !== inner) (copy ??= { ...node })[field] = changed;
  }
  return copy ?? node;
}

/** An empty list or map says the same as an absent one. What has none is returned as it is. */
function withoutEmpty(value: JsonObject): JsonObject {
  let kept: JsonObject | undefined;
  for (const field of Object.keys(value)) {
    const inner = value[field] ?? null;
    const shrunk = shrink(inner);
    if (shrunk === inner && !isEmptyContainer(shrunk)) continue;
    kept ??= { ...value };
    if (isEmptyContainer(shrunk)) delete kept[field];
    else kept[field] = shrunk;
  }
  return kept ?? value;
}

function shrink(value: Json): Json {
  if (Array.isArray(value)) return shrinkList(value);
  return isObject(value) ? withoutEmpty(value) : value;
}

function shrinkList(list: Json[]): Json[] {
  const shrunk = list.map((item) => (isObject(item) ? withoutEmpty(item) : item));
  return shrunk.every((item, index) => item === list[index]) ? list : shrunk;
}

function isEmptyContainer(value: Json): boolean {
  if (value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
