import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind, SpellingRule } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists, type ParsedLists } from '../model/lists';
import { isField, patternOf, type Path } from '../model/path';
import { mapAt } from './canonical';

/**
 * `from` with every text that means the same as its counterpart in `to` in the spelling of `to`, by the kind's rules.
 * Elements of lists are counterparts when their identities are the same up to spelling. Everything else stays as it is.
 */
export function inSpellingOf(kind: Kind, from: JsonObject, to: JsonObject): JsonObject {
  const lists = parseLists(kind.lists);
  return (kind.spellings ?? []).reduce<JsonObject>(
    (result, rule) => respelled(result, to, { rule, lists, at: [], pattern: patternOf(rule.path) }) as JsonObject,
    from,
  );
}

interface Place {
  readonly rule: SpellingRule;
  readonly lists: ParsedLists;
  /** Where the two values stand, and what is left of the pattern below them. */
  readonly at: Path;
  readonly pattern: Path;
}

function respelled(from: Json, to: Json, place: Place): Json {
  const [segment, ...pattern] = place.pattern;
  if (!segment) return isSameText(from, to, place.rule) ? to : from;
  const below = { ...place, at: [...place.at, segment], pattern };
  if (!isField(segment)) return Array.isArray(from) && Array.isArray(to) ? respelledList(from, to, below) : from;
  if (!isObject(from) || !isObject(to)) return from;
  const [left, right] = [from[segment.field], to[segment.field]];
  if (left === undefined || right === undefined) return from;
  const inner = respelled(left, right, below);
  return inner === left ? from : { ...from, [segment.field]: inner };
}

function isSameText(from: Json, to: Json, { comparable }: SpellingRule): boolean {
  return typeof from === 'string' && typeof to === 'string' && comparable(from) === comparable(to);
}

/** Elements that are spelled alike belong together; what is left over on both sides is matched by what it means. */
function respelledList(from: Json[], to: Json[], place: Place): Json[] {
  const listRule = listRuleAt(place.lists, place.at.slice(0, -1));
  const spelled = (list: Json[]): string[] => identitiesOf(list, listRule);
  const meant = (list: Json[]): string[] =>
    spelled(list.map((element) => mapAt(element, place.pattern, (text) => comparableText(text, place.rule))));
  const [spelledFrom, meantFrom, spelledTo, meantTo] = [spelled(from), meant(from), spelled(to), meant(to)];
  const taken = new Set(spelledFrom);
  const alike = new Map(spelledTo.map((identity, index) => [identity, to[index]]));
  const meaning = new Map(
    meantTo.flatMap((identity, index) => (taken.has(spelledTo[index] ?? '') ? [] : [[identity, to[index]] as const])),
  );
  return from.map((element, index) => {
    const counterpart = alike.get(spelledFrom[index] ?? '') ?? meaning.get(meantFrom[index] ?? '');
    return counterpart === undefined ? element : respelled(element, counterpart, place);
  });
}

function comparableText(text: Json, { comparable }: SpellingRule): Json {
  return typeof text === 'string' ? comparable(text) : text;
}
