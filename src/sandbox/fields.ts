import { isObject, type Json, type JsonObject } from '../model/json';

/*
 * Bodies have been read against their shape before they get here, so a field either has its type or is absent;
 * these readers turn that into types.
 */

/** The text in a field; undefined when it is absent. */
export function textIn(object: JsonObject | undefined, field: string): string | undefined {
  const value = object?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The flag in a field; undefined when it is absent. */
export function flagIn(object: JsonObject | undefined, field: string): boolean | undefined {
  const value = object?.[field];
  return typeof value === 'boolean' ? value : undefined;
}

/** The number in a field; undefined when it is absent. */
export function numberIn(object: JsonObject | undefined, field: string): number | undefined {
  const value = object?.[field];
  return typeof value === 'number' ? value : undefined;
}

/** The object in a field; undefined when it is absent. */
export function objectIn(object: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = object?.[field];
  return isObject(value) ? value : undefined;
}

/** The list in a field; undefined when it is absent. */
export function listIn(object: JsonObject | undefined, field: string): Json[] | undefined {
  const value = object?.[field];
  return Array.isArray(value) ? value : undefined;
}

/** The objects of a list field; none when it is absent. */
export function objectsIn(object: JsonObject | undefined, field: string): JsonObject[] {
  return (listIn(object, field) ?? []).filter(isObject);
}

/** The texts of a list field; none when it is absent. */
export function textsIn(object: JsonObject | undefined, field: string): string[] {
  return (listIn(object, field) ?? []).filter((item): item is string => typeof item === 'string');
}

/** The value as an object; an empty one for anything else. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The object without its undefined fields, as JSON would send it. */
export function present(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept;
}

/** True for undefined, the empty text and white space. */
export function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

/** The object without some of its fields. */
export function without(object: JsonObject, ...fields: string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}
