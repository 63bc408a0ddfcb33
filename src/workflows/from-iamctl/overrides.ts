import { compareCanonical } from '../../compare/differences';
import type { Json, JsonObject } from '../../model/json';
import { parseLists, valueAt } from '../../model/lists';
import { formatPath, isWithin, parsePath, type Path } from '../../model/path';
import type { Draft } from './drafts';
import { secretPathsOf, withoutSecrets } from './fitting';

/**
 * For each environment, the values by path that turn the base into what it has; nothing for those that have the same.
 * Texts may hold marks. Undefined where overrides cannot say it: they can set a field, not take one away.
 */
export function overridesOf(
  draft: Draft,
  base: JsonObject,
  values: ReadonlyMap<string, JsonObject>,
): Map<string, JsonObject> | undefined {
  const overrides = new Map<string, JsonObject>();
  for (const [environment, value] of values) {
    if (value === base) continue;
    const own = overridesBetween(draft, base, value);
    if (!own) return undefined;
    if (Object.keys(own).length > 0) overrides.set(environment, own);
  }
  return overrides;
}

function overridesBetween(draft: Draft, base: JsonObject, value: JsonObject): JsonObject | undefined {
  const { definition, confidential, marks } = draft;
  const lists = parseLists(definition.lists);
  const bare = (side: JsonObject): JsonObject => withoutSecrets(definition, side, confidential);
  const [from, to] = [bare(base), bare(value)];
  const secrets = secretPathsOf(definition, value, confidential);
  const found = new Map<string, { path: Path; value: Json }>();
  for (const change of compareCanonical(definition, from, to)) {
    const path = parsePath(change.path);
    const isPlain = change.change !== 'remove' && marks.within(change.path).length === 0;
    // What cannot be named or removed by itself is set with all that is around it.
    const whole = isPlain
      ? path
      : around(path, (outer) => {
          const isNamed = marks.within(formatPath(outer)).length === 0;
          return isNamed && valueAt(to, outer, lists) !== undefined;
        });
    if (!whole || (!isPlain && secrets.some((secret) => isWithin(secret, whole)))) return undefined;
    found.set(formatPath(whole), { path: whole, value: valueAt(to, whole, lists) ?? null });
  }
  const all = [...found.values()];
  const outermost = all.filter(({ path }) => !all.some((other) => other.path !== path && isWithin(path, other.path)));
  return Object.fromEntries(outermost.map((one) => [formatPath(one.path), one.value]));
}

function around(path: Path, isFit: (outer: Path) => boolean): Path | undefined {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const outer = path.slice(0, length);
    if (isFit(outer)) return outer;
  }
  return undefined;
}
