import { canonicalise, minimise } from '../../compare/canonical';
import { compareCanonical } from '../../compare/differences';
import type { Difference } from '../../model/difference';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { compareVersions, isMask } from '../../model/kind';
import { parseLists, valueAt, withValueAt } from '../../model/lists';
import { formatPath } from '../../model/path';
import type { Occurrence } from '../../iamctl/marks';
import { scalarValue } from '../../iamctl/meaning';
import { secretName, secretVariable } from '../../substitution/secret-names';
import { orderFields } from '../../workspace/schemas';
import { withoutUnknownFields } from '../unknown-fields';
import type { Draft } from './drafts';
import { fitted, joinedList, replacedAt, secretPathsOf, withoutSecrets, type Fitted, type Refit } from './fitting';
import { joinedParts, literalValue, type TextPart } from './template-text';
import type { Variables } from './variables';

/** A secret of an artifact that the workspace only names. */
export interface NamedSecret {
  readonly name: string;
  readonly path: string;
  /** `mask`: the old file hid it. `clear`: it stood there. Otherwise the keywords that brought it. */
  readonly from: 'mask' | 'clear' | readonly string[];
}

/** An artifact ready to be written once its keywords have variables. */
export interface Prepared {
  readonly draft: Draft;
  /** Texts hold marks; secrets are placeholders already, behind `SECRET`. */
  readonly value: JsonObject;
  readonly secrets: readonly NamedSecret[];
  readonly unknown: readonly string[];
  /** Values that one environment has for itself, by environment and path. */
  readonly overrides: ReadonlyMap<string, JsonObject>;
  /** True when keywords were filled in, because placeholders could not say the same. */
  readonly isFilledIn: boolean;
}

/** Stands before a text that is a secret's placeholder. */
const SECRET = '\u0001';

/** What the names of secrets must keep clear of. */
export type TakenSecrets = Set<string>;

/** With a placeholder wherever the old file has one; undefined where its placeholders cannot be read. */
export function withPlaceholders(draft: Draft, taken: TakenSecrets): Prepared | undefined {
  if (!draft.marked) return undefined;
  const { definition, marked } = draft;
  const version = newestVersion(draft);
  const canonical = canonicalise(definition, masksMarked(draft, marked) as JsonObject, version);
  const known = withoutUnknownFields(definition, canonical);
  const refitted = [...fittedByEnvironment(draft).values()].flatMap(({ changed }) => changed);
  const value = refitted.reduce<JsonObject>(
    (result, change) => refit(draft, result, change) as JsonObject,
    known.value,
  );
  return prepared(draft, value, version, taken, { unknown: known.unknown });
}

/** With all keywords filled in: one environment's values in the file, those of the others as overrides. */
export function filledIn(draft: Draft, taken: TakenSecrets): Prepared | undefined {
  const byEnvironment = fittedByEnvironment(draft);
  for (const [name, base] of byEnvironment) {
    const overrides = new Map<string, JsonObject>();
    for (const [other, { value }] of byEnvironment) {
      const found = differencesBetween(draft, base.value, value);
      // An override cannot take a field away, so the environment with the fewest fields has to be the base.
      if (found.some(({ change }) => change === 'remove')) break;
      if (found.length > 0) overrides.set(other, overridesOf(found));
      else overrides.set(other, {});
    }
    if (overrides.size !== byEnvironment.size) continue;
    const masked = masksMarked(draft, draft.meant.get(name) ?? {}) as JsonObject;
    const version = newestVersion(draft);
    const { value } = fitted(draft.definition, masked, version);
    return prepared(draft, value, version, taken, { unknown: base.unknown, overrides });
  }
  return undefined;
}

function differencesBetween({ definition, confidential }: Draft, from: JsonObject, to: JsonObject): Difference[] {
  const bare = (value: JsonObject): JsonObject => withoutSecrets(definition, value, confidential);
  return compareCanonical(definition, bare(from), bare(to));
}

function overridesOf(found: readonly Difference[]): JsonObject {
  return Object.fromEntries(found.map(({ path, to }) => [path, literalValue(to ?? null)]));
}

const fittedDrafts = new WeakMap<Draft, Map<string, Fitted>>();

/** What is meant in each environment, in the vocabulary of files; kept with the draft. */
export function fittedByEnvironment(draft: Draft): ReadonlyMap<string, Fitted> {
  const known = fittedDrafts.get(draft);
  if (known) return known;
  const { definition, meant, views } = draft;
  const made = new Map(
    views.map((view) => [view.name, fitted(definition, meant.get(view.name) ?? {}, view.version)] as const),
  );
  fittedDrafts.set(draft, made);
  return made;
}

