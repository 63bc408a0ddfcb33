import { isObject, type Json, type JsonObject } from '../../model/json';
import type { Entry } from './ledger';

/** A field of a file and the field of the REST vocabulary that says the same, as dotted paths. */
export type Pair = readonly [file: string, rest: string];

/** The REST fields for what an entry of a file has. */
export function toRest(pairs: readonly Pair[], from: Entry): JsonObject {
  return copied(from, pairs);
}

/** The file fields for what an entry of the REST vocabulary has. */
export function toFile(pairs: readonly Pair[], from: Entry): JsonObject {
  return copied(
    from,
    pairs.map(([file, rest]): Pair => [rest, file]),
  );
}

function copied(from: Entry, pairs: readonly Pair[]): JsonObject {
  const result: JsonObject = {};
  for (const [source, target] of pairs) setAt(result, target, from.get(source));
  return result;
}

/** Sets a value at a dotted path, making the maps on the way; undefined sets nothing. */
export function setAt(target: JsonObject, path: string, value: Json | undefined): void {
  if (value === undefined) return;
  const names = path.split('.');
  let node = target;
  for (const name of names.slice(0, -1)) {
    const inner = node[name];
    const next: JsonObject = isObject(inner) ? inner : {};
    node[name] = next;
    node = next;
  }
  node[names.at(-1) ?? ''] = value;
}

/** A map without empty maps, lists and absent fields; undefined when nothing is left. */
export function filled(value: { readonly [field: string]: Json | undefined }): JsonObject | undefined {
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => !isEmpty(entry[1]));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
