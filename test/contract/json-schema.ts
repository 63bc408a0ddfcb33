import { isObject, type Json, type JsonObject } from '../../src/model/json';

/** Which way a body goes: what is readOnly is no part of a request, what is writeOnly no part of an answer. */
export type Direction = 'request' | 'answer';

/** Keywords that OpenAPI shares with JSON Schema; the others only describe. */
const SHARED = [
  ...['type', 'format', 'enum', 'required', 'pattern', 'minLength', 'maxLength', 'multipleOf', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
];
const COMPOSITIONS = ['allOf', 'oneOf', 'anyOf'] as const;

/**
 * An OpenAPI 3.0 or Swagger 2.0 schema as JSON Schema 2019-09, with everything that it refers to.
 *
 * Objects are closed: a property that the schema does not declare is a violation, unless `additionalProperties` says
 * otherwise. An object that declares no properties at all is closed too; where the contract means "anything" by that,
 * the table of differences has to say so.
 *
 * @param document the whole OpenAPI file, in which `$ref` is looked up
 */
export function jsonSchema(document: JsonObject, schema: JsonObject, direction: Direction): JsonObject {
  const definitions: Record<string, Json> = {};
  const convert = new Conversion(document, direction, definitions);
  const root = convert.closed(schema);
  return { ...root, $defs: definitions };
}

/** What a local `$ref` such as `#/components/schemas/Error` points at. */
export function resolved(document: JsonObject, value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  if (typeof value.$ref !== 'string') return value;
  const steps = value.$ref
    .replace(/^#\//, '')
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = steps.reduce<Json | undefined>((at, step) => (isObject(at) ? at[step] : undefined), document);
  if (!isObject(target)) throw new Error(`${value.$ref} points at nothing.`);
  return resolved(document, target);
}

class Conversion {
  constructor(
    private readonly document: JsonObject,
    private readonly direction: Direction,
    private readonly definitions: Record<string, Json>,
  ) {}

  /** A schema of a value that may hold what is declared and nothing else. */
  closed(schema: JsonObject): JsonObject {
    if (typeof schema.$ref === 'string') return this.reference(schema.$ref, true);
    const open = this.open(schema);
    if (COMPOSITIONS.some((word) => Array.isArray(schema[word]))) return { ...open, unevaluatedProperties: false };
    const isClosed = 'additionalProperties' in open || !mayBeObject(schema);
    return isClosed ? open : { ...open, additionalProperties: false };
  }

  /** The same without the closing, for a part of an `allOf`: what a part does not know another one may. */
  private open(schema: JsonObject): JsonObject {
    if (typeof schema.$ref === 'string') return this.reference(schema.$ref, false);
    const converted: Record<string, Json> = {};
    for (const word of SHARED) if (isUsable(word, schema[word])) converted[word] = schema[word];
    for (const word of COMPOSITIONS) {
      const parts = schema[word];
      if (Array.isArray(parts)) converted[word] = parts.map((part) => this.open(objectOf(part)));
    }
    if (schema.items !== undefined) converted.items = this.closed(objectOf(schema.items));
    if (isObject(schema.properties)) Object.assign(converted, this.properties(schema, schema.properties));
    const others = schema.additionalProperties;
    if (others !== undefined) converted.additionalProperties = isObject(others) ? this.closed(others) : others;
    return nullable(bounded(converted, schema), schema);
  }

  private properties(schema: JsonObject, properties: JsonObject): Record<string, Json> {
    const hidden = Object.keys(properties).filter((name) => this.isHidden(properties[name]));
    const required = Array.isArray(schema.required) ? schema.required : [];
    const entries = Object.entries(properties).map(([name, property]): [string, Json] => [
      name,
      hidden.includes(name) ? false : this.closed(objectOf(property)),
    ]);
    return {
      properties: Object.fromEntries(entries),
      required: required.filter((name) => typeof name === 'string' && !hidden.includes(name)),
    };
  }

  private isHidden(property: Json | undefined): boolean {
    const { readOnly, writeOnly } = resolved(this.document, property);
    return this.direction === 'request' ? readOnly === true : writeOnly === true;
  }

  private reference(reference: string, isClosed: boolean): JsonObject {
    const name = `${reference.split('/').at(-1)}${isClosed ? '' : '-open'}`;
    if (!(name in this.definitions)) {
      this.definitions[name] = true;
      const target = resolved(this.document, { $ref: reference });
      this.definitions[name] = isClosed ? this.closed(target) : this.open(target);
    }
    return { $ref: `#/$defs/${name}` };
  }
}

/** A flag where a list of names belongs says nothing: some files have `required: true` inside a property. */
function isUsable(word: string, value: Json | undefined): value is Json {
  return value !== undefined && (word !== 'required' || Array.isArray(value));
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function mayBeObject(schema: JsonObject): boolean {
  if (schema.type !== undefined) return schema.type === 'object';
  return schema.items === undefined && schema.enum === undefined;
}

/** OpenAPI 3.0 still has the exclusive bounds of JSON Schema draft 4, which are flags. */
function bounded(converted: Record<string, Json>, schema: JsonObject): Record<string, Json> {
  const { minimum, maximum, ...rest } = converted;
  const lower = minimum === undefined ? {} : { [schema.exclusiveMinimum ? 'exclusiveMinimum' : 'minimum']: minimum };
  const upper = maximum === undefined ? {} : { [schema.exclusiveMaximum ? 'exclusiveMaximum' : 'maximum']: maximum };
  return { ...rest, ...lower, ...upper };
}

function nullable(converted: Record<string, Json>, schema: JsonObject): JsonObject {
  if (schema.nullable !== true && schema['x-nullable'] !== true) return converted;
  const changed = { ...converted };
  if (Array.isArray(converted.enum)) changed.enum = [...converted.enum, null];
  if (typeof converted.type === 'string') changed.type = [converted.type, 'null'];
  return changed;
}
