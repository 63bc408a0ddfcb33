import { isObject, type Json, type JsonObject } from '../model/json';
import { nearestHint } from '../model/nearest';
import { parseText, placeholderText, type ParsedText, type Part, type Placeholder } from './placeholder';
import { originOf, type Origin, type OriginFile, type Place, type RenderProblem, type Scope } from './scope';
import { below, sourceAt, sourceInVariable, writtenOut, type Source } from './source';

/** A part of the result that came from placeholders. */
export interface Filled {
  /** Where in the result. */
  readonly at: Place;
  /** What the template (or the variable) says there. */
  readonly text: string;
}

/** A text of the result that holds secrets. */
export interface SecretUse extends Filled {
  readonly names: readonly string[];
  /** Names that are not available here; such a text stands in the result with its placeholders. */
  readonly missing: readonly string[];
}

export interface Substituted {
  readonly value: Json;
  readonly filled: readonly Filled[];
  readonly secrets: readonly SecretUse[];
  readonly variables: ReadonlySet<string>;
  readonly problems: readonly RenderProblem[];
  /** Where every leaf comes from, if that was asked for. */
  readonly traces: readonly Trace[];
}

/** Where one leaf of the result comes from. */
export interface Trace {
  /** Where in the result. */
  readonly at: Place;
  /** Where the value stands, or the placeholder that brought it in. */
  readonly start: Origin;
  /** The variables that it took, in the order of their use. */
  readonly variables: readonly string[];
  readonly secrets: readonly string[];
}

/** Enough for any honest file; variables that multiply each other without end stop here. */
const MOST_SUBSTITUTIONS = 100_000;

/** Fills in the placeholders of a parsed value. Pure; the value itself is not changed. */
export function substitute(
  template: Json,
  scope: Scope,
  origin: OriginFile,
  path: Place = [],
  /** Names of variables that the value belongs to, so that it is noticed when it uses itself. */
  chain: readonly string[] = [],
): Substituted {
  return new Substitution(scope).whole(template, sourceAt({ origin, path }, chain));
}

/** The same, and where every leaf comes from. */
export function substituteTraced(template: Json, scope: Scope, origin: OriginFile, path: Place = []): Substituted {
  return new Substitution(scope, true).whole(template, sourceAt({ origin, path }));
}

/** What every part of a text comes to inside of it; undefined when one of them is unknown. */
export function valuesOfParts(parts: readonly Part[], scope: Scope): string[] | undefined {
  const run = new Substitution(scope);
  const source = sourceAt({ origin: 'template', path: [] });
  const values = parts.map((part) => run.textOf(part, source, { names: [], missing: [] }));
  return values.every((value) => value !== undefined) ? values : undefined;
}

interface SecretNames {
  readonly names: string[];
  readonly missing: string[];
}

class Substitution {
  readonly filled: Filled[] = [];
  readonly secrets: SecretUse[] = [];
  readonly variables = new Set<string>();
  readonly problems: RenderProblem[] = [];
  readonly traces: Trace[] = [];
  private count = 0;
  /** Variables looked up for the text at hand. */
  private looked: string[] = [];

  constructor(
    private readonly scope: Scope,
    private readonly isTraced = false,
  ) {}

  whole(template: Json, source: Source): Substituted {
    const value = this.node(template, [], source);
    const { filled, secrets, variables, problems, traces } = this;
    return { value, filled, secrets, variables, problems, traces };
  }

  private trace(at: Place, source: Source, names: readonly string[] = [], secrets: readonly string[] = []): void {
    const start = writtenOut(source.start ?? source);
    this.traces.push({ at, start, variables: [...new Set([...source.chain, ...names])], secrets });
  }

  private node(template: Json, at: Place, source: Source): Json {
    if (typeof template === 'string') return this.text(template, at, source);
    const isLeaf = !isObject(template) && !(Array.isArray(template) && template.length > 0);
    if (this.isTraced && (isLeaf || Object.keys(template).length === 0)) this.trace(at, source);
    if (Array.isArray(template)) return this.list(template, at, source);
    return isObject(template) ? this.map(template, at, source) : template;
  }

  private map(template: JsonObject, at: Place, source: Source): JsonObject {
    const entries = Object.entries(template).map(([field, inner]): [string, Json] => [
      field,
      this.isAsIs(inner) ? inner : this.node(inner, [...at, field], below(source, field)),
    ]);
    return Object.fromEntries(entries);
  }

  /** An element that is one placeholder for a list stands for the elements of that list. */
  private list(template: readonly Json[], at: Place, source: Source, start = 0): Json[] {
    const result: Json[] = [];
    for (const [index, element] of template.entries()) {
      if (this.isAsIs(element)) {
        result.push(element);
        continue;
      }
      const inner = below(source, index);
      const spliced = this.listVariable(element, inner);
      if (!spliced) {
        result.push(this.node(element, [...at, start + result.length], inner));
        continue;
      }
      const { name, list } = spliced;
      this.variables.add(name);
      for (const index of list.keys())
        this.filled.push({ at: [...at, start + result.length + index], text: String(element) });
      for (const item of this.list(list, at, this.inVariable(inner, name), start + result.length)) result.push(item);
    }
    return result;
  }

  private listVariable(element: Json, source: Source): { name: string; list: Json[] } | undefined {
    const only = typeof element === 'string' ? soleVariable(parseText(element)) : undefined;
    if (only === undefined || source.chain.includes(only)) return undefined;
    const value = Object.hasOwn(this.scope.variables, only) ? this.scope.variables[only] : undefined;
    if (Array.isArray(value)) return { name: only, list: value };
    if (typeof value !== 'string') return undefined;
    const through = this.listVariable(value, this.inVariable(source, only));
    if (through) this.variables.add(only);
    return through;
  }

