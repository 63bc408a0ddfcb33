import { isObject, type Json, type JsonObject } from '../../model/json';
import { textIn } from '../fields';
import type { Version } from '../versions';
import { membersOf, protocolClass } from './classes';
import { cdataElement, elementLines, escaped, parsedXml, textElement, type Element } from './elements';
import type { Member } from './members';

/** `export`: the protocol is a document in a text. `exportFile`, from 7.0: it is an element with a type. */
export type XmlForm = 'export' | 'exportFile';

const INNER = 'inboundConfiguration';
const PROTOCOL = 'inboundConfigurationProtocol';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/**
 * Writes an object of the product's model as its binding does: elements in the order of the class, flags and numbers
 * always, absent texts and lists not, an empty list as its empty wrapper.
 */
export function xmlOf(tree: JsonObject, version: Version, form: XmlForm): string {
  const writer = new Writer(version, form);
  // The document goes through a transformer of the product, which says that it stands alone not.
  const lines = elementLines('ServiceProvider', writer.members('ServiceProvider', tree), '  ');
  return ['<?xml version="1.0" encoding="UTF-8" standalone="no"?>', ...lines, ''].join('\n');
}

class Writer {
  constructor(
    private readonly version: Version,
    private readonly form: XmlForm,
    private readonly indent = '  ',
  ) {}

  members(name: string, value: JsonObject): string[] {
    return membersOf(name, this.version).flatMap((member) =>
      member.place === undefined ? this.member(member, value) : [],
    );
  }

  private member(member: Member, owner: JsonObject): string[] {
    const value = owner[member.property];
    const protocol = owner[PROTOCOL];
    // The text is in every release, the element came with 7.0.
    if (member.property === INNER && this.form === 'export' && isObject(protocol))
      return this.document(protocol, owner);
    if (member.property === PROTOCOL) return isObject(value) ? this.protocol(member, value, owner) : [];
    if (value === undefined || value === null) return absent(member);
    if (!Array.isArray(value)) return this.item(member, value);
    const lines = value.flatMap((item) => this.item(member, item));
    return member.list === 'wrapped' ? elementLines(member.wrapper ?? '', lines, this.indent) : lines;
  }

  private item({ element, type }: Member, value: Json): string[] {
    if (typeof type === 'string' || !isObject(value)) return [textElement(element, String(value))];
    const own = membersOf(type.class, this.version);
    const attributes = own
      .filter(({ place, property }) => place === 'attribute' && value[property] !== undefined)
      .map(({ element: name, property }) => ` ${name}="${escaped(String(value[property])).replaceAll('"', '&quot;')}"`)
      .join('');
    const content = own.find(({ place }) => place === 'value');
    if (content) return [cdataElement(element, textIn(value, content.property) ?? '', attributes)];
    return elementLines(element, this.members(type.class, value), this.indent);
  }

  private protocol({ element }: Member, value: JsonObject, owner: JsonObject): string[] {
    if (this.form === 'export') return [];
    const name = this.classOf(owner);
    return elementLines(element, this.members(name, value), this.indent, ` ${XSI} xsi:type="${name}"`);
  }

  private document(value: JsonObject, owner: JsonObject): string[] {
    const name = this.classOf(owner);
    const lines = elementLines(name, new Writer(this.version, this.form, '    ').members(name, value), '    ');
    const document = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', ...lines, ''].join('\n');
    return [cdataElement(INNER, document)];
  }

  private classOf(owner: JsonObject): string {
    return protocolClass(textIn(owner, 'inboundAuthType') ?? '') ?? '';
  }
}

/** A flag or a number has a value in Java, whatever was set. */
function absent({ type, element, list }: Member): string[] {
  if (list !== undefined || typeof type !== 'string' || type === 'text') return [];
  return [`<${element}>${type === 'flag' ? 'false' : '0'}</${element}>`];
}

/**
 * Reads a document as the binding does: elements that a class does not have are passed over, whatever is in them.
 * @returns undefined for what is no service provider in XML
 */
export function treeOfXml(text: string, version: Version): JsonObject | undefined {
  const root = parsedXml(text);
  return root?.name === 'ServiceProvider' ? objectOf(root, 'ServiceProvider', version) : undefined;
}

function objectOf(element: Element, name: string, version: Version): JsonObject {
  const result: JsonObject = {};
  for (const member of membersOf(name, version)) {
    const value = valueOf(element, member, version);
    if (value !== undefined) result[member.property] = value;
  }
  return name === 'Inbound' ? withProtocol(element, result, version) : result;
}

function valueOf(element: Element, member: Member, version: Version): Json | undefined {
  if (member.place === 'attribute') return scalar(member, element.attributes.get(member.element));
  if (member.place === 'value') return element.text;
  if (member.list === undefined) {
    const found = named(element, member.element).at(-1);
    return found && itemOf(found, member, version);
  }
  const outer = member.list === 'wrapped' ? named(element, member.wrapper ?? '') : [element];
  const items = outer.flatMap((each) => named(each, member.element));
  if (items.length === 0 && (member.list === 'repeated' || outer.length === 0)) return undefined;
  return items.flatMap((item) => itemOf(item, member, version) ?? []);
}

function named(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

function itemOf(element: Element, member: Member, version: Version): Json | undefined {
  const { type } = member;
  return typeof type === 'string' ? scalar(member, element.text) : objectOf(element, type.class, version);
}

function scalar({ type }: Member, text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  if (type === 'flag') return /^\s*(?:true|1)\s*$/.test(text);
  if (type !== 'number') return text;
  return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : undefined;
}

/** The configuration of a protocol, from the document in a text or, from 7.0, from an element with a type. */
function withProtocol(element: Element, inbound: JsonObject, version: Version): JsonObject {
  const name = protocolClass(textIn(inbound, 'inboundAuthType') ?? '');
  const { [INNER]: document, [PROTOCOL]: _unread, ...rest } = inbound;
  if (name === undefined) return rest;
  const own = membersOf('Inbound', version).some(({ property }) => property === PROTOCOL)
    ? named(element, 'InboundConfigurationProtocol')[0]
    : undefined;
  const inner = own ?? (typeof document === 'string' ? parsedXml(document) : undefined);
  return inner ? { ...rest, [PROTOCOL]: objectOf(inner, name, version) } : rest;
}