/** Marked like the meant values: a lone placeholder brings its type, a literal gets it, joined lists are parted. */
function refit(draft: Draft, value: Json, { steps, to }: Refit): Json {
  let node: Json | undefined = value;
  for (const step of steps) {
    if (Array.isArray(node)) node = node[Number(step)];
    else node = isObject(node) && Object.hasOwn(node, String(step)) ? node[String(step)] : undefined;
  }
  if (typeof node === 'number' || typeof node === 'boolean') return replacedAt(value, steps, String(node));
  if (typeof node !== 'string') return value;
  if (to === 'list') return replacedAt(value, steps, joinedList(node));
  const only = draft.marks.sole(node);
  if (only) only.place = to === 'text' ? 'text' : 'value';
  return only ? value : replacedAt(value, steps, scalarValue(node));
}

function prepared(
  draft: Draft,
  value: JsonObject,
  version: string,
  taken: TakenSecrets,
  more: { readonly unknown: readonly string[]; readonly overrides?: ReadonlyMap<string, JsonObject> },
): Prepared {
  const { definition } = draft;
  const hasOneVersion = new Set(draft.views.map((view) => view.version)).size === 1;
  const hidden = withNamedSecrets(draft, value, taken);
  const short = hasOneVersion ? minimise(definition, hidden.value, version) : hidden.value;
  return {
    draft,
    value: orderFields(definition, short) as JsonObject,
    secrets: hidden.secrets,
    unknown: more.unknown,
    overrides: more.overrides ?? new Map(),
    isFilledIn: more.overrides !== undefined,
  };
}

function withNamedSecrets(
  draft: Draft,
  value: JsonObject,
  taken: TakenSecrets,
): { value: JsonObject; secrets: NamedSecret[] } {
  const { definition, marks } = draft;
  const lists = parseLists(definition.lists);
  const isMasked = (leaf: Json): boolean => typeof leaf === 'string' && marks.sole(leaf)?.keyword === MASK;
  const secrets: NamedSecret[] = [];
  let result = value;
  for (const path of secretPathsOf(definition, value, draft.confidential, isMasked)) {
    const old = valueAt(result, path, lists) ?? null;
    if (old === null || old === '') continue;
    const name = secretName(draft, path, { taken });
    const next = withValueAt(result, path, SECRET + joinedParts([{ namespace: 'secret', name }]), lists);
    if (next === undefined) continue;
    taken.add(secretVariable(name));
    result = next as JsonObject;
    secrets.push({ name, path: formatPath(path), from: originOf(draft, old) });
  }
  return { value: result, secrets };
}

function originOf({ marks }: Draft, old: Json): NamedSecret['from'] {
  const found = marks.within(old).map(({ keyword }) => keyword);
  if (found.includes(MASK) || isMask(old)) return 'mask';
  return found.length > 0 ? [...new Set(found)] : 'clear';
}

/** Not a keyword: the mark of a masked secret. */
const MASK = '';

/** Masks become marks, since bringing a value into file vocabulary drops them. */
function masksMarked(draft: Draft, value: Json): Json {
  if (Array.isArray(value)) return value.map((inner) => masksMarked(draft, inner));
  if (isObject(value)) {
    const entries = Object.entries(value).map(([field, inner]): [string, Json] => [field, masksMarked(draft, inner)]);
    return Object.fromEntries(entries);
  }
  const { file } = draft.resource;
  return isMask(value) ? draft.marks.add({ keyword: MASK, file, line: 1, column: 1, place: 'text' }) : value;
}

function newestVersion({ views }: Draft): string {
  return (
    views
      .map(({ version }) => version)
      .sort(compareVersions)
      .at(-1) ?? '7.1'
  );
}

/** The marked placeholders that need variables: those outside of secrets. */
export function placeholdersOf({ draft, value }: Prepared): Occurrence[] {
  return draft.marks.within(value).filter(({ keyword }) => keyword !== MASK);
}

/** The value as it is written, with placeholders in place of marks. */
export function templateOf({ draft, value }: Prepared, variables: Variables): JsonObject {
  const text = (marked: string): string => {
    if (marked.startsWith(SECRET)) return marked.slice(SECRET.length);
    const parts = draft.marks.split(marked).map((part): TextPart => {
      if (typeof part === 'string') return part;
      return { namespace: 'var', name: variables.nameFor(draft, part) };
    });
    return joinedParts(parts);
  };
  return mapTexts(value, text) as JsonObject;
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([field, inner]): [string, Json] => [field, mapTexts(inner, change)]);
  return Object.fromEntries(entries);
}
