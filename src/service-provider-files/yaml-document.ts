import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair } from 'yaml';
import { DEEPEST, isReserved, MOST_ELEMENTS, MOST_LINES } from './limits';
import type { SourceNode } from './node-tree';
import type { SourceText } from './source-text';

/** More than this at the start of a file is no configuration, and costs a parser more than it is worth. */
const DEEPEST_BRACKETS = 1000;

/**
 * Reads one YAML or JSON document. Tags of Java classes (`!!org.wso2…`, `!!java.util…`) say nothing that the field names
 * do not say, and are passed over (reference, 3.1). Throws with line and column for mistakes and for hostile files.
 */
export function readYaml(source: SourceText): SourceNode {
  checkExtent(source);
  const document = parsed(source);
  const [fault] = document.errors;
  if (fault) {
    // What a message quotes may be part of a secret.
    const message = (fault.message.split('\n')[0] ?? '').replace(/:? ".*$/, '');
    throw source.fault(
      'malformed-yaml',
      `Not valid YAML: ${message}`,
      fault.pos[0],
      'Mend the line, or export the file again.',
    );
  }
  return new Reader(source).read(document.contents, 0);
}

function parsed(source: SourceText): Document.Parsed {
  try {
    return parseDocument(source.text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) throw source.fault('too-deep', 'The file is nested too deeply', 0);
    const reason = error instanceof Error ? error.message.split('\n')[0] : '';
    throw source.fault('malformed-yaml', `Not valid YAML: ${reason ?? ''}`, 0);
  }
}

/** What would cost a parser much is seen without one: too many lines, and brackets or dashes without end. */
function checkExtent(source: SourceText): void {
  const { text } = source;
  let [lines, depth] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 10) lines += 1;
    else if (char === 91 || char === 123) depth += 1;
    else if ((char === 93 || char === 125) && depth > 0) depth -= 1;
    if (lines > MOST_LINES) throw source.fault('too-large', 'The file has too many lines', at);
    if (depth > DEEPEST_BRACKETS) throw source.fault('too-deep', 'The file is nested too deeply', at);
  }
  const row = /(?:[-?]\s){200}/.exec(text);
  if (row) throw source.fault('too-deep', 'The file is nested too deeply', row.index);
}

/** Two opening braces without quotes are a map with a map for a name. */
const KEYWORD_HINT =
  'Put quotes around {{KEYWORD}}, or take over a folder of IAM-CTL with "liftlock init --from-iamctl".';

class Reader {
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private nodes = 0;

  constructor(private readonly source: SourceText) {}

  read(node: unknown, depth: number): SourceNode {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    this.nodes += 1;
    if (this.nodes > MOST_ELEMENTS) {
      throw this.source.fault('too-large', 'The file, with its aliases written out, is too large', offset);
    }
    if (depth > DEEPEST) throw this.source.fault('too-deep', 'The file is nested too deeply', offset);
    if (node === null || node === undefined) return { type: 'scalar', text: null, offset };
    if (isAlias(node)) return this.alias(node, node.source, offset, depth);
    if (!isNode(node)) throw this.source.fault('malformed-yaml', 'The file is not plain YAML', offset);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (isScalar(node)) return { type: 'scalar', text: scalarText(node.value, node.source, node.type), offset };
    this.open.add(node);
    const read = this.collection(node, offset, depth);
    this.open.delete(node);
    return read;
  }

  private collection(node: Node, offset: number, depth: number): SourceNode {
    if (isSeq(node)) return { type: 'list', items: node.items.map((item) => this.read(item, depth + 1)), offset };
    if (!isMap(node)) throw this.source.fault('malformed-yaml', 'The file is not plain YAML', offset);
    const names = new Set<string>();
    const entries = node.items.map((pair) => {
      const { name, at } = this.name(pair, offset);
      if (names.has(name))
        throw this.source.fault('duplicate-field', `"${name}" is given twice`, at, 'Keep one of them.');
      names.add(name);
      return { name, value: this.read(pair.value, depth + 1), offset: at };
    });
    return { type: 'map', entries, offset };
  }

  private name({ key }: Pair, outer: number): { name: string; at: number } {
    const at = isNode(key) ? (key.range?.[0] ?? outer) : outer;
    if (!isScalar(key))
      throw this.source.fault('malformed-yaml', 'A field name must be a plain text', at, KEYWORD_HINT);
    const name = typeof key.value === 'string' ? key.value : String(key.source ?? '');
    if (name === '<<') throw this.source.fault('malformed-yaml', 'Merge keys (<<) are not supported', at);
    if (isReserved(name))
      throw this.source.fault('reserved-name', `"${name}" is not allowed as a name`, at, 'Remove it.');
    return { name, at };
  }

  private alias(node: unknown, name: string, offset: number, depth: number): SourceNode {
    const target = this.anchors.get(name);
    if (!target) throw this.source.fault('malformed-yaml', `There is no anchor "&${name}" before this alias`, offset);
    if (this.open.has(target))
      throw this.source.fault('malformed-yaml', `"*${name}" stands inside of what it names`, offset);
    return this.read(target, depth + 1);
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** Plain scalars as they are spelt (a version `1.10` is no number); null only where it stands unquoted. */
function scalarText(value: unknown, source: string | undefined, type: string | null | undefined): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  return type === 'PLAIN' && source !== undefined ? source : String(value);
}
