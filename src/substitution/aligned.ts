import { isObject, type Json, type JsonObject } from '../model/json';
import { identitiesOf, listRuleAt, plainIdentities, type ParsedLists } from '../model/lists';
import { isField, matchesPattern, type Path } from '../model/path';
import { pairByIdentity, pairGaps, pairInOrder, type Pairing } from './list-pairs';
import { fieldOf, sameValue } from './same';
import { isMarked, literalOf } from './template-value';

/** What decides about values that must not be taken from the server as they are. */
export interface Keeping {
  readonly lists: ParsedLists;
  /** Patterns of fields that each server makes for itself, where the file may leave them open. */
  readonly chosen: readonly Path[];
  /** Patterns of fields that somebody else looks after. */
  readonly ignored: readonly Path[];
  isSecret(path: Path): boolean;
  /** The placeholder of a secret that the file has none for. */
  newSecret(path: Path): string;
  /** Whether the secrets of a committed text can be told apart from the rest of a live one. */
  canBeTold(committed: string, live: string): boolean;
  /** Notes a text with a secret that could not be compared. */
  notCompared(path: Path): void;
}

/**
 * The live value with what the file must keep taken over from the committed side: secrets as placeholders, ignored
 * fields, fields left to the server. Both sides are walked together, and elements that have one identity are paired by
 * all that is not secret, so that no secret ever ends up in another one's place. What does not change is shared. Pure.
 */
export function aligned(live: Json, desired: Json, keeping: Keeping): Aligned {
  const aligner = new Aligner(keeping);
  const value = aligner.node(live, desired, [], { isLeftOpen: false, holder: undefined });
  return { value: value === undefined ? {} : value, isReshaped: aligner.isReshaped };
}

export interface Aligned {
  readonly value: Json;
  /** More was changed than secrets for other texts, so that the value may not be in canonical form any more. */
  readonly isReshaped: boolean;
}

interface Around {
  /** Inside of what the file leaves to the server. */
  readonly isLeftOpen: boolean;
  /** The committed value around this one. */
  readonly holder: Json | undefined;
}

class Aligner {
  isReshaped = false;

  constructor(private readonly keeping: Keeping) {}

  /** The value that counts as live; undefined for none. */
  node(live: Json | undefined, desired: Json | undefined, path: Path, around: Around): Json | undefined {
    const { ignored, chosen, isSecret, newSecret } = this.keeping;
    if (isAtOne(ignored, path)) {
      this.isReshaped = true;
      return desired === undefined ? undefined : literalOf(desired);
    }
    const isLeftOpen = around.isLeftOpen || (around.holder !== undefined && isAtOne(chosen, path));
    if (path.length > 0 && isSecret(path)) {
      if (desired === undefined && (live === undefined || isLeftOpen)) return undefined;
      return isMarked(desired) ? desired : newSecret(path);
    }
    if (isMarked(desired)) return this.mixed(live, desired, path);
    if (live === undefined) return this.hidden(desired, path);
    if (typeof live !== 'object' || live === null) return isLeftOpen && desired === undefined ? undefined : live;
    const inside = { isLeftOpen, holder: desired };
    return Array.isArray(live)
      ? this.list(live, Array.isArray(desired) ? desired : [], path, inside)
      : this.map(live, isObject(desired) ? desired : {}, path, inside);
  }

  /** An ordinary text with secrets in it: where they cannot be told apart from the rest, the committed text stays. */
  private mixed(live: Json | undefined, committed: string, path: Path): Json {
    const literal = literalOf(committed);
    if (live === literal && literal !== committed) return live;
    if (typeof live === 'string' && this.keeping.canBeTold(committed, live)) return live;
    this.keeping.notCompared(path);
    this.isReshaped = true;
    return literal;
  }

  /** What the server does not show at all: it stays when all of it is secret. */
  private hidden(desired: Json | undefined, path: Path): Json | undefined {
    if (desired === undefined) return undefined;
    if (!this.isAllSecret(desired, path)) return this.ignoredParts(desired, path);
    const around = { isLeftOpen: false, holder: undefined };
    if (Array.isArray(desired)) return this.list([], desired, path, around);
    return isObject(desired) ? this.map({}, desired, path, around) : undefined;
  }

