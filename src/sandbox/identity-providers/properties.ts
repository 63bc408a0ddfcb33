import type { JsonObject } from '../../model/json';
import { objectsIn, present, textIn } from '../fields';
import { hashOfPair, hashOrder } from '../java-hash';
import { isAtLeast, type Version } from '../versions';
import { badProvider, repeatedProperty } from './failures';
import type { KeyedValue } from './record';
import { inKeyOrder } from './rows';

const MAXIMUM_PROPERTIES = 100;

/** Key/value properties of an authenticator or connector as they are stored: of several with one key, the last. */
export function sentProperties(body: JsonObject): KeyedValue[] {
  const sent = objectsIn(body, 'properties').map((each): KeyedValue => {
    const [key, value] = [textIn(each, 'key') ?? '', textIn(each, 'value')];
    return value === undefined ? { key } : { key, value };
  });
  return [...new Map(sent.map((property) => [property.key, property])).values()];
}

/** Lists of authenticators and connectors, and from 7.1 single ones too, refuse a key that comes twice. */
export function refuseRepeatedKeys(body: JsonObject): void {
  if (hasRepeatedKeys(body)) throw repeatedProperty();
}

/** True when two properties have the same key. */
export function hasRepeatedKeys(body: JsonObject): boolean {
  const keys = objectsIn(body, 'properties').map((each) => textIn(each, 'key'));
  return new Set(keys).size < keys.length;
}

/** The limit came with user-defined authenticators; 6.0 takes more. */
export function refuseManyProperties(version: Version, properties: readonly KeyedValue[]): void {
  if (isAtLeast(version, '7.1') && properties.length > MAXIMUM_PROPERTIES) {
    throw badProvider('IDP-60045', 'There are too many properties.');
  }
}

/** Properties in the order of the server's set of them, in which key and value decide. */
export function shownProperties(properties: readonly KeyedValue[]): JsonObject[] {
  const rows = inKeyOrder(properties, ({ key }) => key);
  return hashOrder(rows, ({ key, value }) => hashOfPair(key, value)).map(({ key, value }) => present({ key, value }));
}
