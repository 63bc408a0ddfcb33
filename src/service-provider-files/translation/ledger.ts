import { isObject, type Json, type JsonObject } from '../../model/json';

/** Steps into a tree: fields by name, elements by position. */
export type Steps = readonly (string | number)[];

/** An element that a conversion leaves out, and why. */
export interface LeftOut {
  readonly steps: Steps;
  readonly why: string;
  /** Nothing is lost with it: it says what something else says, or means nothing elsewhere. */
  readonly meaningless?: boolean;
}

/** Keeps book of what a conversion looked at, so that whatever it did not is named and never lost in silence. */
export class Ledger {
  private readonly used = new Set<string>();
  private readonly left: LeftOut[] = [];

  use(steps: Steps): void {
    this.used.add(keyOf(steps));
  }

  leave(entry: LeftOut): void {
    this.left.push(entry);
  }

  /** All that was left out on purpose, and every value that nobody looked at; `why` gives its reason. */
  leftOut(root: JsonObject, why: (steps: Steps) => Omit<LeftOut, 'steps'>): readonly LeftOut[] {
    const covered = new Set([...this.used, ...this.left.map(({ steps }) => keyOf(steps))]);
    const unseen: LeftOut[] = [];
    forEachValue(root, [], (steps) => {
      const isCovered = steps.some((_, index) => covered.has(keyOf(steps.slice(0, index + 1))));
      if (!isCovered) unseen.push({ steps, ...why(steps) });
    });
    return [...this.left, ...unseen];
  }
}

function keyOf(steps: Steps): string {
  return steps.join('\u0000');
}

/** A value that is absent in all but name: an empty text, `false`, 0, an empty list. */
export function saysNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.every(saysNothing);
  return isObject(value) && Object.values(value).every(saysNothing);
}

function forEachValue(node: Json, steps: Steps, visit: (steps: Steps) => void): void {
  if (Array.isArray(node)) node.forEach((item, index) => forEachValue(item, [...steps, index], visit));
  else if (isObject(node)) {
    for (const [field, inner] of Object.entries(node)) forEachValue(inner, [...steps, field], visit);
  } else if (!saysNothing(node)) visit(steps);
}

/** A map of a tree that is read with a ledger. Everything that is asked for counts as carried. */
export class Entry {
  constructor(
    private readonly value: JsonObject,
    private readonly ledger: Ledger,
    readonly steps: Steps = [],
  ) {}

  /** The value at a dotted path, undefined where there is none or it is an empty text or list. */
  get(path: string): Json | undefined {
    const node = this.find(path);
    this.ledger.use(this.stepsTo(path));
    const isEmpty = node === null || node === '' || (Array.isArray(node) && node.length === 0);
    return isEmpty ? undefined : node;
  }

  text(path: string): string | undefined {
    const value = this.get(path);
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  }

  flag(path: string): boolean | undefined {
    const value = this.get(path);
    return typeof value === 'boolean' ? value : undefined;
  }

  texts(path: string): string[] {
    const value = this.get(path);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
  }

  /** A map inside; an empty one where there is none. */
  at(path: string): Entry {
    const node = this.find(path);
    return new Entry(isObject(node) ? node : {}, this.ledger, this.stepsTo(path));
  }

  /** The maps of a list. */
  each(path: string): Entry[] {
    const node = this.find(path);
    if (!Array.isArray(node)) return [];
    return node.flatMap((item, index) =>
      isObject(item) ? [new Entry(item, this.ledger, [...this.stepsTo(path), index])] : [],
    );
  }

  /** True when there is something at the path that says anything. */
  has(path: string): boolean {
    return !saysNothing(this.find(path));
  }

  /** Names something that is not carried, if it says anything; '' is the whole map. */
  leave(path: string, why: string, meaningless = false): void {
    if (path !== '' && !this.has(path)) return this.ledger.use(this.stepsTo(path));
    this.ledger.leave({ steps: this.stepsTo(path), why, ...(meaningless ? { meaningless } : {}) });
  }

  private find(path: string): Json | undefined {
    let node: Json | undefined = this.value;
    for (const name of path.split('.')) node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
    return node;
  }

  private stepsTo(path: string): Steps {
    return path === '' ? this.steps : [...this.steps, ...path.split('.')];
  }
}
