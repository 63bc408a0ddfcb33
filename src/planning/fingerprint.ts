import { createHash } from 'node:crypto';
import { secretTest } from '../compare/differences';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists, type ParsedLists } from '../model/lists';
import type { Path } from '../model/path';

/**
 * A digest of a canonical state: equal states give equal digests whatever the order of fields and unordered lists.
 * Secrets are left out, so that a plan file gives no way to guess them.
 */
export function fingerprint(kind: Kind, canonical: JsonObject, confidential: readonly string[] = []): string {
  const text = stable(canonical, [], parseLists(kind.lists), secretTest(kind, confidential));
  return createHash('sha256').update(text).digest('hex');
}

function stable(value: Json, at: Path, lists: ParsedLists, isSecret: (path: Path) => boolean): string {
  if (isSecret(at)) return '"(secret)"';
  if (Array.isArray(value)) return stableList(value, at, lists, isSecret);
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${stable(value[field] ?? null, [...at, { field }], lists, isSecret)}`).join()}}`;
}

function stableList(list: Json[], at: Path, lists: ParsedLists, isSecret: (path: Path) => boolean): string {
  const rule = listRuleAt(lists, at);
  const identities = identitiesOf(list, rule);
  const items = list.map((item, index) => stable(item, [...at, { item: identities[index] ?? '' }], lists, isSecret));
  const unordered = rule !== undefined && rule.ordered !== true;
  return `[${(unordered ? items.sort() : items).join()}]`;
}
