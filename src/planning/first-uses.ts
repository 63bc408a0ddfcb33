import type { Difference } from '../model/difference';
import type { JsonObject } from '../model/json';
import type { FirstUseRule } from '../model/kind';
import { isWithin, parsePath, patternOf } from '../model/path';
import { textsAt } from './texts-at';

/**
 * What a write uses of the things that a server makes by itself at their first use, named so that two writes that use
 * the same one have a name in common. What the artifact uses already is there and does not count.
 */
export function firstUses(
  rules: readonly FirstUseRule[] | undefined,
  desired: JsonObject,
  live: JsonObject | undefined,
): string[] {
  const used = new Set(namesIn(rules, live ?? {}));
  return [...new Set(namesIn(rules, desired))].filter((name) => !used.has(name));
}

/** The fields that an update replaces of those that a server cannot replace twice at the same time. */
export function writtenAlone(paths: readonly string[] | undefined, differences: readonly Difference[]): string[] {
  const changed = differences.map(({ path }) => parsePath(path));
  return (paths ?? []).filter((text) => {
    const field = parsePath(text);
    return changed.some((path) => isWithin(path, field) || isWithin(field, path));
  });
}

function namesIn(rules: readonly FirstUseRule[] = [], value: JsonObject): string[] {
  return rules.flatMap((rule) => textsAt(value, patternOf(rule.path)).map((text) => `${rule.makes} ${text}`));
}
