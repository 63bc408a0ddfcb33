/**
 * What a node of a file may hold. A tree has the field names of the product's own model, which are those of its JSON and
 * YAML exports; `xml` is what the same thing is called in XML.
 */
export type Shape = TextShape | FlagShape | CountShape | ListShape | MapShape;

export interface TextShape {
  readonly type: 'text';
  /** The product writes "null" as a word where it has no value. */
  readonly nullable?: boolean;
}
export interface FlagShape {
  readonly type: 'flag';
}
export interface CountShape {
  readonly type: 'count';
}
export interface ListShape {
  readonly type: 'list';
  readonly of: Shape;
  /** Name of an element in XML. */
  readonly item: string;
  /** Names that elements have besides, where the name says of which sort one is. */
  readonly others?: readonly string[];
  /** XML repeats the element itself instead of wrapping a list of them. */
  readonly flat?: boolean;
}
export interface MapShape {
  readonly type: 'map';
  readonly fields: Readonly<Record<string, Field>>;
  /** The field that stands as attributes or text of the element itself in XML. */
  readonly attributes?: readonly string[];
  readonly content?: string;
}

export interface Field {
  readonly shape: Shape;
  /** Name of the XML element. */
  readonly xml: string;
  /** Other names, in XML or JSON. */
  readonly aliases?: readonly string[];
  /** The first release whose classes have it; absent: all that are known here. */
  readonly since?: string;
  /** What YAML and JSON call it where their libraries disagree with the tree: names of getters that start with capitals. */
  readonly called?: { readonly json: string; readonly yaml: string };
}

export const text: TextShape = { type: 'text' };
export const nullable: TextShape = { type: 'text', nullable: true };
export const flag: FlagShape = { type: 'flag' };
export const count: CountShape = { type: 'count' };

export function list(item: string, of: Shape, others: readonly string[] = []): ListShape {
  return { type: 'list', item, of, others };
}

/** A list whose element is repeated in XML without a wrapper. */
export function repeated(item: string, of: Shape): ListShape {
  return { type: 'list', item, of, flat: true };
}

export function map(fields: Readonly<Record<string, Field>>, rest: Omit<MapShape, 'type' | 'fields'> = {}): MapShape {
  return { type: 'map', fields, ...rest };
}

/** A field whose XML name is given; by default its own name with a capital. */
export function field(shape: Shape, xml: string, ...aliases: string[]): Field {
  return { shape, xml, aliases };
}

/** Fields that the product has since a release. */
export function since(release: string, fields: Readonly<Record<string, Field>>): Record<string, Field> {
  return Object.fromEntries(Object.entries(fields).map(([name, entry]) => [name, { ...entry, since: release }]));
}

/** Fields of one shape whose XML name is their own name with a capital first letter. */
export function capitals(shape: Shape, ...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map((name) => [name, field(shape, capital(name))]));
}

/** Fields of one shape that are called the same in XML. */
export function plain(shape: Shape, ...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map((name) => [name, field(shape, name)]));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const indexes = new WeakMap<MapShape, Map<string, string>>();

/** The field that a name stands for, by its own name, its XML name, an alias, or `isX` for a flag `x`. */
export function fieldNamed(shape: MapShape, name: string): string | undefined {
  const index = indexes.get(shape) ?? indexOf(shape);
  indexes.set(shape, index);
  return index.get(name);
}

function indexOf(shape: MapShape): Map<string, string> {
  const index = new Map<string, string>();
  for (const [name, { shape: inner, xml, aliases = [], called }] of Object.entries(shape.fields)) {
    const flags = inner.type === 'flag' ? [`is${capital(name)}`] : [];
    const others = called ? [called.json, called.yaml] : [];
    for (const known of [name, xml, ...aliases, ...flags, ...others]) if (!index.has(known)) index.set(known, name);
  }
  return index;
}

/** Another field that the product writes under the same XML name, after the first: of `Property`, the description. */
export function secondFieldNamed(shape: MapShape, name: string): string | undefined {
  return Object.keys(shape.fields).filter((field) => shape.fields[field]?.xml === name)[1];
}