  private text(text: string, at: Place, source: Source): Json {
    const parsed = parseText(text);
    for (const { message, hint } of parsed.mistakes) this.report('unknown-placeholder', message, source, hint);
    const [only] = parsed.parts;
    if (parsed.parts.some((part) => typeof part !== 'string')) this.filled.push({ at, text });
    if (typeof only === 'object' && parsed.parts.length === 1 && only.namespace === 'var') {
      const value = this.variable(only.name, at, source);
      return value === undefined ? text : value;
    }
    const found: SecretNames = { names: [], missing: [] };
    this.looked = [];
    const result = this.joined(parsed, source, found);
    if (this.isTraced) this.trace(at, source, this.looked, found.names);
    if (found.names.length === 0) return result ?? text;
    this.secrets.push({ at, text, ...found });
    return found.missing.length > 0 || result === undefined ? text : result;
  }

  /** The text with every part filled in; undefined when one of them could not be. */
  private joined(parsed: ParsedText, source: Source, found: SecretNames): string | undefined {
    const texts = parsed.parts.map((part) => this.textOf(part, source, found));
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }

  textOf(part: Part, source: Source, found: SecretNames): string | undefined {
    if (typeof part === 'string') return part;
    if (part.namespace === 'env') return this.processVariable(part, source);
    if (part.namespace === 'secret') return this.secret(part.name, found);
    const known = this.lookUp(part.name, source);
    if (known === undefined) return undefined;
    if (typeof known === 'string' && !known.includes('{{')) return known;
    if (typeof known === 'string') return this.joined(parseText(known), this.inVariable(source, part.name), found);
    if (typeof known === 'number') return this.scope.spelling?.get(part.name) ?? JSON.stringify(known);
    if (typeof known === 'boolean') return String(known);
    const message = `Variable "${part.name}" is ${kindOf(known)} and stands inside a longer text`;
    const hint =
      'Only texts, numbers and true/false fit there; let the placeholder be the whole value, or use another variable.';
    this.report('wrong-type', message, source, hint);
    return undefined;
  }

  private variable(name: string, at: Place, source: Source): Json | undefined {
    const value = this.lookUp(name, source);
    if (value === undefined || this.isAsIs(value)) return value;
    return this.node(value, at, this.inVariable(source, name));
  }

  /** Most values hold no placeholder: they need no path and no parsing. */
  private isAsIs(value: Json): boolean {
    if (this.isTraced) return false;
    return typeof value === 'string' ? !value.includes('{{') : typeof value !== 'object' || value === null;
  }

  private inVariable(source: Source, name: string): Source {
    return sourceInVariable(source, name, originOf(this.scope, name));
  }

  private lookUp(name: string, source: Source): Json | undefined {
    this.variables.add(name);
    this.looked.push(name);
    this.count += 1;
    if (this.count > MOST_SUBSTITUTIONS) {
      if (this.count === MOST_SUBSTITUTIONS + 1) {
        this.report('variables-too-large', `Variable "${name}" grows without bound`, source);
      }
      return undefined;
    }
    if (source.chain.includes(name)) {
      this.reportCycle(source.chain.slice(source.chain.indexOf(name)), source);
      return undefined;
    }
    const { variables, environment } = this.scope;
    if (Object.hasOwn(variables, name)) return variables[name];
    const near = nearestHint(name, Object.keys(variables), 'Set there');
    const where = `Set it under "variables" in environments/${environment}.yaml.`;
    this.report('unset-variable', `Variable "${name}" is not set in environment ${environment}`, source, [near, where]);
    return undefined;
  }

  /** Told from the first name in the alphabet, so that one cycle reads the same wherever it was entered. */
  private reportCycle(names: readonly string[], source: Source): void {
    const first = names.indexOf([...names].sort()[0] ?? '');
    const cycle = [...names.slice(first), ...names.slice(0, first)];
    const closing = cycle.at(-1) ?? '';
    const place = closing === source.chain.at(-1) ? source : sourceAt(originOf(this.scope, closing));
    const message = `Variable "${cycle[0]}" is defined by itself: ${[...cycle, cycle[0]].join(' → ')}`;
    this.report('variable-cycle', message, place, 'Give one of them a value of its own.');
  }

  private secret(name: string, found: SecretNames): string | undefined {
    found.names.push(name);
    const value = this.scope.secrets.get(name);
    if (value === undefined) found.missing.push(name);
    return value;
  }

  private processVariable(placeholder: Placeholder, source: Source): string | undefined {
    const text = placeholderText(placeholder);
    if (source.base.origin === 'template') {
      const message = `"${text}" is allowed in environment files only`;
      this.report('misplaced-placeholder', message, source, 'Use {{var:NAME}} or {{secret:NAME}} in an artifact.');
      return undefined;
    }
    const value = this.scope.processVariables?.[placeholder.name];
    if (value !== undefined) return value;
    const message = `The process variable ${placeholder.name} is not set`;
    this.report('unset-process-variable', message, source, `Set it before the command runs; "${text}" needs it.`);
    return undefined;
  }

  private report(code: string, message: string, source: Source, hint?: string | (string | undefined)[]): void {
    const { origin, path } = writtenOut(source);
    const text = [hint ?? []].flat().filter(Boolean).join(' ');
    this.problems.push({ code, message, severity: 'error', origin, path, ...(text === '' ? {} : { hint: text }) });
  }
}

function soleVariable(parsed: ParsedText): string | undefined {
  const [only] = parsed.parts;
  return parsed.parts.length === 1 && typeof only === 'object' && only.namespace === 'var' ? only.name : undefined;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : 'a map';
}
