import { isObject, type Json, type JsonObject } from '../model/json';
import { uncaughtException, unreadableBody, violatedConstraints } from './failures';
import { coercedFlag, coercedNumber, coercedText, coercedWord } from './coercion';
import { GREATEST_INTEGER, GREATEST_LONG } from './integers';
import type { ListShape, ModelShape, ScalarShape, Shape, TextShape } from './shapes';
import { existsIn, type Version } from './versions';

interface Reading {
  readonly version: Version;
  readonly violations: string[];
  /** A null is where the code behind takes a value for granted: in a list of objects, or in a field with a default. */
  hasHole: boolean;
}

/**
 * Reads a request body as strictly as the product does (reference §1.6): an unknown field, a value that cannot be
 * coerced to the type or a word outside an enumeration is UE-10000, and so are broken constraints, with the constraint
 * as description. Fields that are null count as absent; an object that is null in a list, or a null in place of a
 * default, breaks the code behind, which is a 500. The answer shares nothing with the request.
 */
export function strictBody(shape: Shape, body: Json, version: Version): Json {
  const reading: Reading = { version, violations: [], hasHole: false };
  const value = read(shape, body, reading);
  if (reading.violations.length > 0) throw violatedConstraints(reading.violations);
  if (value === undefined || reading.hasHole) throw uncaughtException();
  return value;
}

function read(shape: Shape, value: Json, reading: Reading): Json | undefined {
  if (value === null) return shape.kind === 'list' && shape.nullIsEmpty ? [] : undefined;
  switch (shape.kind) {
    case 'text':
      return readText(shape, value, reading);
    case 'flag':
      return coercedFlag(value);
    case 'whole':
      return readNumber(shape, coercedNumber(value, GREATEST_INTEGER), reading);
    case 'long':
      return coercedNumber(value, GREATEST_LONG);
    case 'anything':
      if (isDeeperThan(value, DEEPEST)) throw unreadableBody();
      return structuredClone(value);
    case 'list':
      return readList(shape, value, reading);
    case 'map':
      if (!isObject(value)) throw unreadableBody();
      return readMap(shape.values, value, reading);
    case 'model':
      if (!isObject(value)) throw unreadableBody();
      return readModel(shape, value, reading);
  }
}

function readNumber({ least }: ScalarShape, value: number | undefined, reading: Reading): number | undefined {
  if (least !== undefined && value !== undefined && value < least) {
    reading.violations.push(`must be greater than or equal to ${least}`);
  }
  return value;
}

/** So deep a value can be, as with the product's reader of JSON; a deeper one could not even be written again. */
const DEEPEST = 1000;

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => each !== undefined && isDeeperThan(each, levels - 1));
}

function readText(shape: TextShape, value: Json, reading: Reading): string {
  if (shape.words) return coercedWord(value, shape.words);
  const taken = coercedText(value);
  const [least, greatest] = shape.size ?? [0, GREATEST_INTEGER];
  if (taken.length < least || taken.length > greatest) reading.violations.push(tooShortOrLong(least, greatest));
  if (shape.pattern && !shape.pattern.test(taken)) reading.violations.push(`must match "${written(shape.pattern)}"`);
  return taken;
}

/** A pattern as the product writes it, without the escapes of a JavaScript literal. */
function written(pattern: RegExp): string {
  return pattern.source.replaceAll('\\/', '/');
}

function readList(shape: ListShape, value: Json, reading: Reading): Json[] {
  if (!Array.isArray(value)) throw unreadableBody();
  const items = value.flatMap((item) => {
    const taken = read(shape.items, item, reading);
    if (item === null && shape.items.kind === 'model') reading.hasHole = true;
    return taken === undefined ? [] : [taken];
  });
  if (shape.atLeast !== undefined && value.length < shape.atLeast) {
    reading.violations.push(tooShortOrLong(shape.atLeast, GREATEST_INTEGER));
  }
  return items;
}

function tooShortOrLong(least: number, greatest: number): string {
  return `size must be between ${least} and ${greatest}`;
}

/** Any key is one, `__proto__` too. */
function readMap(shape: Shape, value: JsonObject, reading: Reading): JsonObject {
  const entries = Object.entries(value).map(([key, item]) => [key, read(shape, item, reading)] as const);
  return Object.fromEntries(entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
}

function readModel(shape: ModelShape, value: JsonObject, reading: Reading): JsonObject {
  const taken: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (!field || !existsIn(reading.version, field)) throw unreadableBody();
    const entry = read(field, item, reading);
    if (entry !== undefined) taken[name] = entry;
    else if (field.whenNull === 'violation') reading.violations.push(`Property ${name} cannot be null.`);
    else if (field.whenNull === 'failure') reading.hasHole = true;
  }
  for (const [name, field] of Object.entries(shape.fields)) {
    if (field.required && taken[name] === undefined && existsIn(reading.version, field)) {
      reading.violations.push(`Property ${name} cannot be null.`);
    }
  }
  return taken;
}

/**
 * The part of an answer that this version knows: fields that a newer version added are left out (reference §4, §6.12).
 * Fields that the model does not name are the server's own and stay.
 */
export function visibleFields(version: Version, shape: ModelShape, object: JsonObject): JsonObject {
  const shown: JsonObject = {};
  for (const [name, item] of Object.entries(object)) {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (field === undefined) shown[name] = item;
    else if (existsIn(version, field)) shown[name] = visibleValue(version, field, item);
  }
  return shown;
}

/** The same for a value of any shape. */
export function visibleValue(version: Version, shape: Shape, value: Json): Json {
  if (shape.kind === 'list' && Array.isArray(value))
    return value.map((item) => visibleValue(version, shape.items, item));
  return shape.kind === 'model' && isObject(value) ? visibleFields(version, shape, value) : value;
}
