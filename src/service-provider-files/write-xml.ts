import { isObject, type Json, type JsonObject } from '../model/json';
import { INNER_DOCUMENTS } from './inbound-shapes';
import { fileKind, type ProductFileKind } from './kinds';
import type { Field, MapShape, Shape } from './shape';
import { cdata, escapeAttribute, escapeText } from './xml-text';

/**
 * `export`: the inner document of an inbound protocol is a text, as in all versions. `exportFile`: it is an element of its
 * own, from 7.0 on (reference, 3.1).
 */
export type XmlDialect = 'export' | 'exportFile';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const INDENT = '  ';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** A tree as the XML that the product reads. Elements stand in the order of the product, whatever order the tree has. */
export function xmlText(kind: ProductFileKind, root: JsonObject, dialect: XmlDialect): string {
  const { root: name, shape } = fileKind(kind);
  return `${DECLARATION}\n${new Writer(dialect).element(name, root, shape, '').join('\n')}\n`;
}

class Writer {
  constructor(private readonly dialect: XmlDialect) {}

  element(name: string, value: Json, shape: Shape | undefined, indent: string): string[] {
    if (Array.isArray(value)) return this.list(name, value, shape, indent);
    if (isObject(value)) return this.map(name, value, shape?.type === 'map' ? shape : undefined, indent);
    const text = escapeText(value === null ? '' : String(value));
    return [text === '' ? `${indent}<${name}/>` : `${indent}<${name}>${text}</${name}>`];
  }

  private list(name: string, items: Json[], shape: Shape | undefined, indent: string): string[] {
    const of = shape?.type === 'list' ? shape.of : undefined;
    if (shape?.type !== 'list' || shape.flat) return items.flatMap((item) => this.element(name, item, of, indent));
    const lines = items.flatMap((item) =>
      this.element(itemName(item, shape.item), withoutMark(item, shape.item), of, indent + INDENT),
    );
    return lines.length === 0 ? [`${indent}<${name}/>`] : [`${indent}<${name}>`, ...lines, `${indent}</${name}>`];
  }

  private map(name: string, value: JsonObject, shape: MapShape | undefined, indent: string): string[] {
    const attributes = attributesOf(value, shape);
    if (shape?.content !== undefined) {
      return [`${indent}<${name}${attributes}>${cdata(String(value[shape.content] ?? ''))}</${name}>`];
    }
    const names = orderedNames(value, shape);
    const lines = names.flatMap((field) => this.field(field, value, shape, indent + INDENT));
    if (lines.length === 0) return [`${indent}<${name}${attributes}/>`];
    return [`${indent}<${name}${attributes}>`, ...lines, `${indent}</${name}>`];
  }

  private field(field: string, value: JsonObject, shape: MapShape | undefined, indent: string): string[] {
    const known = shape?.fields[field];
    const inner = value[field] ?? null;
    if (field === 'inboundConfigurationProtocol' && known && isObject(inner)) {
      return this.inbound(inner, String(value.inboundAuthType ?? ''), known, indent);
    }
    return this.element(known?.xml ?? field, inner, known?.shape, indent);
  }

  private inbound(protocol: JsonObject, type: string, { xml, shape }: Field, indent: string): string[] {
    const document = INNER_DOCUMENTS[type] ?? 'inboundConfigurationProtocol';
    if (this.dialect === 'exportFile') {
      const [first = '', ...rest] = this.element(xml, protocol, shape, indent);
      const typed = ` xmlns:xsi="${XSI}" xsi:type="${document}"`;
      return [first.replace(`<${xml}`, `<${xml}${typed}`), ...rest];
    }
    const lines = this.element(document, protocol, shape, '');
    const text = [DECLARATION.replace('?>', ' standalone="yes"?>'), ...lines, ''].join('\n');
    return [`${indent}<inboundConfiguration>${cdata(text)}</inboundConfiguration>`];
  }
}

/** The shape's order first, then what it does not know; attributes are written elsewhere. */
function orderedNames(value: JsonObject, shape: MapShape | undefined): string[] {
  const known = Object.keys(shape?.fields ?? {}).filter((name) => Object.hasOwn(value, name));
  const rest = Object.keys(value).filter((name) => !known.includes(name));
  return [...known, ...rest].filter((name) => !shape?.attributes?.includes(name));
}

function attributesOf(value: JsonObject, shape: MapShape | undefined): string {
  return (shape?.attributes ?? [])
    .filter((name) => value[name] !== undefined)
    .map((name) => ` ${name}="${escapeAttribute(String(value[name]))}"`)
    .join('');
}

/** In a claim dialect the name of an element says which sort of claim it is. */
function itemName(item: Json, name: string): string {
  if (name !== 'claim' || !isObject(item)) return name;
  return item.type === 'LocalClaim' ? 'LocalClaimConfiguration' : 'ExternalClaimConfiguration';
}

function withoutMark(item: Json, name: string): Json {
  if (name !== 'claim' || !isObject(item)) return item;
  const { type: _type, ...rest } = item;
  return rest;
}
