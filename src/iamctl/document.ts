import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml';
import type { Json, JsonObject } from '../model/json';
import { DEEPEST, isReserved } from '../service-provider-files/limits';
import type { Fault, Format } from './description';
import { goScalar } from './go-scalar';

/** Where a text without quotes stands: as a whole value, or as an element of a list in brackets. */
export type LoosePlace = 'value' | 'element';

/** A document as IAM-CTL reads it. */
export interface ReadDocument {
  readonly value: Json;
  /** Integers with more digits than other tools keep; they stand in the value as texts. */
  readonly longNumbers: readonly string[];
}

export interface ReadOptions {
  readonly file: string;
  /** Asked for every text without quotes; what it answers stands in the value. Undefined: as IAM-CTL reads it. */
  readonly loose?: (text: string, place: LoosePlace) => string | undefined;
}

/** Brackets in texts count too, so there may be more of them than levels. */
const MOST_BRACKETS = 1000;
const TOO_DEEP = 'The file is nested too deeply';
const MOST_NODES = 500_000;

/** Reads YAML or JSON the way IAM-CTL does, or says why it cannot be read. Never throws. */
export function readDocument(
  text: string,
  format: Exclude<Format, 'xml'>,
  options: ReadOptions,
): ReadDocument | { readonly fault: Fault } {
  const plain = text.replace(/^\uFEFF/, '');
  return format === 'json' ? readJson(plain, options) : readYaml(plain, options);
}

/** Why a text is no YAML as it stands, placeholders included; undefined when it is. */
export function yamlFault(text: string, file: string): Fault | undefined {
  try {
    refuseDepth(text);
    const { errors } = parseDocument(text, { prettyErrors: false, logLevel: 'silent', strict: true });
    const error = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    return error && faultAt(text, error.pos[0], error.message, file).fault;
  } catch (error) {
    if (error instanceof Refused || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Refused extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

function faultAt(text: string, offset: number, message: string, file: string): { fault: Fault } {
  const before = text.slice(0, Math.max(0, offset)).split('\n');
  return { fault: { message, place: { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } } };
}

function readYaml(text: string, options: ReadOptions): ReadDocument | { fault: Fault } {
  try {
    refuseDepth(text);
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', strict: true });
    const [error] = document.errors;
    if (error) return faultAt(text, error.pos[0], error.message, options.file);
    const reader = new YamlReader(options);
    return { value: reader.read(document.contents as Node | null, 0), longNumbers: reader.longNumbers };
  } catch (error) {
    if (error instanceof Refused) return faultAt(text, error.offset, error.message, options.file);
    if (error instanceof RangeError) return faultAt(text, 0, TOO_DEEP, options.file);
    throw error;
  }
}

/** What would cost the parser much is seen without it: brackets and dashes without end. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '[' || char === '{') depth += 1;
    else if ((char === ']' || char === '}') && depth > 0) depth -= 1;
    if (depth > MOST_BRACKETS) throw new Refused(TOO_DEEP, at);
  }
  const row = /(?:[-?]\s){200}/.exec(text);
  if (row) throw new Refused(TOO_DEEP, row.index);
}

class YamlReader {
  readonly longNumbers: string[] = [];
  private readonly anchors = new Map<string, Node>();
  private count = 0;

  constructor(private readonly options: ReadOptions) {}

  read(node: Node | null, depth: number, place: LoosePlace = 'value'): Json {
    this.count += 1;
    if (depth > DEEPEST) throw refusal(TOO_DEEP, node);
    if (this.count > MOST_NODES) throw refusal('The file is too large once its aliases are filled in', node);
    if (node === null) return null;
    if (isAlias(node)) return this.read(this.anchors.get(node.source) ?? null, depth + 1, place);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node.value, node.type, node.source ?? '', node, place);
    if (isSeq(node)) {
      const inner = node.flow === true ? 'element' : 'value';
      return node.items.map((item) => this.read(item as Node | null, depth + 1, inner));
    }
    return isMap(node) ? this.map(node.items as Pair[], depth) : null;
  }

  private map(pairs: readonly Pair[], depth: number): JsonObject {
    return Object.fromEntries(
      pairs.map((pair) => [this.key(pair), this.read((pair.value ?? null) as Node | null, depth + 1)]),
    );
  }

  private key({ key }: Pair): string {
    if (!isScalar(key)) throw refusal('A field name must be a plain text', key as Node | null);
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    if (isReserved(name)) throw refusal(`"${name}" is not allowed as a field name`, key as Node);
    if (name === '<<' && key.type === 'PLAIN') throw refusal('Merge keys (<<) are not supported', key as Node);
    return name;
  }

  private scalar(value: unknown, type: unknown, source: string, node: Node, place: LoosePlace): Json {
    const hasTag = node.tag !== undefined && node.tag !== '';
    if (type !== 'PLAIN' || hasTag) {
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    }
    const answer = this.options.loose?.(source, place);
    if (answer !== undefined) return answer;
    const read = goScalar(source);
    if (read.is === 'unsendable') throw refusal(`"${source}" cannot be sent as JSON`, node);
    if (read.is !== 'value') return source;
    if (typeof read.value === 'string' && /^-?\d+$/.test(read.value)) this.longNumbers.push(read.value);
    return read.value;
  }
}

function refusal(message: string, node: Node | null): Refused {
  return new Refused(message, node?.range?.[0] ?? 0);
}

/** Everything of JSON that stands outside of texts: braces, commas, numbers, words, and what does not belong there. */
const OUTSIDE = /"(?:[^"\\]|\\.)*"|(?:\$\{\w+\}|[^\s{}[\],:"])+/gs;
const JSON_WORD = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;

/** Texts without quotes that `loose` knows are put in quotes first, so that the rest can be read as JSON. */
function readJson(text: string, options: ReadOptions): ReadDocument | { fault: Fault } {
  const longNumbers: string[] = [];
  const quoted = text.replaceAll(OUTSIDE, (part, offset: number) => {
    if (part.startsWith('"')) return part;
    if (/^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part))) {
      longNumbers.push(part);
      return JSON.stringify(part);
    }
    if (JSON_WORD.test(part)) return part;
    const place = /\[\s*$|,\s*$/.test(text.slice(0, offset)) ? 'element' : 'value';
    const answer = options.loose?.(part, place);
    return answer === undefined ? part : JSON.stringify(answer);
  });
  try {
    const value = JSON.parse(quoted) as Json;
    const refused = jsonRefusal(value);
    return refused === undefined ? { value, longNumbers } : faultAt(text, 0, refused, options.file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return faultAt(text, jsonOffset(message), `Not valid JSON${jsonWhy(message)}`, options.file);
  }
}

/** Walks without recursion: the nesting may be as deep as its author likes. */
function jsonRefusal(root: Json): string | undefined {
  const waiting: { value: Json; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) return TOO_DEEP;
    const reserved = Array.isArray(value) ? undefined : Object.keys(value).find(isReserved);
    if (reserved !== undefined) return `"${reserved}" is not allowed as a field name`;
    for (const inner of Object.values(value)) waiting.push({ value: inner, depth: depth + 1 });
  }
  return undefined;
}

function jsonOffset(message: string): number {
  return Number(/position (\d+)/.exec(message)?.[1] ?? 0);
}

/** The parser quotes the text around a mistake, which may be a secret: only its first words are passed on. */
function jsonWhy(message: string): string {
  return /end of JSON/.test(message) ? ': it ends too early' : '';
}
