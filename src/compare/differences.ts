import { diff, Operation as ChangeType, type IChange } from 'json-diff-ts';
import type { Difference } from '../model/difference';
import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import type { Kind, SecretRule } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists, type ParsedLists } from '../model/lists';
import { inSpellingOf } from './spellings';
import { formatPath, isField, matchesPattern, patternOf, type Path, type Segment } from '../model/path';

/**
 * The differences that turn `from` into `to`, both canonical, sorted by path. List elements are matched by identity,
 * so neither their order nor their position matters where the kind does not say so; nor do two spellings of one text.
 * `confidential` are paths that a server declared secret; values of secrets are never part of the result.
 */
export function compareCanonical(
  kind: Kind,
  from: JsonObject,
  to: JsonObject,
  confidential: readonly string[] = [],
): Difference[] {
  if (equalJson(from, to)) return [];
  const lists = parseLists(kind.lists);
  const [before, after] = withoutEqualFields(inSpellingOf(kind, from, to), to);
  const left = keyed(before, [], lists);
  const right = keyed(after, [], lists);
  const isSecret = secretTest(kind, confidential);
  const found: Difference[] = [];
  collect(diff(left, right, { treatTypeChangeAsReplace: true }), [], lists, (path, change, before, after) => {
    found.push(difference(path, change, before, after, isSecret));
  });
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/**
 * Both values without the fields that are the same on both sides: most of an artifact is, and need not be matched.
 * Lists stay whole, since the identity of an element can depend on its neighbours.
 */
function withoutEqualFields(from: JsonObject, to: JsonObject): [JsonObject, JsonObject] {
  const [left, right]: [[string, Json][], [string, Json][]] = [[], []];
  for (const field of Object.keys(from)) {
    const before = from[field] ?? null;
    if (!Object.hasOwn(to, field)) {
      left.push([field, before]);
      continue;
    }
    const after = to[field] ?? null;
    if (equalJson(before, after)) continue;
    const [innerLeft, innerRight] =
      isObject(before) && isObject(after) ? withoutEqualFields(before, after) : [before, after];
    left.push([field, innerLeft]);
    right.push([field, innerRight]);
  }
  for (const field of Object.keys(to)) if (!Object.hasOwn(from, field)) right.push([field, to[field] ?? null]);
  return [Object.fromEntries(left), Object.fromEntries(right)];
}

/** Tells whether a concrete path holds a secret by the kind's rules or the server's declaration. */
export function secretTest(kind: Kind, confidential: readonly string[] = []): (path: Path) => boolean {
  const rules = kind.secrets.map((rule) => ({ rule, pattern: patternOf(rule.path) }));
  const declared = new Set(confidential);
  return (path) =>
    (declared.size > 0 && declared.has(formatPath(path))) ||
    rules.some(({ rule, pattern }) => isSecretBy(rule, pattern, path));
}

function isSecretBy(rule: SecretRule, pattern: Path, path: Path): boolean {
  if (!matchesPattern(pattern, path)) return false;
  if (!rule.names) return true;
  const item = path.findLast((segment) => !isField(segment));
  return item !== undefined && !isField(item) && rule.names.test(item.item);
}

/** Lists become maps by identity, so that the comparison matches elements instead of positions. */
function keyed(value: Json, at: Path, lists: ParsedLists): Json {
  if (Array.isArray(value)) {
    const rule = listRuleAt(lists, at);
    const identities = identitiesOf(value, rule?.ordered ? undefined : rule);
    return mapOf(value.map((element, index) => itemEntry(element, identities[index] ?? '', at, lists)));
  }
  if (!isObject(value)) return value;
  return mapOf(Object.entries(value).map(([field, inner]) => [`.${field}`, keyed(inner, [...at, { field }], lists)]));
}

function itemEntry(element: Json, item: string, at: Path, lists: ParsedLists): [string, Json] {
  return [`[${item}`, keyed(element, [...at, { item }], lists)];
}

/** Every key carries a mark (`.` field, `[` element), so no key can collide with JavaScript's own names. */
function mapOf(entries: [string, Json][]): JsonObject {
  return Object.fromEntries(entries);
}

type Visit = (path: Path, change: Difference['change'], before: Json | undefined, after: Json | undefined) => void;

function collect(changes: readonly IChange[], at: Path, lists: ParsedLists, visit: Visit): void {
  const removed = new Map(
    changes.filter((change) => change.type === ChangeType.REMOVE).map((change) => [change.key, change]),
  );
  for (const change of changes) {
    const path = [...at, segmentOf(change.key)];
    if (change.changes) collect(change.changes, path, lists, visit);
    else if (change.type === ChangeType.UPDATE) visit(path, 'change', change.oldValue, change.value);
    else if (change.type === ChangeType.ADD) visitAdded(change, removed.get(change.key), path, visit);
    else if (!changes.some((other) => other.type === ChangeType.ADD && other.key === change.key)) {
      visit(path, 'remove', change.value, undefined);
    }
  }
}

/** A change of type (text to list) arrives as a removal and an addition of one key: it is one change. */
function visitAdded(added: IChange, removed: IChange | undefined, path: Path, visit: Visit): void {
  if (removed) visit(path, 'change', removed.value, added.value);
  else visit(path, 'add', undefined, added.value);
}

function segmentOf(key: string): Segment {
  return key.startsWith('[') ? { item: key.slice(1) } : { field: key.slice(1) };
}

function unkeyed(value: Json): Json {
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries[0]?.[0].startsWith('[')) return entries.map(([, inner]) => unkeyed(inner));
  return Object.fromEntries(entries.map(([key, inner]) => [key.slice(1), unkeyed(inner)]));
}

function difference(
  path: Path,
  change: Difference['change'],
  before: Json | undefined,
  after: Json | undefined,
  isSecret: (path: Path) => boolean,
): Difference {
  const text = formatPath(path);
  if (isSecret(path)) return { path: text, change, secret: true };
  const shown: { -readonly [field in keyof Difference]: Difference[field] } = { path: text, change };
  if (before !== undefined) shown.from = unkeyed(hideSecrets(before, path, isSecret));
  if (after !== undefined) shown.to = unkeyed(hideSecrets(after, path, isSecret));
  return shown;
}

/** A whole element that was added or removed may hold secrets deeper down: they are named, not shown. */
function hideSecrets(value: Json, at: Path, isSecret: (path: Path) => boolean): Json {
  if (isSecret(at)) return '(secret)';
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, hideSecrets(inner, [...at, segmentOf(key)], isSecret)]),
  );
}
