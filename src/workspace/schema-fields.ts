import * as z from 'zod';
import type { ZodType } from 'zod';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists } from '../model/lists';
import { nearest } from '../model/nearest';
import type { Path } from '../model/path';

/** A part of a JSON Schema. */
export type SchemaNode = JsonObject;

const converted = new WeakMap<ZodType, SchemaNode>();

/** The JSON Schema of a zod schema, made once; in the draft that editors know best. */
export function jsonSchemaOf(schema: ZodType): SchemaNode {
  const known = converted.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' }) as SchemaNode;
  converted.set(schema, made);
  return made;
}

/**
 * The fields that a map at the steps may have, in schema order; those of all variants where there are several, unless
 * the map itself says which variant it is.
 */
export function fieldsAt(schema: ZodType, steps: readonly (string | number)[], map: unknown = {}): string[] {
  const root = jsonSchemaOf(schema);
  let nodes = variants([root], root);
  for (const step of steps) nodes = stepInto(nodes, step, root);
  return fieldNames(nodes.filter((node) => isVariantOf(node, map)));
}

/** False when a field has another fixed value in the variant than in the map, as `type` in an authentication. */
function isVariantOf(node: SchemaNode, map: unknown): boolean {
  if (!isObject(map) || !isObject(node.properties)) return true;
  return Object.entries(node.properties).every(([field, inner]) => {
    const fixed = isObject(inner) ? inner.const : undefined;
    return fixed === undefined || !Object.hasOwn(map, field) || map[field] === fixed;
  });
}

/**
 * A value as it stands in a file: fields in schema order (unknown ones and those of free maps sorted, at the end),
 * elements of unordered lists sorted by identity.
 */
export function orderFields(kind: Pick<Kind, 'schema' | 'lists'>, value: Json, at: Path = []): Json {
  const root = jsonSchemaOf(kind.schema);
  let nodes = variants([root], root);
  for (const segment of at) nodes = stepInto(nodes, 'field' in segment ? segment.field : 0, root);
  return ordered(value, nodes, at, { root, lists: parseLists(kind.lists) });
}

/** The fields of a map at a keyed path, in the order of the kind's files. */
export function fieldOrder(kind: Pick<Kind, 'schema'>, at: Path): string[] {
  return fieldsAt(
    kind.schema,
    at.map((segment) => ('field' in segment ? segment.field : 0)),
  );
}

/** The first field of a path that a value of the schema cannot have, with the nearest one that it can; else undefined. */
export function unknownField(schema: ZodType, path: Path): { field: string; near?: string } | undefined {
  const root = jsonSchemaOf(schema);
  let nodes = variants([root], root);
  for (const segment of path) {
    if (nodes.some(isFree)) return undefined;
    const field = 'field' in segment ? segment.field : 0;
    const names = fieldNames(nodes);
    const next = field === '*' ? names.flatMap((name) => stepInto(nodes, name, root)) : stepInto(nodes, field, root);
    if (next.length === 0) {
      const near = typeof field === 'string' ? nearest(field, names) : undefined;
      return { field: typeof field === 'string' ? field : '[]', ...(near === undefined ? {} : { near }) };
    }
    nodes = next;
  }
  return undefined;
}

/** A schema that says nothing of what is in a value. */
function isFree(node: SchemaNode): boolean {
  const keys = [
    'properties',
    'additionalProperties',
    'items',
    'anyOf',
    'oneOf',
    'allOf',
    '$ref',
    'type',
    'const',
    'enum',
  ];
  return keys.every((key) => node[key] === undefined) || (node.type === 'object' && node.properties === undefined);
}

interface Ordering {
  readonly root: SchemaNode;
  readonly lists: ReturnType<typeof parseLists>;
}

function ordered(value: Json, nodes: readonly SchemaNode[], at: Path, by: Ordering): Json {
  if (Array.isArray(value)) {
    const rule = listRuleAt(by.lists, at);
    const inner = stepInto(nodes, 0, by.root);
    const identities = identitiesOf(value, rule);
    const items = value.map((item, index) => ({
      identity: identities[index] ?? '',
      item: ordered(item, inner, [...at, { item: identities[index] ?? '' }], by),
    }));
    if (rule && !rule.ordered) items.sort((a, b) => compareIdentities(a.identity, b.identity));
    return items.map(({ item }) => item);
  }
  if (!isObject(value)) return value;
  const names = fieldNames(nodes).filter((field) => Object.hasOwn(value, field));
  const others = Object.keys(value).filter((field) => !names.includes(field));
  const entries = [...names, ...others.sort()].map((field): [string, Json] => [
    field,
    ordered(value[field] ?? null, stepInto(nodes, field, by.root), [...at, { field }], by),
  ]);
  return Object.fromEntries(entries);
}

/** Numbers by value (`2` before `10`), everything else by character code. */
export function compareIdentities(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  if (/^\d+$/.test(left) && /^\d+$/.test(right) && a !== b) return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}

function fieldNames(nodes: readonly SchemaNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => (isObject(node.properties) ? Object.keys(node.properties) : [])))];
}

function stepInto(nodes: readonly SchemaNode[], step: string | number, root: SchemaNode): SchemaNode[] {
  const next = nodes.flatMap((node): SchemaNode[] => {
    if (typeof step === 'number') return [node.items ?? null, listOf(node.items)].flat().filter(isObject);
    const named = isObject(node.properties) ? node.properties[step] : undefined;
    return [named ?? node.additionalProperties].filter(isObject);
  });
  return variants(next, root);
}

/** The nodes with references followed and alternatives spread out; each only once, as schemas may refer to themselves. */
function variants(nodes: readonly SchemaNode[], root: SchemaNode): SchemaNode[] {
  const found = new Set<SchemaNode>();
  const visit = (node: SchemaNode): void => {
    if (found.has(node)) return;
    found.add(node);
    if (typeof node.$ref === 'string') visit(resolve(node.$ref, root));
    for (const key of ['anyOf', 'oneOf', 'allOf']) listOf(node[key]).filter(isObject).forEach(visit);
  };
  nodes.forEach(visit);
  return [...found];
}

function resolve(reference: string, root: SchemaNode): SchemaNode {
  const steps = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
  const node = steps.reduce<Json>((at, step) => (isObject(at) ? (at[step] ?? {}) : {}), root);
  return isObject(node) ? node : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
