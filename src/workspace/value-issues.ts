import type { Json, JsonObject } from '../model/json';
import { isObject } from '../model/json';
import { parseText } from '../substitution/placeholder';
import type { SchemaIssue } from './schema-issues';

type Steps = readonly (string | number)[];

/** `kind/key`, as artifacts are named in settings. */
export const ARTIFACT_PATTERN = /^[^/]+\/.+$/s;

/** Names of variables that a placeholder could not have. */
export function variableIssues(variables: JsonObject, steps: Steps = ['variables']): SchemaIssue[] {
  return Object.keys(variables)
    .filter((name) => !/^[A-Za-z0-9_.-]+$/.test(name))
    .map((name) => ({
      code: 'invalid-name',
      message: `Variable "${name}": a name consists of letters, digits, "_", "." and "-"`,
      steps: [...steps, name],
      on: 'key',
    }));
}

/** Names of the variables of single artifacts. */
export function artifactVariableIssues(artifacts: {
  readonly [pattern: string]: { readonly variables: object };
}): SchemaIssue[] {
  return Object.entries(artifacts).flatMap(([pattern, { variables }]): SchemaIssue[] => {
    const steps = ['artifacts', pattern];
    const isPattern = ARTIFACT_PATTERN.test(pattern);
    const message = `"${pattern}": write it as kind/key, such as "application/Travel*"`;
    return [
      ...(isPattern ? [] : [{ code: 'invalid-value', message, steps, on: 'key' as const }]),
      ...variableIssues(variables as JsonObject, [...steps, 'variables']),
    ];
  });
}

/** Texts that look like placeholders and are none, in a value of settings. */
export function placeholderIssues(value: Json, steps: Steps): SchemaIssue[] {
  return textsOf(value, steps).flatMap(({ text, steps: at }) =>
    parseText(text).mistakes.map(({ message, hint }): SchemaIssue => ({
      code: 'unknown-placeholder',
      message,
      hint,
      steps: at,
      on: 'value',
    })),
  );
}

/** All texts of a value, with where they stand. */
export function textsOf(value: Json, steps: Steps = []): { text: string; steps: Steps }[] {
  if (typeof value === 'string') return [{ text: value, steps }];
  if (Array.isArray(value)) return value.flatMap((inner, index) => textsOf(inner, [...steps, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => textsOf(inner, [...steps, field]));
}
