import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import { KEEP, type AddedField, type Patch } from './patch';
import { parseYaml } from './yaml';
import { editYaml } from './yaml-edit';

/**
 * The text of an environment file with more variables and overrides; everything else stays to the byte. What is there
 * already under a name is replaced. Pure.
 */
export function withVariables(
  text: string,
  variables: JsonObject,
  overrides: { readonly [artifact: string]: JsonObject },
): string {
  return withFields(withFields(text, 'variables', variables, 1), 'overrides', overrides, 2);
}

/** The text of liftlock.yaml with more artifacts that exist in some environments only. Pure. */
export function withOnly(text: string, only: ReadonlyMap<string, readonly string[]>): string {
  const artifacts = [...only].map(([artifact, environments]): [string, Json] => [
    artifact,
    { only: [...environments] },
  ]);
  return withFields(text, 'artifacts', Object.fromEntries(artifacts), 2);
}

/** `depth` is the number of levels below the field in which what is not named stays. */
function withFields(text: string, field: string, value: JsonObject, depth: number): string {
  if (Object.keys(value).length === 0) return text;
  const old = parseYaml('', text).value ?? null;
  return editYaml(text, old, merging(old, { [field]: value }, depth + 1)).text;
}

function merging(old: Json, value: Json, depth: number): Patch {
  if (equalJson(old, value)) return KEEP;
  if (depth === 0 || !isObject(old) || !isObject(value) || Object.keys(old).length === 0) {
    return { kind: 'write', value };
  }
  const fields = new Map<string, Patch>();
  const added: AddedField[] = [];
  let after = Object.keys(old).at(-1);
  for (const [field, inner] of Object.entries(value)) {
    if (Object.hasOwn(old, field)) fields.set(field, merging(old[field] ?? null, inner, depth - 1));
    else {
      added.push({ field, value: inner, ...(after === undefined ? {} : { after }) });
      after = field;
    }
  }
  return { kind: 'map', fields, added };
}
