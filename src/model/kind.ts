import type { ZodType } from 'zod';
import type { Json, JsonObject } from './json';

/**
 * How the elements of one list are told apart. `identity` names the fields (dotted for nested ones) that make an
 * element the same element; an empty identity means that the element itself (a text) is its identity.
 * Order is ignored unless `ordered`.
 */
export interface ListRule {
  /** Pattern of the list, such as `authenticationSequence.steps[].options`. */
  readonly path: string;
  readonly identity: readonly string[];
  readonly ordered?: boolean;
}

/** Values that the server assumes where a field is absent. Filled only where the map at `at` exists (`''` = the artifact). */
export interface DefaultRule {
  readonly at: string;
  readonly values: JsonObject;
  /** Only where the field (dotted, below `at`) has this value. */
  readonly when?: { readonly field: string; readonly equals: Json };
  /** First and first-no-longer server version, such as `7.0`. */
  readonly since?: string;
  readonly until?: string;
}

/**
 * Texts that a server takes for the same although they are spelled differently: two of them are compared by what
 * `comparable` makes of them, and stay in files and requests as they are.
 */
export interface SpellingRule {
  readonly path: string;
  /** Which texts are the same, for the documentation. */
  readonly same: string;
  comparable(this: void, text: string): string;
}

/** A field that holds a secret. `names` restricts the rule to list elements with a matching identity. */
export interface SecretRule {
  readonly path: string;
  readonly names?: RegExp;
}

/** A field that names another artifact. */
export interface ReferenceRule {
  readonly path: string;
  readonly kind: string;
  /** Values that name nothing, such as `LOCAL`. */
  readonly except?: readonly string[];
  /** Only where a field (dotted, from the top) has this value, or holds nothing. */
  readonly when?:
    { readonly field: string; readonly equals: Json } | { readonly field: string; readonly isEmpty: true };
  /** The server refuses or breaks when the artifact is missing, so a plan with a dangling reference is refused. */
  readonly mustExist?: boolean;
}

/**
 * A field whose texts name things that the server makes by itself when a write uses them for the first time. It does not
 * expect two such writes at once, so the first one goes alone.
 */
export interface FirstUseRule {
  readonly path: string;
  /** What is made; two rules that say the same share their names. */
  readonly makes: string;
}

/** A value that a server lets only one artifact of the kind have. */
export interface UniqueRule {
  /** What people call it: `client id`. */
  readonly what: string;
  readonly path: string;
  /** Fields whose values are part of it, such as the dialect of a claim. */
  readonly within?: readonly string[];
}

/** A field that the API cannot change on an existing artifact: shown in plan and docs, never dropped in silence. */
export interface ImmutableRule {
  readonly path: string;
  readonly why: string;
  /** The API can add what is missing, and take nothing away. */
  readonly only?: 'remove';
}

/** The key of an artifact that the product brings along, from a release (inclusive) to another (exclusive). */
export interface SystemKey {
  readonly key: string;
  readonly since?: string;
  readonly until?: string;
}

/** Something of the server that an artifact names and Liftlock does not manage, such as a role or a grant type. */
export interface Need {
  /** Keyed path of the field that names it. */
  readonly path: string;
  /** What it is, as the product calls it: `authenticator`, `role`. */
  readonly kind: string;
  readonly key: string;
  /** Why what the server has under this name does not do; undefined when it does. */
  readonly unfit?: (found: JsonObject) => string | undefined;
}

/** What an artifact expects of another one besides that it is there; a server takes changes that break it. */
export interface Expectation {
  /** Keyed path of the field that names the other one. */
  readonly path: string;
  readonly kind: string;
  readonly key: string;
  /** Why a canonical value of the other one does not do (`which is disabled`); undefined when it does. */
  readonly unmet: (target: JsonObject) => string | undefined;
}

