import { z } from 'zod';
import { isObject, type Json, type JsonObject } from '../../../../src/model/json';
import type { Kind } from '../../../../src/model/kind';

/** One value of an artifact: a full one in which a single optional part is absent, empty, other than usual, or alone. */
export interface State {
  /** The optional part and what is done with it, such as `oidc.allowedOrigins empty`. */
  readonly name: string;
  /** The part of the artifact that the state concerns; states of different groups can be had together. */
  readonly group?: string;
  /** The full value with this state brought about in it. */
  apply(full: JsonObject): JsonObject;
}

interface OptionalPart {
  readonly path: readonly (string | number)[];
  readonly schema: JsonObject;
}

/**
 * All states of a value by the optional parts of the kind's schema that it holds, and the value with nothing optional.
 * Parts that `full` does not hold have no states: what a test is to reach has to be in the value that it starts from.
 */
export function statesOf(kind: Pick<Kind, 'schema'>, full: JsonObject): State[] {
  const schema = schemaOf(kind);
  const states = optionalParts(schema, full, []).flatMap((part) => variants(part, schema, full));
  const bare: State = { name: 'nothing optional', apply: (value) => skeleton(schema, value, undefined) as JsonObject };
  return states.length === 0 ? [] : [bare, ...states].filter(({ apply }) => kind.schema.safeParse(apply(full)).success);
}

/** Optional fields at and below a node, each with its path in `value`; of a list only the elements that are there. */
function optionalParts(schema: JsonObject, value: Json, at: OptionalPart['path']): OptionalPart[] {
  if (Array.isArray(value)) {
    const items = isObject(schema.items) ? schema.items : {};
    return value.flatMap((element, index) => optionalParts(items, element, [...at, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(fieldsOf(schema)).flatMap(([field, inner]) => {
    const here = [...at, field];
    const below = value[field];
    if (below === undefined) return [];
    const own = requiredOf(schema).includes(field) ? [] : [{ path: here, schema: inner }];
    return [...own, ...optionalParts(inner, below, here)];
  });
}

function fieldsOf(schema: JsonObject): Record<string, JsonObject> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, isObject(inner) ? inner : {}]));
}

function requiredOf(schema: JsonObject): string[] {
  return Array.isArray(schema.required) ? schema.required.map(String) : [];
}

function variants({ path, schema }: OptionalPart, whole: JsonObject, full: JsonObject): State[] {
  const value = at(full, path);
  const depth = groupDepth(path);
  const group = path.length < depth ? undefined : path.slice(0, depth).join('.');
  const state = (what: string, apply: State['apply']): State => ({ name: `${path.join('.')} ${what}`, group, apply });
  const set = (what: string, other: Json): State => state(what, (value) => withValue(value, path, other));
  return [
    state('absent', (value) => withValue(value, path, undefined)),
    ...emptyOf(value).map((empty) => set('empty', empty)),
    ...othersOf(schema, value).map((other) => set(`= ${JSON.stringify(other)}`, other)),
    ...(Array.isArray(value) && value.length > 1 ? [set('one less', value.slice(0, -1))] : []),
    ...(isObject(value) ? [set('with nothing optional', skeleton(schema, value, undefined))] : []),
    ...(path.length > depth ? [state('alone', (value) => alone(whole, value, path))] : []),
  ];
}

function emptyOf(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return [[]];
  if (isObject(value)) return [{}];
  return typeof value === 'string' ? [''] : [];
}

/** The other flag, the other members of an enumeration, another number. */
function othersOf(schema: JsonObject, value: Json | undefined): Json[] {
  if (Array.isArray(schema.enum)) return schema.enum.filter((member) => member !== value);
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [0] : [];
}

/** How many fields deep the groups of a block lie, where they do not lie at the top. */
const GROUP_DEPTHS: Readonly<Record<string, number>> = {
  inboundProtocolConfiguration: 3,
  federatedAuthenticators: 3,
  provisioning: 2,
  provisioningConfigurations: 2,
};

const groupDepth = ([first]: OptionalPart['path']): number => GROUP_DEPTHS[String(first)] ?? 1;

/** The group reduced to what the schema requires, and in it one optional part with what that needs around it. */
function alone(schema: JsonObject, value: JsonObject, path: OptionalPart['path']): JsonObject {
  const group = path.slice(0, groupDepth(path));
  const inner = group.reduce<JsonObject>((node, field) => fieldsOf(node)[field] ?? {}, schema);
  return withValue(value, group, skeleton(inner, at(value, group) ?? {}, path.slice(group.length)));
}

function skeleton(schema: JsonObject, value: Json, path: OptionalPart['path'] | undefined): Json {
  if (path?.length === 0) return value;
  if (Array.isArray(value)) {
    const items = isObject(schema.items) ? schema.items : {};
    return value.map((element, index) => skeleton(items, element, path?.[0] === index ? path.slice(1) : undefined));
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(fieldsOf(schema)).flatMap(([field, inner]) => {
    const below = value[field];
    const isOnPath = path?.[0] === field;
    if (below === undefined || !(isOnPath || requiredOf(schema).includes(field))) return [];
    return [[field, skeleton(inner, below, isOnPath ? path.slice(1) : undefined)] as const];
  });
  return Object.fromEntries(kept);
}

function at(value: Json | undefined, path: OptionalPart['path']): Json | undefined {
  return path.reduce<Json | undefined>((node, step) => child(node, step), value);
}

function child(node: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(node)) return node[Number(step)];
  return isObject(node) ? node[step] : undefined;
}

function withValue<T extends Json>(node: T, [step, ...rest]: OptionalPart['path'], value: Json | undefined): T {
  if (step === undefined) return node;
  if (Array.isArray(node)) {
    return node.map((element, index) => (index === step ? withValue(element, rest, value) : element)) as T;
  }
  if (!isObject(node)) return node;
  const inner = rest.length === 0 ? value : withValue(node[step] ?? {}, rest, value);
  const others = Object.entries(node).map(([field, old]) => [field, field === step ? inner : old] as const);
  return Object.fromEntries(others.filter(([, kept]) => kept !== undefined)) as T;
}

function schemaOf(kind: Pick<Kind, 'schema'>): JsonObject {
  return z.toJSONSchema(kind.schema, { unrepresentable: 'any' }) as JsonObject;
}

/**
 * The states in as few combinations as hold each of them once: one of every group together, and those of no group by
 * themselves. The order of states, and so the result, is always the same.
 */
export function combined(states: readonly State[]): State[] {
  const groups = new Map<string, State[]>();
  for (const state of states) {
    if (state.group !== undefined) groups.set(state.group, [...(groups.get(state.group) ?? []), state]);
  }
  const longest = Math.max(0, ...[...groups.values()].map((list) => list.length));
  const together = Array.from({ length: longest }, (_, index) =>
    all([...groups.values()].flatMap((list) => list[index] ?? [])),
  );
  return [...states.filter(({ group }) => group === undefined), ...together];
}

function all(states: readonly State[]): State {
  return {
    name: states.map(({ name }) => name).join(', '),
    apply: (value) => states.reduce((result, state) => state.apply(result), value),
  };
}
