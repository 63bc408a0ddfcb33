import type { IamctlEnvironment, KeywordValues } from '../../iamctl/description';
import type { LoosePlace } from '../../iamctl/document';
import type { Occurrence } from '../../iamctl/marks';
import { looseValue, resolved, valueText } from '../../iamctl/meaning';
import { referencesIn } from '../../iamctl/process-references';
import { keywordsIn } from '../../iamctl/raw-substitution';
import { artifactText } from '../../model/artifact';
import { equalJson, type Json, type JsonObject } from '../../model/json';
import { keySlug, secretVariable } from '../../substitution/secret-names';
import type { Draft } from './drafts';
import type { EnvironmentView } from './views';
import { configuredParts, joinedParts, literalValue, type TextPart } from './template-text';

/** One keyword as one group of placeholders uses it. */
interface Variable {
  readonly name: string;
  readonly keyword: string;
  readonly place: 'text' | LoosePlace;
  /** The artifact that has values of its own for the keyword. */
  readonly owner?: Draft;
}

/** A keyword that is taken for a secret: its values are not written. */
export interface SecretKeyword {
  readonly keyword: string;
  readonly secret: string;
}

/** Names that promise a secret; not those of addresses, lifetimes and the like around one. */
const SECRET_WORDS =
  /^(?!.*(?:ur[il]|endpoint|host|domain|path|lifetime|expiry|period|enabled|alias|type|name|id)$).*(?:secret|passw|passphrase|private_?key|credential|api_?key|token$)/i;

/** Gives every keyword in use a variable, and finds its value in each environment. */
export class Variables {
  private readonly variables = new Map<string, Variable>();
  private readonly names = new Set<string>();
  private readonly secrets = new Map<string, string>();
  /** Keywords that are needed as texts, by `idOf`. */
  private readonly texts = new Set<string>();

  constructor(
    private readonly environments: readonly IamctlEnvironment[],
    /** Keywords that stand where a secret belongs. */
    private readonly confidential: ReadonlySet<string>,
    private readonly takenSecrets: Set<string>,
  ) {}

  /** Has to be told of all placeholders before names are asked for: they depend on what else there is. */
  announce(draft: Draft, occurrence: Occurrence): void {
    const { keyword } = occurrence;
    if (!needsType(draft, occurrence)) this.texts.add(idOf(keyword, ownerOf(draft, keyword)));
    for (const { keywords } of this.environments) {
      for (const inner of keywordsIn(keywords.shared.get(keyword), keywords.shared)) this.texts.add(idOf(inner));
    }
  }

  /** The variable for a placeholder. */
  nameFor(draft: Draft, occurrence: Occurrence): string {
    const { keyword } = occurrence;
    const place = needsType(draft, occurrence) ? occurrence.place : 'text';
    return this.variable(keyword, place, ownerOf(draft, keyword)).name;
  }

  /** The values of all variables in use, for the file of an environment. */
  values(environment: IamctlEnvironment): JsonObject {
    const values: JsonObject = {};
    // Values can bring in further variables, which the loop then comes to.
    for (const variable of this.variables.values()) {
      const value = this.value(variable, environment);
      if (value !== undefined) values[variable.name] = value;
    }
    return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  get secretKeywords(): SecretKeyword[] {
    return [...this.secrets].map(([keyword, secret]) => ({ keyword, secret }));
  }

  isConfidential(keyword: string): boolean {
    return this.confidential.has(keyword) || SECRET_WORDS.test(keyword);
  }

  private variable(keyword: string, place: Variable['place'], owner: Draft | undefined): Variable {
    const isTyped = place !== 'text';
    const id = `${idOf(keyword, owner)} ${isTyped}`;
    const known = this.variables.get(id);
    if (known) return known;
    const suffix = isTyped && this.texts.has(idOf(keyword, owner)) ? '.value' : '';
    const name = this.freeName(safeName(keyword) + (owner ? `.${keySlug(owner.key)}` : '') + suffix);
    const made: Variable = { name, keyword, place, ...(owner ? { owner } : {}) };
    this.variables.set(id, made);
    return made;
  }

  private value({ keyword, place, owner }: Variable, environment: IamctlEnvironment): Json | undefined {
    const view = owner?.views.find(({ name }) => name === environment.name);
    const written: KeywordValues = view?.written ?? environment.keywords.shared;
    const value = written.get(keyword);
    if (value === undefined) return undefined;
    if (view && !isOwnIn(view, keyword)) {
      return joinedParts([{ namespace: 'var', name: this.variable(keyword, place, undefined).name }]);
    }
    if (this.isConfidential(keyword)) return joinedParts([{ namespace: 'secret', name: this.secretFor(keyword) }]);
    if (typeof value !== 'string') return literalValue(value);
    const whole = valueText(resolved(keyword, written) ?? '');
    if (place !== 'text' && referencesIn(whole).length === 0) return literalValue(looseValue(whole, place));
    return joinedParts(owner ? configuredParts(whole) : this.sharedParts(value, keyword, written));
  }

  /** Keywords in the value of a shared one stay references, so that they are kept in one place. */
  private sharedParts(value: string, keyword: string, written: KeywordValues): TextPart[] {
    const inner = keywordsIn(value, written).filter((name) => !leadsTo(name, keyword, written));
    const [first] = inner;
    if (first === undefined) return configuredParts(value);
    return value.split(`{{${first}}}`).flatMap((piece, index): TextPart[] => {
      const parts = piece === '' ? [] : this.sharedParts(piece, keyword, written);
      if (index === 0) return parts;
      return [{ namespace: 'var', name: this.variable(first, 'text', undefined).name }, ...parts];
    });
  }

  private secretFor(keyword: string): string {
    const known = this.secrets.get(keyword);
    if (known !== undefined) return known;
    let name = safeName(keyword);
    while (this.takenSecrets.has(secretVariable(name))) name = `${name}-keyword`;
    this.takenSecrets.add(secretVariable(name));
    this.secrets.set(keyword, name);
    return name;
  }

  private freeName(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.names.has(name); count += 1) name = `${wanted}.${count}`;
    this.names.add(name);
    return name;
  }
}

function idOf(keyword: string, owner?: Draft): string {
  return JSON.stringify([keyword, owner ? artifactText(owner) : '']);
}

/** A placeholder that brings its own type needs it where that type is not text. */
function needsType({ views }: Draft, { keyword, place }: Occurrence): boolean {
  if (place === 'text') return false;
  return views.some(({ meant }) => {
    const value = resolved(keyword, meant);
    return typeof value === 'string' && !equalJson(looseValue(value, place), value);
  });
}

/** The artifact itself where an environment gives it a value of its own. */
function ownerOf(draft: Draft, keyword: string): Draft | undefined {
  return draft.views.some((view) => isOwnIn(view, keyword)) ? draft : undefined;
}

/** Also where the value of its own is that of a keyword in the value of this one. */
function isOwnIn({ own, written }: EnvironmentView, keyword: string): boolean {
  return [...own].some((name) => leadsTo(keyword, name, written));
}

/** True when the value of one keyword holds the other, directly or through others. */
function leadsTo(from: string, to: string, values: KeywordValues, seen: ReadonlySet<string> = new Set()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  const visited = new Set([...seen, from]);
  return keywordsIn(values.get(from), values).some((name) => leadsTo(name, to, values, visited));
}

function safeName(keyword: string): string {
  const name = keyword.replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  return name === '' ? '_' : name;
}
