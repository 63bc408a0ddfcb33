import { DEEPEST, isReserved, LONGEST_TAG, MOST_ATTRIBUTES, MOST_ELEMENTS } from './limits';
import type { SourceText } from './source-text';

/**
 * One pass over the markup that refuses what must never reach a parser: document types (and with them entities, inner
 * and outer), unclosed comments and sections, elements nested without end, names of JavaScript's own. Linear in the
 * length of the text; throws with line and column.
 */
export function checkMarkup(source: SourceText): void {
  const { text } = source;
  const state = { open: [] as number[], elements: 0, roots: 0 };
  for (let at = text.indexOf('<'); at >= 0;) {
    const end =
      text.startsWith('<!', at) || text.startsWith('<?', at) ? passSpecial(source, at) : tag(source, at, state);
    at = text.indexOf('<', end);
  }
  const unclosed = state.open.at(-1);
  if (unclosed !== undefined) {
    const name = /^<([^\s/>]*)/.exec(text.slice(unclosed, unclosed + 100))?.[1] ?? '';
    throw source.fault('malformed-xml', `<${name}> is never closed: the file is cut off`, unclosed, EXPORT_AGAIN);
  }
  if (state.roots === 0) throw source.fault('malformed-xml', 'The file holds no XML element', 0, EXPORT_AGAIN);
}

const EXPORT_AGAIN = 'Export it again; a download may have been interrupted.';

interface State {
  readonly open: number[];
  elements: number;
  roots: number;
}

/** Comments, CDATA and processing instructions; everything else after `<!` is refused. Gives the offset behind it. */
function passSpecial(source: SourceText, at: number): number {
  const { text } = source;
  const kinds = [
    ['<!--', '-->', 'comment'],
    ['<![CDATA[', ']]>', 'CDATA section'],
    ['<?', '?>', 'processing instruction'],
  ] as const;
  const kind = kinds.find(([start]) => text.startsWith(start, at));
  if (!kind) {
    if (/^<!(?:DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) {
      const hint = 'Remove it. Exports of the product have none, and it can make a reader load other files.';
      throw source.fault('document-type', 'The file has a document type (<!DOCTYPE …>)', at, hint);
    }
    throw source.fault('malformed-xml', 'Not valid XML: "<!" starts neither a comment nor a CDATA section', at);
  }
  const [start, end, name] = kind;
  const close = text.indexOf(end, at + start.length);
  if (close < 0) throw source.fault('malformed-xml', `The ${name} is never closed`, at, EXPORT_AGAIN);
  return close + end.length;
}

function tag(source: SourceText, at: number, state: State): number {
  const { text } = source;
  const end = endOfTag(source, at);
  const content = text.slice(at + 1, end);
  if (content.startsWith('/')) {
    if (state.open.pop() === undefined) throw source.fault('malformed-xml', `<${content}> closes nothing`, at);
    return end + 1;
  }
  checkNames(source, at, content);
  state.elements += 1;
  if (state.open.length === 0) state.roots += 1;
  if (state.roots > 1) throw source.fault('malformed-xml', 'The file holds more than one XML document', at);
  if (state.elements > MOST_ELEMENTS) throw source.fault('too-large', 'The file has too many elements', at);
  if (!content.endsWith('/')) state.open.push(at);
  if (state.open.length > DEEPEST) throw source.fault('too-deep', 'The file is nested too deeply', at);
  return end + 1;
}

function endOfTag(source: SourceText, at: number): number {
  const { text } = source;
  for (let index = at + 1; index < text.length && index - at < LONGEST_TAG; index += 1) {
    const char = text[index];
    if (char === '>') return index;
    if (char === '<') throw source.fault('malformed-xml', 'Not valid XML: "<" inside of a tag', index);
    if (char !== '"' && char !== "'") continue;
    const close = text.indexOf(char, index + 1);
    if (close < 0) throw source.fault('malformed-xml', 'The value of an attribute is never closed', index);
    if (text.slice(index, close).includes('<'))
      throw source.fault('malformed-xml', 'Not valid XML: "<" in the value of an attribute', index);
    index = close;
  }
  throw source.fault('malformed-xml', 'A tag is never closed', at, EXPORT_AGAIN);
}

/** Quoted values are passed over: only names of the element and its attributes are looked at. */
function checkNames(source: SourceText, at: number, content: string): void {
  const names = content.replaceAll(/"[^"]*"|'[^']*'/g, ' ').split(/[\s=/]+/);
  if (names.length > MOST_ATTRIBUTES) throw source.fault('too-large', 'An element has too many attributes', at);
  const reserved = names.find(isReserved);
  if (reserved === undefined) return;
  throw source.fault('reserved-name', `"${reserved}" is not allowed as a name`, at, 'Remove the element or attribute.');
}
