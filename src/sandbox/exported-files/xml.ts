import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { isObject, type Json, type JsonObject } from '../../model/json';

/**
 * How a field looks in XML. Lists either have an element around them, whose items have `item` as name, or repeat
 * their own element; `fields` says what is below. A field without an entry keeps its name and its text.
 */
export interface XmlElement {
  readonly name: string;
  readonly list?: 'wrapped' | 'repeated';
  /** The name of the items in a wrapped list; by item, when its items are of several kinds. */
  readonly item?: string | ((item: JsonObject) => string);
  /** What the other item names mean when they are read: fields to add. */
  readonly kinds?: Readonly<Record<string, JsonObject>>;
  readonly fields?: Readonly<Record<string, XmlElement>>;
  /** What a text is read as. */
  readonly type?: 'flag' | 'whole';
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Writes an object as an XML document; null and absent fields are left out. */
export function writeXml(root: XmlElement, contents: JsonObject): string {
  const builder = new XMLBuilder({ format: true, indentBy: '    ', suppressEmptyNode: true });
  return DECLARATION + String(builder.build({ [root.name]: elementOf(root, contents) }));
}

function elementOf(element: XmlElement, value: Json): Json {
  if (!isObject(value)) return value;
  const written: JsonObject = {};
  for (const [field, item] of Object.entries(value)) {
    if (item === null) continue;
    const child = element.fields?.[field] ?? { name: field };
    written[child.name] = Array.isArray(item) ? listOf(child, item) : elementOf(child, item);
  }
  return written;
}

function listOf(element: XmlElement, items: readonly Json[]): Json {
  if (element.list !== 'wrapped') return items.map((item) => elementOf(element, item));
  const wrapped: Record<string, Json[]> = {};
  for (const item of items) {
    const name = typeof element.item === 'function' ? element.item(isObject(item) ? item : {}) : element.item;
    (wrapped[name ?? 'item'] ??= []).push(elementOf(element, item));
  }
  return wrapped;
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: true, trimValues: true });

/** Reads such a document back; undefined when it is no XML, or has another root. Document types are refused. */
export function readXml(root: XmlElement, content: string): JsonObject | undefined {
  if (/<!DOCTYPE/i.test(content) || XMLValidator.validate(content) !== true) return undefined;
  try {
    const parsed: unknown = parser.parse(content);
    const contents = isObject(parsed) ? parsed[root.name] : undefined;
    if (contents === undefined) return undefined;
    return isObject(contents) ? objectOf(root, contents) : {};
  } catch {
    return undefined;
  }
}

function objectOf(element: XmlElement, value: JsonObject): JsonObject {
  const byName = new Map(Object.entries(element.fields ?? {}).map(([field, child]) => [child.name, { field, child }]));
  const read: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const known = byName.get(name);
    read[known?.field ?? name] = valueOf(known?.child ?? { name }, item);
  }
  return read;
}

function valueOf(element: XmlElement, value: Json): Json {
  if (element.list === 'repeated') return (Array.isArray(value) ? value : [value]).map((item) => itemOf(element, item));
  if (element.list === 'wrapped') return isObject(value) ? wrappedItems(element, value) : [];
  return itemOf(element, value);
}

function wrappedItems(element: XmlElement, value: JsonObject): Json[] {
  return Object.entries(value).flatMap(([name, items]) =>
    (Array.isArray(items) ? items : [items]).map((item) => {
      const read = itemOf(element, item);
      return isObject(read) ? { ...element.kinds?.[name], ...read } : read;
    }),
  );
}

function itemOf(element: XmlElement, value: Json): Json {
  if (isObject(value)) return objectOf(element, value);
  if (typeof value !== 'string') return value;
  // An object without any field is an empty element, which the parser reads as an empty text.
  if (element.fields && value === '') return {};
  if (element.type === 'flag') return value === 'true';
  return element.type === 'whole' ? Number(value) : value;
}
