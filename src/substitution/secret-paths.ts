import { isObject, type Json } from '../model/json';
import { identitiesOf, listRuleAt, type ParsedLists } from '../model/lists';
import type { Path } from '../model/path';

/** Calls `visit` for every value that a secret rule names, without going into it. */
export function forEachSecret(
  value: Json,
  lists: ParsedLists,
  isSecret: (path: Path) => boolean,
  visit: (path: Path) => void,
  at: Path = [],
): void {
  if (at.length > 0 && isSecret(at)) {
    visit(at);
  } else if (Array.isArray(value)) {
    const identities = identitiesOf(value, listRuleAt(lists, at));
    value.forEach((element, index) =>
      forEachSecret(element, lists, isSecret, visit, [...at, { item: identities[index] ?? '' }]),
    );
  } else if (isObject(value)) {
    for (const [field, inner] of Object.entries(value))
      forEachSecret(inner, lists, isSecret, visit, [...at, { field }]);
  }
}
