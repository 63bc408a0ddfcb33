import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLSeq,
} from 'yaml';
import { keyText } from './yaml';
import { readSubset, type SubsetBuilder } from './yaml-subset';

/** A value as it stands in a text; offsets are those of the text. */
export interface LayoutNode {
  readonly kind: 'map' | 'list' | 'scalar' | 'alias';
  readonly start: number;
  /** Behind the last character; of a block text, blank lines may follow before it. */
  readonly end: number;
  /** How a text or a collection is written; everything else that stands on its line is `plain`. */
  readonly style: 'block' | 'flow' | 'literal' | 'folded' | 'plain';
  readonly entries: readonly LayoutEntry[];
  /** What an alias stands for. */
  readonly target?: LayoutNode;
}

/** A field of a map or an element of a list. */
export interface LayoutEntry {
  /** Name of the field, where it is a text; empty for elements. */
  readonly field: string | undefined;
  /** Where the field's name or the dash begins; of an element in flow style, where the element does. */
  readonly start: number | undefined;
  /** Behind the colon or dash; undefined for fields with explicit keys. */
  readonly headEnd: number | undefined;
  /** The name of the field has an anchor or a tag. */
  readonly isMarked: boolean;
  readonly value: LayoutNode | null;
}

/** How a YAML text is laid out; null for an empty one. A text that is not valid YAML is laid out as far as it can be read. */
export function layoutOf(text: string): LayoutNode | null {
  if (latest?.text !== text) latest = { text, layout: readSubset(text, LAYOUT) ?? fullLayout(text) };
  return latest.layout;
}

/** A file is edited, and what the edit replaces is found in it: that is one parse, not two. */
let latest: { readonly text: string; readonly layout: LayoutNode | null } | undefined;

/** The same by the full parser alone. */
export function fullLayout(text: string): LayoutNode | null {
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error' });
  return new TokenLayout(document).node(document.contents);
}

const LAYOUT: SubsetBuilder<LayoutNode> = {
  map: (fields) => ({
    kind: 'map',
    start: fields[0]?.start ?? 0,
    end: fields.at(-1)?.value.end ?? 0,
    style: 'block',
    entries: fields.map(({ field, start, headEnd, value }) => ({ field, start, headEnd, isMarked: false, value })),
  }),
  list: (items) => ({
    kind: 'list',
    start: items[0]?.start ?? 0,
    end: items.at(-1)?.value.end ?? 0,
    style: 'block',
    entries: items.map(({ start, value }) => ({ field: '', start, headEnd: start + 1, isMarked: false, value })),
  }),
  flowList: (items, start, end) => ({
    kind: 'list',
    start,
    end,
    style: 'flow',
    entries: items.map((value) => ({
      field: '',
      start: value.start,
      headEnd: value.start,
      isMarked: false,
      value,
    })),
  }),
  emptyMap: (start, end) => ({ kind: 'map', start, end, style: 'flow', entries: [] }),
  scalar: (_value, start, end) => ({ kind: 'scalar', start, end, style: 'plain', entries: [] }),
  literal: (_text, start, end) => ({ kind: 'scalar', start, end, style: 'literal', entries: [] }),
  nothing: (at) => ({ kind: 'scalar', start: at, end: at, style: 'plain', entries: [] }),
};

class TokenLayout {
  private readonly nodes = new Map<Node, LayoutNode>();

  constructor(private readonly document: Document.Parsed) {}

  node(node: Node | null): LayoutNode | null {
    if (!node) return null;
    const entries: LayoutEntry[] = [];
    const [start, end] = node.range ?? [0, 0];
    const target = isAlias(node) ? this.nodes.get(node.resolve(this.document) as Node) : undefined;
    const layout: LayoutNode = { ...formOf(node), start, end, entries, ...(target ? { target } : {}) };
    this.nodes.set(node, layout);
    if (isMap(node)) entries.push(...node.items.map((pair) => this.field(pair)));
    if (isSeq(node)) entries.push(...this.elements(node));
    return layout;
  }

  private field(pair: Pair): LayoutEntry {
    const key = pair.key as Node | null;
    return {
      field: keyText(pair),
      start: key?.range?.[0],
      headEnd: behindColon(pair),
      isMarked: isScalar(key) && (key.anchor !== undefined || key.tag !== undefined),
      value: this.node(pair.value as Node | null),
    };
  }

  private elements(node: YAMLSeq): LayoutEntry[] {
    const dashes = node.flow === true ? undefined : dashOffsets(node);
    return node.items.map((item, index) => {
      const value = this.node(item as Node | null);
      const start = dashes ? dashes[index] : value?.start;
      const headEnd = start === undefined || !dashes ? start : start + 1;
      return { field: '', start, headEnd, isMarked: false, value };
    });
  }
}

function formOf(node: Node): Pick<LayoutNode, 'kind' | 'style'> {
  if (isAlias(node)) return { kind: 'alias', style: 'plain' };
  if (isMap(node) || isSeq(node)) {
    return { kind: isMap(node) ? 'map' : 'list', style: node.flow === true ? 'flow' : 'block' };
  }
  if (!isScalar(node)) return { kind: 'scalar', style: 'plain' };
  return { kind: 'scalar', style: STYLES.get(node.type) ?? 'plain' };
}

const STYLES = new Map<string | undefined, LayoutNode['style']>([
  [Scalar.BLOCK_LITERAL, 'literal'],
  [Scalar.BLOCK_FOLDED, 'folded'],
]);

function behindColon(pair: Pair): number | undefined {
  const token = pair.srcToken;
  if (!token || token.start.some(({ type }) => type === 'explicit-key-ind')) return undefined;
  const colon = token.sep?.find(({ type }) => type === 'map-value-ind');
  return colon && colon.offset + colon.source.length;
}

function dashOffsets(node: YAMLSeq): (number | undefined)[] {
  const token = node.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? []);
}
