import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element as the product's binding sees it: names without prefixes, all text that stands directly in it. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** The root of a document; undefined for a text that is no XML, or that has a document type. */
export function parsedXml(text: string): Element | undefined {
  const content = text.trim();
  if (/<!DOCTYPE/i.test(content) || XMLValidator.validate(content) !== true) return undefined;
  try {
    return elements(parser.parse(content) as Raw[])[0];
  } catch {
    return undefined;
  }
}

function elements(nodes: readonly Raw[]): Element[] {
  return nodes.flatMap((node): Element[] => {
    const name = Object.keys(node).find((key) => !key.startsWith('#') && key !== ':@');
    if (name === undefined) return [];
    const inner = node[name] as Raw[];
    const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>);
    return [
      {
        name: local(name),
        attributes: new Map(attributes.map(([key, value]) => [local(key), decoded(value)])),
        children: elements(inner),
        text: inner.map(textOf).join(''),
      },
    ];
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function textOf(node: Raw): string {
  if (typeof node['#text'] === 'string') return decoded(node['#text']);
  const sections = node['#cdata'];
  return Array.isArray(sections) ? sections.map((section: Raw) => String(section['#text'] ?? '')).join('') : '';
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole: string, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Lines of an element with what is in it; without anything it is an empty tag. */
export function elementLines(name: string, lines: readonly string[], indent: string, attributes = ''): string[] {
  if (lines.length === 0) return [`<${name}${attributes}/>`];
  return [`<${name}${attributes}>`, ...lines.map((line) => `${indent}${line}`), `</${name}>`];
}

export function textElement(name: string, text: string, attributes = ''): string {
  return text === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${escaped(text)}</${name}>`;
}

/** An element whose text is a CDATA section, split where the text would close it. */
export function cdataElement(name: string, text: string, attributes = ''): string {
  return `<${name}${attributes}><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}
