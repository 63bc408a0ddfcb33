import { equalJson, isObject, type Json } from '../model/json';
import { identitiesOf, listRuleAt, type ParsedLists } from '../model/lists';
import type { Path } from '../model/path';

/** Whether two canonical values at a path mean the same: lists by identity where the kind says so, in order elsewhere. */
export function sameValue(left: Json | undefined, right: Json | undefined, at: Path, lists: ParsedLists): boolean {
  // Most values are equal to the letter, which is told without paths and identities.
  return equalJson(left, right) || sameInParts(left, right, at, lists);
}

function sameInParts(left: Json | undefined, right: Json | undefined, at: Path, lists: ParsedLists): boolean {
  if (Array.isArray(left) && Array.isArray(right)) return sameList(left, right, at, lists);
  if (!isObject(left) || !isObject(right)) return false;
  const fields = Object.keys(left);
  if (fields.length !== Object.keys(right).length) return false;
  return fields.every(
    (field) => Object.hasOwn(right, field) && sameValue(left[field], right[field], [...at, { field }], lists),
  );
}

function sameList(left: readonly Json[], right: readonly Json[], at: Path, lists: ParsedLists): boolean {
  if (left.length !== right.length) return false;
  const rule = listRuleAt(lists, at);
  const identities = identitiesOf(right, rule);
  const positions = new Map(identities.map((identity, index) => [identity, index]));
  return identitiesOf(left, rule).every((item, index) => {
    const other = positions.get(item);
    if (other === undefined || ((!rule || rule.ordered) && other !== index)) return false;
    return sameValue(left[index], right[other], [...at, { item }], lists);
  });
}

/** A field of a map, or undefined; never something inherited. */
export function fieldOf(value: Json | undefined, field: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
}
