import { isObject, type Json } from '../model/json';
import { identitiesOf, listRuleAt, type ParsedLists } from '../model/lists';
import type { Path, Segment } from '../model/path';
import type { Place } from './scope';

/** The keyed path of a place: positions in lists become identities. `at` is the path of the root itself. */
export function keyedPath(root: Json, place: Place, lists: ParsedLists, at: Path = []): Path {
  const path: Segment[] = [...at];
  let node: Json | undefined = root;
  for (const step of place) {
    if (Array.isArray(node) && typeof step === 'number') {
      path.push({ item: identitiesOf(node, listRuleAt(lists, path))[step] ?? String(step) });
      node = node[step];
    } else {
      path.push({ field: String(step) });
      node = isObject(node) ? node[String(step)] : undefined;
    }
  }
  return path;
}

/** A copy without the value at a place. Several places of one list must be removed from the last to the first. */
export function withoutPlace(root: Json, place: Place): Json {
  const [step, ...rest] = place;
  if (Array.isArray(root)) {
    if (rest.length > 0) return root.map((element, index) => (index === step ? withoutPlace(element, rest) : element));
    return root.filter((_, index) => index !== step);
  }
  if (!isObject(root)) return root;
  const entries = Object.entries(root).flatMap(([field, inner]): [string, Json][] => {
    if (field !== step) return [[field, inner]];
    return rest.length > 0 ? [[field, withoutPlace(inner, rest)]] : [];
  });
  return Object.fromEntries(entries);
}

/** The value at a place. */
export function valueAtPlace(root: Json, place: Place): Json | undefined {
  return place.reduce<Json | undefined>((node, step) => {
    if (Array.isArray(node)) return typeof step === 'number' ? node[step] : undefined;
    return isObject(node) && Object.hasOwn(node, String(step)) ? node[String(step)] : undefined;
  }, root);
}

/** A copy with another value at a place. */
export function withPlace(root: Json, place: Place, value: Json): Json {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  if (Array.isArray(root)) return root.map((item, index) => (index === step ? withPlace(item, rest, value) : item));
  if (!isObject(root)) return root;
  return Object.fromEntries(
    Object.entries(root).map(([field, inner]) => [field, field === step ? withPlace(inner, rest, value) : inner]),
  );
}
