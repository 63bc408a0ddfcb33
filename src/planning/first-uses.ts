import type { JsonObject } from '../model/json';
import type { FirstUseRule } from '../model/kind';
import { patternOf } from '../model/path';
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

function namesIn(rules: readonly FirstUseRule[] = [], value: JsonObject): string[] {
  return rules.flatMap((rule) => textsAt(value, patternOf(rule.path)).map((text) => `${rule.makes} ${text}`));
}
