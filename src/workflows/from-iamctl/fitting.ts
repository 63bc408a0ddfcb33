import { canonicalise } from '../../compare/canonical';
import { secretTest } from '../../compare/differences';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { isMask, type Kind } from '../../model/kind';
import { forEachLeaf, parseLists, withValueAt } from '../../model/lists';
import { formatPath, type Path } from '../../model/path';
import { scalarValue } from '../../iamctl/meaning';
import { withoutUnknownFields } from '../unknown-fields';

/** Steps into a value: fields by name, elements by position. */
export type Steps = readonly (string | number)[];

/** A value in the vocabulary of files. */
export interface Fitted {
  readonly value: JsonObject;
  /** Fields that no file can hold. */
  readonly unknown: readonly string[];
  /** Where a text was turned into what the field wants. */
  readonly changed: readonly Refit[];
}

export interface Refit {
  readonly steps: Steps;
  /** `text`: a number or flag in a field for texts, which the server reads as such. */
  readonly to: 'scalar' | 'list' | 'text';
}

/**
 * Canonical form of a meant value, with texts turned into the numbers, flags and lists that their fields want: IAM-CTL
 * can only write texts there (rivals, F20), and its exports join lists into one text (F4).
 */
export function fitted(kind: Kind, value: JsonObject, version: string): Fitted {
  const changed: Refit[] = [];
  const known = withoutUnknownFields(kind, canonicalise(kind, value, version));
  let result = known.value;
  // Joined lists may hold texts that want another look.
  for (let pass = 0; pass < 3; pass += 1) {
    const found = misfits(kind, result);
    if (found.length === 0) break;
    for (const { steps, to, value: better } of found) {
      result = replacedAt(result, steps, better) as JsonObject;
      changed.push({ steps, to });
    }
    result = canonicalise(kind, result, version);
  }
  return { value: result, unknown: known.unknown, changed };
}

interface Misfit extends Refit {
  readonly value: Json;
}

function misfits(kind: Kind, value: JsonObject): Misfit[] {
  const parsed = kind.schema.safeParse(value, { reportInput: true });
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue): Misfit[] => {
    if (issue.code !== 'invalid_type') return [];
    const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const isScalar = typeof issue.input === 'number' || typeof issue.input === 'boolean';
    if (issue.expected === 'string' && isScalar) return [{ steps, to: 'text', value: String(issue.input) }];
    if (typeof issue.input !== 'string') return [];
    if (issue.expected === 'array') return [{ steps, to: 'list', value: joinedList(issue.input) }];
    const better = scalarValue(issue.input);
    const wanted = issue.expected === 'boolean' ? 'boolean' : 'number';
    return typeof better === wanted ? [{ steps, to: 'scalar', value: better }] : [];
  });
}

/** The elements of a list that was joined by commas. */
export function joinedList(text: string): string[] {
  return text.split(',').filter((item) => item !== '');
}

/** A copy with another value at the steps. */
export function replacedAt(value: Json, steps: Steps, better: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return better;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replacedAt(item, rest, better) : item));
  if (!isObject(value) || !Object.hasOwn(value, String(step))) return value;
  return { ...value, [step]: replacedAt(value[String(step)] ?? null, rest, better) };
}

/** Keyed paths of everything secret in a value: by the kind's rules or as declared, and whatever is masked. */
export function secretPathsOf(
  kind: Kind,
  value: JsonObject,
  confidential: readonly string[],
  isMasked: (value: Json) => boolean = isMask,
): Path[] {
  const lists = parseLists(kind.lists);
  const paths = new Map<string, Path>();
  const add = (path: Path): void => void paths.set(formatPath(path), path);
  const isSecret = secretTest(kind, confidential);
  forEachLeaf(value, lists, (path, leaf) => {
    // A secret may be a whole map or list: then that is the place, not what is in it.
    const holder = path.findIndex((_, depth) => isSecret(path.slice(0, depth + 1)));
    if (holder >= 0) add(path.slice(0, holder + 1));
    else if (isMasked(leaf)) add(path);
  });
  return [...paths.values()];
}

/** A value without its secrets: those of its kind, and those at the given paths. */
export function withoutSecrets(kind: Kind, value: JsonObject, confidential: readonly string[]): JsonObject {
  const lists = parseLists(kind.lists);
  return secretPathsOf(kind, value, confidential).reduce<JsonObject>(
    (result, path) => (withValueAt(result, path, undefined, lists) as JsonObject | undefined) ?? result,
    value,
  );
}
