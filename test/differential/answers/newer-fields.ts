import { isObject, type Json } from '../../../src/model/json';
import type { Version } from '../../../src/sandbox/versions';

/**
 * Fields that came between the REST classes of the real server (1.2.6) and those of 6.1.0 (1.2.23): the contract of 6.1.0
 * has them, the classes 1.2.6 do not. Of 6.1 they are not compared, and a request that has one is compared with 6.0 only.
 */
export const NEWER_FIELDS: readonly string[] = ['associateLocalUser'];

/** True when an answer of this release can differ from the real server's for no other reason than the newer fields. */
export function hasNewerFields(release: Version): boolean {
  return release === '6.1';
}

/** A value without the newer fields, wherever they are. */
export function withoutNewerFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNewerFields);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !NEWER_FIELDS.includes(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNewerFields(inner)]));
}

/** True when a newer field is anywhere in a value. */
export function mentionsNewerField(value: unknown): boolean {
  return NEWER_FIELDS.some((name) => JSON.stringify(value ?? null).includes(`"${name}"`));
}
