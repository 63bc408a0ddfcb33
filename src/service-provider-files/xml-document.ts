import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { failure } from '../model/problem';
import type { SourceText } from './source-text';
import { checkMarkup } from './xml-markup';
import { decodeReferences } from './xml-text';

/** An element, its names without namespace prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, CDATA included, references resolved. */
  readonly text: string;
  readonly offset: number;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

/** References are resolved here and not by the parser, so that mistakes have a place and nothing is guessed. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  captureMetaData: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 500,
  jPath: false,
  onDangerousProperty: (name) => name,
});
/** Namespaces, and the type of an element, which its neighbours say as well (reference, 3.1). */
const NOT_DATA = /^xmlns(?::|$)|^[^:]+:type$/;
const META = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** Reads a whole XML document; throws for all that is not well-formed, and for all that `checkMarkup` refuses. */
export function readXml(source: SourceText): XmlElement {
  checkMarkup(source);
  const valid = XMLValidator.validate(source.text);
  if (valid !== true) {
    const { msg, line, col } = valid.err;
    const place = { file: source.file, line, column: col ?? 1 };
    throw failure('malformed-xml', `Not valid XML: ${msg}`, {
      place,
      hint: 'Mend the line, or export the file again.',
    });
  }
  const [root] = elementsIn(source, parsed(source), 0);
  if (!root) throw source.fault('malformed-xml', 'The file holds no XML element', 0);
  return root;
}

function parsed(source: SourceText): unknown {
  try {
    return parser.parse(source.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw source.fault('malformed-xml', `Not valid XML: ${reason ?? ''}`, 0, 'Export the file again.');
  }
}

function elementsIn(source: SourceText, nodes: unknown, offset: number): XmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Record<string | symbol, unknown>) => {
    const name = nameOf(node);
    return name === undefined || name === TEXT || name === CDATA ? [] : [elementOf(source, node, name, offset)];
  });
}

function nameOf(node: Record<string | symbol, unknown>): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES);
}

function elementOf(
  source: SourceText,
  node: Record<string | symbol, unknown>,
  name: string,
  outer: number,
): XmlElement {
  const meta = node[META] as { startIndex?: number } | undefined;
  const offset = meta?.startIndex ?? outer;
  const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>)
    .filter(([attribute]) => !NOT_DATA.test(attribute))
    .map(([attribute, value]): [string, string] => [localName(attribute), decodeReferences(source, value, offset)]);
  const content = node[name];
  return {
    name: localName(name),
    attributes: new Map(attributes),
    children: elementsIn(source, content, offset),
    text: textIn(source, content, offset),
    offset,
  };
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

function textIn(source: SourceText, nodes: unknown, offset: number): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .map((node: Record<string, unknown>) => {
      if (typeof node[TEXT] === 'string' && nameOf(node) === TEXT) return decodeReferences(source, node[TEXT], offset);
      if (nameOf(node) !== CDATA || !Array.isArray(node[CDATA])) return '';
      return node[CDATA].map((part: Record<string, unknown>) => String(part[TEXT] ?? '')).join('');
    })
    .join('');
}
