import { artifactText } from '../model/artifact';
import { isObject, type Json, type JsonObject } from '../model/json';
import { isMask, type Kind } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists, type ParsedLists } from '../model/lists';
import { isField, parsePath, type Path } from '../model/path';
import { errorProblem, type Place, type Problem } from '../model/problem';
import { Places, type Steps } from './places';
import { placedIssues, schemaIssues, type SchemaIssue } from './schema-issues';
import type { Template } from './template';

export interface ValidateOptions {
  readonly environment?: string;
  /** Keyed paths that were left out because their secret is not known here: that they are missing is no mistake. */
  readonly unknownSecrets?: readonly string[];
}

/**
 * Everything that is wrong with a rendered artifact, placed in the file that it came from: fields that the kind does not
 * know, wrong types, missing fields, masks in place of secrets, and what the kind itself checks.
 */
export function validateArtifact(
  kind: Kind,
  value: JsonObject,
  template: Template,
  options: ValidateOptions = {},
): Problem[] {
  const lists = parseLists(kind.lists);
  const places = new Places(template.file, template.text);
  const rest = {
    artifact: artifactText(template),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  };
  const unknown = new Set(options.unknownSecrets?.map(fieldsOf));
  const issues = schemaIssues(kind.schema, value).filter(
    (issue) => issue.code !== 'missing-field' || !unknown.has(fieldNames(issue.steps)),
  );
  const inFile = [...issues, ...maskIssues(value)].map((issue): SchemaIssue => {
    const steps = stepsInTemplate(template.value, value, issue.steps);
    return { ...issue, steps, on: steps.length < issue.steps.length ? 'value' : issue.on };
  });
  const checks = issues.length === 0 ? (kind.check?.(value) ?? []) : [];
  return [
    ...placedIssues(inFile, places, rest),
    ...checks.map(({ path, message }) => {
      const steps = stepsInTemplate(template.value, value, stepsOf(value, parsePath(path), lists));
      const text = path === '' ? message : `${path}: ${message}`;
      return errorProblem('invalid-artifact', text, { ...rest, place: places.ofValue(steps) });
    }),
  ];
}

/** Where a keyed path of a template stands in its file; the nearest thing around it when it is not there. */
export function placeOfPath(kind: Pick<Kind, 'lists'>, template: Template, path: Path): Place {
  const steps = stepsOf(template.value, path, parseLists(kind.lists));
  return new Places(template.file, template.text).ofValue(steps);
}

/** Field names only: an element whose identity is an unknown secret has another keyed path without it. */
function fieldsOf(path: string): string {
  return parsePath(path)
    .flatMap((segment) => (isField(segment) ? segment.field : []))
    .join('\n');
}

function fieldNames(steps: Steps): string {
  return steps.filter((step) => typeof step === 'string').join('\n');
}

function maskIssues(value: Json, steps: Steps = []): SchemaIssue[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => maskIssues(element, [...steps, index]));
  if (isObject(value)) {
    return Object.entries(value).flatMap(([field, inner]) => maskIssues(inner, [...steps, field]));
  }
  if (!isMask(value)) return [];
  const name = steps.at(-1);
  const hint = 'Write a placeholder such as "{{secret:NAME}}", or leave the field out to keep what the server has.';
  return [{ code: 'mask-as-value', message: `"${String(name)}": a mask is not a value`, steps, on: 'value', hint }];
}

/**
 * Where a place of the rendered value stands in the template. A spliced placeholder shifts positions: elements are then
 * found by their equal counterparts, and a place inside of what a placeholder brought in is the placeholder.
 */
function stepsInTemplate(template: Json, rendered: Json, steps: Steps): Steps {
  const found: (string | number)[] = [];
  let [here, there]: [Json | undefined, Json | undefined] = [template, rendered];
  for (const step of steps) {
    if (typeof step === 'number' && Array.isArray(here) && Array.isArray(there)) {
      const position = positionInTemplate(here, there, step);
      if (position === undefined) return found;
      found.push(position);
      [here, there] = [here[position], there[step]];
    } else if (isObject(here)) {
      found.push(step);
      here = Object.hasOwn(here, String(step)) ? here[String(step)] : undefined;
      there = isObject(there) ? there[String(step)] : undefined;
    } else {
      return found;
    }
  }
  return found;
}

/** Positions agree up to the first placeholder that is an element itself, and from the end up to the last one. */
function positionInTemplate(template: readonly Json[], rendered: readonly Json[], step: number): number | undefined {
  const isPlaceholder = (element: Json): boolean => typeof element === 'string' && element.startsWith('{{');
  const first = template.findIndex(isPlaceholder);
  if (template.length === rendered.length || first < 0 || step < first) return step;
  const last = template.findLastIndex(isPlaceholder);
  const fromEnd = rendered.length - step;
  if (fromEnd < template.length - last) return template.length - fromEnd;
  return first === last ? first : undefined;
}

function stepsOf(root: Json, path: Path, lists: ParsedLists): Steps {
  const steps: (string | number)[] = [];
  let node: Json | undefined = root;
  for (const [index, segment] of path.entries()) {
    if (isField(segment)) {
      steps.push(segment.field);
      node = isObject(node) ? node[segment.field] : undefined;
      continue;
    }
    const position = Array.isArray(node)
      ? identitiesOf(node, listRuleAt(lists, path.slice(0, index))).indexOf(segment.item)
      : -1;
    if (position < 0) return steps;
    steps.push(position);
    node = Array.isArray(node) ? node[position] : undefined;
  }
  return steps;
}