/** What a server refuses: where, what is wrong there, and what to do. */
export interface Refusal {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * A kind of artifact, declared as data. Comparer, planner, store and reports work from this table and know no kind by name.
 * Paths are patterns of `model/path`.
 */
export interface Kind {
  readonly name: string;
  /** Folder below `artifacts/`. */
  readonly folder: string;
  /** Heading in reports. */
  readonly title: string;
  /** Fields that make the key, joined by a space (spaces do not occur in URIs). */
  readonly keyFields: readonly string[];
  /** Start that most keys share and that file names therefore leave out. */
  readonly commonPrefix?: string;
  /** First server version that has the kind. */
  readonly since?: string;
  /** Schema of a rendered artifact; its field order is the order in files. */
  readonly schema: ZodType;
  readonly lists: readonly ListRule[];
  readonly spellings?: readonly SpellingRule[];
  /** Never in a file: ids, links, computed copies. */
  readonly serverOwned: readonly string[];
  /** Absent in a file means "whatever the server has": generated ids and secrets. */
  readonly chosenByServer: readonly string[];
  /** Of these, what each server makes anew, so that two servers differ there by nature. */
  readonly generated?: readonly string[];
  readonly immutable: readonly ImmutableRule[];
  readonly secrets: readonly SecretRule[];
  readonly defaults: readonly DefaultRule[];
  /** Fields that older servers do not know: not compared and not sent there, and named in the plan when a file sets them. */
  readonly fieldsSince: readonly { readonly path: string; readonly since: string }[];
  readonly references: readonly ReferenceRule[];
  /** Besides the key, which is unique anyway. */
  readonly unique?: readonly UniqueRule[];
  readonly firstUses?: readonly FirstUseRule[];
  /** Fields that a server replaces in a way that does not stand another such write at the same time. */
  readonly writtenAlone?: readonly string[];
  /** Every server has its artifacts: they are neither created nor deleted. */
  readonly permanent?: true;
  /** Keys that servers of the product ship with, and which releases do; protected unless released. */
  readonly systemKeys: readonly SystemKey[];
  /** Whether a live or desired value is the product's own in a release, or in any, where the key does not say so. */
  isSystem?(value: JsonObject, release?: string): boolean;
  /**
   * Brings a value, from a file or from a server, into the vocabulary of files: unwraps wire forms, drops what is computed.
   * Pure and idempotent; runs before defaults are filled.
   */
  normalise?(value: JsonObject, version: string): JsonObject;
  /** Problems that a schema cannot express, each with the path concerned. */
  check?(value: JsonObject): readonly { path: string; message: string }[];
  /** What servers of a release refuse in a canonical value although each field is right by itself. Pure. */
  refusals?(value: JsonObject, release: string): readonly Refusal[];
  /** What a canonical value needs a server of a release to have besides other artifacts. Pure. */
  needs?(value: JsonObject, release: string): readonly Need[];
  /** What a canonical value expects of others. Pure. */
  expects?(value: JsonObject): readonly Expectation[];
  /** What an API of this kind does not carry, for the documentation: what and why. */
  readonly notCarried: readonly { what: string; why: string }[];
}

/** The key of a value of this kind; undefined when a key field is missing or not a text. */
export function keyOf(kind: Pick<Kind, 'keyFields'>, value: JsonObject): string | undefined {
  const parts = kind.keyFields.map((field) => value[field]);
  return parts.every((part): part is string => typeof part === 'string' && part !== '') ? parts.join(' ') : undefined;
}

/** True for a key that servers of a release ship with; without a release, of any. */
export function isSystemKey(kind: Pick<Kind, 'systemKeys'>, key: string, release?: string): boolean {
  return kind.systemKeys.some((system) => system.key === key && (release === undefined || inVersions(release, system)));
}

/** Compares versions such as `5.11` and `7.0` number by number; negative when left is older. */
export function compareVersions(left: string, right: string): number {
  const parts = (text: string): number[] => text.split('.').map(Number);
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when the version lies in `[since, until)`; an open end matches. */
export function inVersions(version: string, range: { since?: string; until?: string }): boolean {
  return (
    (range.since === undefined || compareVersions(version, range.since) >= 0) &&
    (range.until === undefined || compareVersions(version, range.until) < 0)
  );
}

/** Masks that products write in place of a secret; never a value (reference, sections 2.1.6, 2.2.4, 2.4). */
const MASKS = new Set(['********', '************', 'ENCRYPTED PROPERTY']);

/** True when a value is a mask: it says "there is a secret", not which. */
export function isMask(value: Json | undefined): boolean {
  return typeof value === 'string' && (MASKS.has(value) || /^\*{4,}$/.test(value));
}
