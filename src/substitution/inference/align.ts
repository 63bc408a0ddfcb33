import { equalJson, isObject, type Json, type JsonObject } from '../../model/json';
import { identitiesOf, listRuleAt, type ParsedLists } from '../../model/lists';
import type { Path } from '../../model/path';

/** A place that does not say the same in all environments; `undefined` where it is absent. In the order of environments. */
export interface Unequal {
  readonly path: Path;
  readonly values: readonly (Json | undefined)[];
}

/**
 * The smallest places in which the values of one artifact differ between environments. Lists are taken apart only where
 * their elements can be told apart and are the same everywhere; otherwise the whole list is the place. Text lists of
 * equal length are taken apart by `pairTexts` later. Pure.
 */
export function unequalPlaces(values: readonly Json[], lists: ParsedLists, at: Path = []): Unequal[] {
  const [first = null, ...others] = values;
  if (others.every((other) => equalJson(first, other))) return [];
  if (values.every(isObject)) return unequalFields(values, lists, at);
  if (values.every(Array.isArray)) return unequalElements(values as Json[][], lists, at);
  return [{ path: at, values }];
}

function unequalFields(maps: readonly JsonObject[], lists: ParsedLists, at: Path): Unequal[] {
  const fields = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort();
  return fields.flatMap((field) => {
    const path = [...at, { field }];
    const inner = maps.map((map) => (Object.hasOwn(map, field) ? map[field] : undefined));
    return inner.every((value) => value !== undefined) ? unequalPlaces(inner, lists, path) : [{ path, values: inner }];
  });
}

function unequalElements(all: readonly Json[][], lists: ParsedLists, at: Path): Unequal[] {
  const rule = listRuleAt(lists, at);
  const whole = [{ path: at, values: all }];
  if (all.some((list) => !list.every(isObject))) return whole;
  const identities = all.map((list) => identitiesOf(list, rule));
  const [first = []] = identities;
  const isOrdered = !rule || rule.ordered === true;
  const wanted = isOrdered ? first.join('\n') : [...first].sort().join('\n');
  const isSame = identities.every((each) => (isOrdered ? each : [...each].sort()).join('\n') === wanted);
  if (!isSame) return whole;
  return first.flatMap((item) => {
    const elements = all.map((list, index) => list[identities[index]?.indexOf(item) ?? -1] ?? null);
    return unequalPlaces(elements, lists, [...at, { item }]);
  });
}

/**
 * Elements of text lists that stand for each other in the environments, in the order of the first list; undefined when
 * there is no such pairing. By position where order counts; otherwise equal texts first, then those most alike.
 */
export function pairTexts(lists: readonly (readonly string[])[], isOrdered: boolean): string[][] | undefined {
  const [first = [], ...others] = lists;
  if (first.length === 0 || others.some((other) => other.length !== first.length)) return undefined;
  const rows = first.map((text) => [text]);
  for (const other of others) {
    const partners = isOrdered ? [...other] : partnersOf(first, other);
    rows.forEach((row, index) => row.push(partners[index] ?? ''));
  }
  return rows;
}

/** For each text its partner: the pairs that share most of their words are taken first. */
function partnersOf(texts: readonly string[], others: readonly string[]): string[] {
  const pairs = texts.flatMap((text, left) =>
    others.map((other, right) => ({ left, right, score: text === other ? Infinity : likeness(text, other) })),
  );
  pairs.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  for (const { left, right } of pairs) {
    if (partners.has(left) || taken.has(right)) continue;
    partners.set(left, right);
    taken.add(right);
  }
  return texts.map((_, index) => others[partners.get(index) ?? -1] ?? '');
}

/** The share of words that two texts have in common, from 0 to 1. */
function likeness(left: string, right: string): number {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const shared = [...a].filter((word) => b.has(word)).length;
  return (2 * shared) / (a.size + b.size || 1);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.split(/[^A-Za-z0-9]+/).filter((word) => word !== ''));
}
