import { Document, isScalar, parse, Scalar, visit } from 'yaml';
import type { Json, JsonObject } from '../model/json';
import { blockText, type Library, type ValueText } from './yaml-block';

/** The YAML text of a whole value, ending with one newline. */
export function yamlText(value: Json): string {
  const isFilled = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return isFilled ? `${blockText(value, LIBRARY)}\n` : fullText(value);
}

/** The same by the library alone. */
export function fullText(value: Json): string {
  return documentFor(value).toString(LAYOUT);
}

const LIBRARY: Library = {
  field: (name) => {
    const text = fullText({ [name]: null });
    return text.slice(0, text.lastIndexOf(': null'));
  },
  value: (value) => split(fullText({ k: value }), 'k:'.length),
};

/** A value as it follows `field:`. */
export function fieldValueText(value: Json): ValueText {
  return split(yamlText({ k: value }), 'k:'.length);
}

/** A value as it follows the dash of a list element. */
export function elementText(value: Json): ValueText {
  return split(yamlText([value]), '-'.length);
}

/** A value on one line, for use inside `[…]` and `{…}`. */
export function flowText(value: Json): string {
  const document = documentFor(value, true);
  if (isScalar(document.contents)) {
    // Alone on a line, a text needs fewer quotes than inside of a list.
    const inList = documentFor([value], true).toString(FLOW_LAYOUT);
    return inList.slice(1, inList.lastIndexOf(']'));
  }
  return document.toString(FLOW_LAYOUT).replace(/\n$/, '');
}

const LAYOUT = { lineWidth: 0, indent: 2, blockQuote: 'literal', flowCollectionPadding: false } as const;
const FLOW_LAYOUT = { ...LAYOUT, collectionStyle: 'flow' } as const;

/**
 * `compat` quotes texts that other YAML readers take for something else: `no`, `on`, dates.
 * Shared values must not become anchors: they are equal by chance.
 */
function documentFor(value: Json, isFlow = false): Document {
  const document = new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (position, node) => {
      if (typeof node.value !== 'string') return;
      if (position === 'key') node.type = needsQuotes(node.value) ? Scalar.QUOTE_DOUBLE : node.type;
      else node.type = styleOf(node.value, isFlow) ?? node.type;
    },
  });
  return document;
}

/** Carriage returns, control and invisible characters, unusual spaces: safest in double quotes. */
const NOT_PRINTABLE = /[^\n\t\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[^ \P{Zs}]/u;

/** Also `<<`, which other readers take for a merge key. */
function needsQuotes(field: string): boolean {
  return field === '<<' || NOT_PRINTABLE.test(field);
}

function styleOf(text: string, isFlow: boolean): Scalar.Type | undefined {
  if (NOT_PRINTABLE.test(text)) return Scalar.QUOTE_DOUBLE;
  if (!text.includes('\n')) return text.includes('\t') ? Scalar.QUOTE_DOUBLE : undefined;
  const isBlock = !isFlow && text.trim() !== '' && survivesAsBlock(text);
  return isBlock ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
}

/** Begins and ends with something other than space, but for one line end, and has no line of spaces alone. */
const PLAIN_BLOCK = /^\S(?:[\s\S]*\S)?\n?$/;
const BLANK_LINE = /\n[ \t]+(?:\n|$)/;

/** Few texts do not survive as a block (blank ends, leading spaces in odd places): reading it back is the surest test. */
function survivesAsBlock(text: string): boolean {
  if (PLAIN_BLOCK.test(text) && !BLANK_LINE.test(text)) return true;
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  const document = new Document({ k: [{ k: scalar }] });
  try {
    const read = parse(document.toString(LAYOUT)) as JsonObject;
    return JSON.stringify(read) === JSON.stringify({ k: [{ k: text }] });
  } catch {
    return false;
  }
}

function split(text: string, start: number): ValueText {
  const [first = '', ...body] = text.replace(/\n$/, '').slice(start).split('\n');
  return { head: first.replace(/^ /, ''), body };
}

/** A field with its value, from the first column. */
export function fieldText(field: string, value: Json): string {
  return yamlText({ [field]: value }).slice(0, -1);
}

/** A list element with its dash, from the first column. */
export function dashText(value: Json): string {
  return yamlText([value]).slice(0, -1);
}

/** The lines of a text moved to a column; blank lines stay empty. */
export function indented(text: string, column: number): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(column) + line))
    .join('\n');
}
