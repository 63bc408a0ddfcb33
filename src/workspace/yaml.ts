import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Json } from '../model/json';
import { parseSubset } from './yaml-subset';
import { errorProblem, type Place as FilePlace, type Problem } from '../model/problem';

/** What a YAML file says, or what is wrong with it. */
export type ParsedYaml = { readonly value: Json; readonly problems: readonly [] } | YamlFailure;
export interface YamlFailure {
  readonly value?: undefined;
  readonly problems: readonly Problem[];
}

/** Reads one YAML document as JSON. Every mistake is a problem with its place; nothing is guessed. */
export function parseYaml(file: string, text: string): ParsedYaml {
  if (latest?.text === text) return { value: latest.value, problems: [] };
  const value = parseSubset(text);
  if (value === undefined) return parseFully(file, text);
  latest = { text, value };
  return { value, problems: [] };
}

/** What an edit reads back is read once more for the check of the whole file. Parsed values are never changed in place. */
let latest: { readonly text: string; readonly value: Json } | undefined;

/** The same by the full parser alone. */
export function parseFully(file: string, text: string): ParsedYaml {
  const document = documentOf(text);
  if (document instanceof RangeError) {
    return { problems: [errorProblem('malformed-yaml', TOO_DEEP, { place: { file } })] };
  }
  const problems = syntaxProblems(file, text, document);
  if (problems.length > 0) return { problems };
  const reader = new Reader(file, text);
  const value = reader.read(document.contents);
  return reader.problems.length > 0 ? { problems: reader.problems } : { value, problems: [] };
}

function documentOf(text: string): Document.Parsed | RangeError {
  try {
    return parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function syntaxProblems(file: string, text: string, document: Document.Parsed): Problem[] {
  const found = [...document.errors, ...document.warnings];
  const whole = found.length > 0 ? spoilt(file, text, found) : undefined;
  if (whole) return [whole];
  const faults = found.map((fault) => {
    const place = placeOf(file, text, fault.pos[0]);
    if (fault.code === 'DUPLICATE_KEY') {
      const field = /^[^\s:]+/.exec(text.slice(fault.pos[0]))?.[0] ?? '';
      return errorProblem('duplicate-field', `The field "${field}" is given twice`, { place });
    }
    if (fault.code === 'MULTIPLE_DOCS') {
      const hint = 'Move what follows the "---" to a file of its own.';
      return errorProblem('malformed-yaml', 'The file holds more than one YAML document', { place, hint });
    }
    return errorProblem('malformed-yaml', `Not valid YAML: ${fault.message}`, {
      place,
      ...(startsWithPlaceholder(text, fault.pos[0]) ? { hint: QUOTE_IT } : {}),
    });
  });
  if (document.directives.yaml.version === '1.1') {
    const message = 'YAML 1.1 reads "no" and "on" as false and true; remove the %YAML line';
    faults.push(errorProblem('malformed-yaml', message, { place: { file, line: 1, column: 1 } }));
  }
  return faults;
}

/** One cause that leads to many faults. */
function spoilt(file: string, text: string, faults: readonly YAMLError[]): Problem | undefined {
  const marker = /^<{7} /m.exec(text);
  if (marker) {
    const hint = 'Choose between the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>.';
    return errorProblem('malformed-yaml', 'The file holds an open merge conflict', {
      place: placeOf(file, text, marker.index),
      hint,
    });
  }
  const deep = faults.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (!deep) return undefined;
  return errorProblem('malformed-yaml', TOO_DEEP, { place: placeOf(file, text, deep.pos[0]) });
}

const TOO_DEEP = 'The file is nested too deeply';
const QUOTE_IT = 'YAML takes an open brace for the start of a map: put the value in quotes, such as "{{var:NAME}}".';

/** True when a placeholder without quotes stands before an offset, in its line. */
function startsWithPlaceholder(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /(?:^|[\s[,]){{(?:var|secret|env):[^"']*$/.test(line);
}

/** Line and column of an offset, both from 1. */
export function placeOf(file: string, text: string, offset: number): FilePlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { file, line, column: offset - lineStart + 1 };
}

/** More nodes than this behind aliases is an attack or an accident, not a configuration. */
const MOST_ALIASED_NODES = 50_000;

class Reader {
  readonly problems: Problem[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private aliasDepth = 0;
  private aliased = 0;

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  read(node: Node | null): Json {
    if (node === null) return null;
    if (this.aliasDepth > 0) this.aliased += 1;
    if (isAlias(node)) return this.alias(node, node.source);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node.value, node, node.source ?? '');
    this.open.add(node);
    const value = isMap(node) ? this.map(node) : isSeq(node) ? this.list(node.items) : null;
    this.open.delete(node);
    return value;
  }

  private list(items: readonly unknown[]): Json[] {
    return items.map((item) => this.read(item as Node | null));
  }

  private map(node: YAMLMap): Json {
    return Object.fromEntries(node.items.map((pair) => [this.key(pair), this.read(pair.value as Node | null)]));
  }

  private key(pair: Pair): string {
    const { key } = pair;
    const text = keyText(pair);
    if (text === undefined) {
      const outer = ((key as Node).range?.[0] ?? 0) - 1;
      const hint = /^{{(?:var|secret|env):/.test(this.text.slice(Math.max(outer, 0))) ? QUOTE_IT : undefined;
      this.report('malformed-yaml', 'A field name must be a plain text', key as Node | null, hint);
    }
    if (text === '<<' && isScalar(key) && key.type === 'PLAIN')
      this.report('malformed-yaml', 'Merge keys (<<) are not supported; write the fields out', key);
    else if (text === '__proto__') this.report('malformed-yaml', '"__proto__" is not allowed as a field name', key);
    return text ?? '';
  }

  private alias(node: Node, name: string): Json {
    const target = this.anchors.get(name);
    if (!target) return this.report('malformed-yaml', `There is no anchor "&${name}" before this alias`, node);
    if (this.open.has(target)) return this.report('malformed-yaml', `"*${name}" stands inside of what it names`, node);
    if (this.aliased > MOST_ALIASED_NODES) {
      if (this.problems.length > 0) return null;
      return this.report('malformed-yaml', 'The aliases of this file expand to too much', node);
    }
    this.aliasDepth += 1;
    const value = this.read(target);
    this.aliasDepth -= 1;
    return value;
  }

  private scalar(value: unknown, node: Node, source: string): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value !== 'number') return this.report('malformed-yaml', `"${source}" is not a JSON value`, node);
    if (!Number.isFinite(value)) return this.report('malformed-yaml', `"${source}" is not a number in JSON`, node);
    if (/^[-+]?\d+$/.test(source) && !Number.isSafeInteger(value) && String(value) !== source) {
      return this.report('number-too-large', `${source} has too many digits for a number`, node, 'Write it in quotes.');
    }
    return value;
  }

  private report(code: string, message: string, node: unknown, hint?: string): null {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    const place = placeOf(this.file, this.text, offset);
    this.problems.push(errorProblem(code, message, { place, ...(hint === undefined ? {} : { hint }) }));
    return null;
  }
}

/** The name of a field as text; undefined for a list or map as key. */
export function keyText(pair: Pair): string | undefined {
  const { key } = pair;
  if (key === null) return '';
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