  /** The ignored fields of a map that is gone; an element that is gone takes them along. */
  private ignoredParts(desired: Json, path: Path): Json | undefined {
    if (!isObject(desired) || this.keeping.ignored.length === 0) return undefined;
    const entries = Object.entries(desired).flatMap(([field, inner]): [string, Json][] => {
      const at = [...path, { field }];
      const isIgnored = this.keeping.ignored.some((pattern) => matchesPattern(pattern, at));
      const kept = isIgnored ? literalOf(inner) : this.ignoredParts(inner, at);
      return kept === undefined ? [] : [[field, kept]];
    });
    return entries.length === 0 || path.some((segment) => !isField(segment)) ? undefined : Object.fromEntries(entries);
  }

  private isAllSecret(value: Json, path: Path): boolean {
    if (path.length > 0 && this.keeping.isSecret(path)) return true;
    const inner = this.children(value, path);
    return inner.length > 0 && inner.every((child) => this.isAllSecret(child.value, child.path));
  }

  private children(value: Json, path: Path): { value: Json; path: Path }[] {
    if (Array.isArray(value)) {
      const identities = identitiesOf(value, listRuleAt(this.keeping.lists, path));
      return value.map((item, index) => ({ value: item, path: [...path, { item: identities[index] ?? '' }] }));
    }
    if (!isObject(value)) return [];
    return Object.entries(value).map(([field, inner]) => ({ value: inner, path: [...path, { field }] }));
  }

  private map(live: JsonObject, desired: JsonObject, path: Path, around: Around): JsonObject {
    let result: JsonObject | undefined;
    const put = (field: string, value: Json | undefined): void => {
      const isThere = Object.hasOwn(live, field);
      if (value === undefined && !isThere) return;
      if (value === undefined || !isThere) this.isReshaped = true;
      result ??= { ...live };
      if (value === undefined) delete result[field];
      else Object.defineProperty(result, field, { value, enumerable: true, configurable: true, writable: true });
    };
    for (const field of Object.keys(live)) {
      const inner = live[field];
      const value = this.node(inner, fieldOf(desired, field), [...path, { field }], around);
      if (value !== inner) put(field, value);
    }
    for (const [field, inner] of Object.entries(desired)) {
      if (!Object.hasOwn(live, field)) put(field, this.node(undefined, inner, [...path, { field }], around));
    }
    return result ?? live;
  }

  private list(live: Json[], desired: readonly Json[], path: Path, around: Around): Json[] {
    const { lists } = this.keeping;
    const rule = listRuleAt(lists, path);
    const identities = identitiesOf(live, rule);
    const literals = desired.map(literalOf);
    const pairs = desired.length === 0 ? [] : this.pairs(literals, live, path);
    const here = new Map(pairs.flatMap((there, position) => (there === undefined ? [] : [[there, position] as const])));
    const items = live.map((item, position) => {
      const committed = desired[here.get(position) ?? -1];
      return this.node(item, committed, [...path, { item: identities[position] ?? '' }], around);
    });
    const own = desired.length > here.size ? identitiesOf(literals, rule) : [];
    const hidden = desired.map((item, position) =>
      pairs[position] === undefined
        ? this.node(undefined, item, [...path, { item: own[position] ?? '' }], around)
        : undefined,
    );
    if (items.includes(undefined) || hidden.some((item) => item !== undefined)) this.isReshaped = true;
    const result = [...items, ...hidden].filter((item) => item !== undefined);
    const isSame = result.length === live.length && result.every((item, position) => item === live[position]);
    return isSame ? live : result;
  }

  private pairs(desired: readonly Json[], live: readonly Json[], path: Path): Pairing {
    const rule = listRuleAt(this.keeping.lists, path);
    const isAlike = (left: number, right: number): boolean => this.isAlike(desired[left], live[right], path);
    if (rule) return pairByIdentity(plainIdentities(desired, rule), plainIdentities(live, rule), isAlike);
    return pairGaps(pairInOrder(desired, live, isAlike), live.length);
  }

  /** The same but for what is secret. */
  private isAlike(left: Json | undefined, right: Json | undefined, path: Path): boolean {
    const at = [...path, { item: '' }];
    return sameValue(this.withoutSecrets(left, at), this.withoutSecrets(right, at), at, this.keeping.lists);
  }

  private withoutSecrets(value: Json | undefined, path: Path): Json | undefined {
    if (value === undefined || this.keeping.isSecret(path)) return undefined;
    const inner = this.children(value, path).map((child) => this.withoutSecrets(child.value, child.path));
    if (Array.isArray(value)) return inner.filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const entries = Object.keys(value).map((field, index) => [field, inner[index]] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }
}

function isAtOne(patterns: readonly Path[], path: Path): boolean {
  return patterns.length > 0 && patterns.some((pattern) => matchesPattern(pattern, path));
}
