import { isObject, type Json, type JsonObject } from '../../model/json';

/** A field that is a text with something in it; the servers write absent texts as `""` as often as not. */
export function filledText(map: JsonObject | undefined, field: string): string | undefined {
  const value = map?.[field];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The maps of a list; empty where there is no list. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list that have something in them; empty where there is no list. */
export function filledTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}

export function objectOf(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** Only the named fields, those that are there, in the order of the names. */
export function pick(map: JsonObject | undefined, fields: readonly string[]): JsonObject {
  return defined(Object.fromEntries(fields.map((field) => [field, map?.[field]])));
}

/** A map without the fields that have no value. */
export function defined(map: { readonly [field: string]: Json | undefined }): JsonObject {
  const entries = Object.entries(map).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/**
 * A sorted copy by a text of each element, independent of locale: lists that the server keeps as maps come in any order.
 * Elements with the same text are in the order of all that they hold.
 */
export function sortedBy<T>(list: readonly T[], textOf: (element: T) => string): T[] {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...list].sort(
    (left, right) =>
      order(textOf(left), textOf(right)) || order(JSON.stringify(left) ?? '', JSON.stringify(right) ?? ''),
  );
}
