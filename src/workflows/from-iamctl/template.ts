import { canonicalise, minimise } from '../../compare/canonical';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { compareVersions, isMask } from '../../model/kind';
import { parseLists, valueAt, withValueAt } from '../../model/lists';
import { formatPath } from '../../model/path';
import { MASK, MASK_TEXT, type Occurrence } from '../../iamctl/marks';
import { scalarValue } from '../../iamctl/meaning';
import { secretName, secretVariable } from '../../substitution/secret-names';
import { orderFields } from '../../workspace/schemas';
import { withoutUnknownFields } from '../unknown-fields';
import type { Draft } from './drafts';
import { fitted, joinedList, replacedAt, secretPathsOf, type Fitted, type Refit } from './fitting';
import { overridesOf } from './overrides';
import { joinedParts, type TextPart } from './template-text';
import type { Variables } from './variables';
import type { EnvironmentView } from './views';

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
  const { definition, variants } = draft;
  const refits = [...fittedByEnvironment(draft).values()].flatMap(({ changed }) => changed);
  // One file for all is that of the newest server: older ones have fewer fields.
  const isShared = new Set(variants.values()).size === 1;
  const values = new Map<string, JsonObject>();
  let unknown: readonly string[] = [];
  for (const { name, version } of isShared ? newestView(draft) : draft.views) {
    const marked = variants.get(name);
    if (!marked) return undefined;
    const canonical = canonicalise(definition, masksMarked(draft, marked) as JsonObject, version);
    const known = withoutUnknownFields(definition, canonical);
    unknown = known.unknown;
    const refitted = refits.reduce<JsonObject>(
      (result, change) => refit(draft, result, change) as JsonObject,
      known.value,
    );
    values.set(name, refitted);
  }
  return prepared(draft, values, taken, unknown);
}

/** With all keywords filled in: one environment's values in the file, those of the others as overrides. */
export function filledIn(draft: Draft, taken: TakenSecrets): Prepared | undefined {
  const values = new Map<string, JsonObject>();
  let unknown: readonly string[] = [];
  for (const { name, version } of draft.views) {
    const masked = masksMarked(draft, draft.meant.get(name) ?? {}) as JsonObject;
    const made = fitted(draft.definition, masked, version);
    unknown = made.unknown;
    values.set(name, made.value);
  }
  const made = prepared(draft, values, taken, unknown);
  return made && { ...made, isFilledIn: true };
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

/** The file, and for every environment what it has otherwise; undefined where overrides cannot say that. */
function prepared(
  draft: Draft,
  values: ReadonlyMap<string, JsonObject>,
  taken: TakenSecrets,
  unknown: readonly string[],
): Prepared | undefined {
  const { definition, views } = draft;
  const [version = ''] = newestView(draft).map((view) => view.version);
  const hasOneVersion = new Set(views.map((view) => view.version)).size === 1;
  for (const base of values.values()) {
    const overrides = overridesOf(draft, base, values);
    if (!overrides) continue;
    const hidden = withNamedSecrets(draft, base, taken);
    const short = hasOneVersion ? minimise(definition, hidden.value, version) : hidden.value;
    const value = orderFields(definition, short) as JsonObject;
    return { draft, value, secrets: hidden.secrets, unknown, overrides, isFilledIn: overrides.size > 0 };
  }
  return undefined;
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

/** Other masks than the usual one become marks too, since bringing a value into file vocabulary drops them. */
function masksMarked(draft: Draft, value: Json): Json {
  if (Array.isArray(value)) return value.map((inner) => masksMarked(draft, inner));
  if (isObject(value)) {
    const entries = Object.entries(value).map(([field, inner]): [string, Json] => [field, masksMarked(draft, inner)]);
    return Object.fromEntries(entries);
  }
  const { file } = draft.resource;
  return isMask(value) ? draft.marks.add({ keyword: MASK, file, line: 1, column: 1, place: 'text' }) : value;
}

function newestView({ views }: Draft): EnvironmentView[] {
  return [...views].sort((a, b) => compareVersions(a.version, b.version)).slice(-1);
}

/** The marked placeholders that need variables: those outside of secrets. */
export function placeholdersOf({ draft, value, overrides }: Prepared): Occurrence[] {
  return draft.marks.within([value, ...overrides.values()]).filter(({ keyword }) => keyword !== MASK);
}

/** The value as it is written, with placeholders in place of marks. */
export function templateOf({ draft, value }: Prepared, variables: Variables): JsonObject {
  return mapTexts(value, (text) => templateText(draft, text, variables)) as JsonObject;
}

/** What the file of an environment says of the artifact, by path. */
export function overridesIn({ draft, overrides }: Prepared, environment: string, variables: Variables): JsonObject {
  return mapTexts(overrides.get(environment) ?? {}, (text) => templateText(draft, text, variables)) as JsonObject;
}

function templateText(draft: Draft, marked: string, variables: Variables): string {
  if (marked.startsWith(SECRET)) return marked.slice(SECRET.length);
  const parts = draft.marks.split(marked).map((part): TextPart => {
    if (typeof part === 'string') return part;
    return part.keyword === MASK ? MASK_TEXT : { namespace: 'var', name: variables.nameFor(draft, part) };
  });
  return joinedParts(parts);
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([field, inner]): [string, Json] => [field, mapTexts(inner, change)]);
  return Object.fromEntries(entries);
}
