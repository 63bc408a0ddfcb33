import type { Json } from '../model/json';
import { isObject } from '../model/json';

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export type ProcessVariables = Readonly<Record<string, string | undefined>>;

/** The process variables that a text of the configuration names, each once. */
export function referencesIn(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map(([, name = '']) => name))];
}

/** The pieces of a text: literals, and names of process variables. */
export function splitReferences(text: string): ({ readonly literal: string } | { readonly name: string })[] {
  return text
    .split(REFERENCE)
    .map((part, index) => (index % 2 === 1 ? { name: part } : { literal: part }))
    .filter((part) => !('literal' in part) || part.literal !== '');
}

/** A text with its references filled in; those that are not set stay as they stand, as IAM-CTL leaves them. */
export function filledReferences(text: string, variables: ProcessVariables): string {
  return text.replaceAll(REFERENCE, (whole: string, name: string) => variables[name] ?? whole);
}

/** The same for every text of a value. */
export function filledValue(value: Json, variables: ProcessVariables): Json {
  if (typeof value === 'string') return filledReferences(value, variables);
  if (Array.isArray(value)) return value.map((inner) => filledValue(inner, variables));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, filledValue(inner, variables)]));
}

/** Stand-ins for the variables that are not set: what IAM-CTL would send in their place. */
export function standIns(names: Iterable<string>, variables: ProcessVariables): Record<string, string> {
  return Object.fromEntries([...names].map((name) => [name, variables[name] ?? `\${${name}}`]));
}
