import type { Json, JsonObject } from '../model/json';
import { forEachLeaf, parseLists } from '../model/lists';
import { formatPath } from '../model/path';
import type { Place } from '../model/problem';
import { sourcesOf, type Source } from '../substitution/explain';
import { originFiles } from '../substitution/placed-problems';
import type { Origin, Scope } from '../substitution/scope';
import { wrapPath } from '../reports/terminal/layout';
import type { Environment } from '../workspace/environment';
import type { Template } from '../workspace/template';
import type { ProductKind } from '../products/product';

/** Where one value of a rendered artifact comes from: what `render --explain --json` prints. */
export interface ExplainedValue extends Place {
  /** Keyed path. */
  readonly path: string;
  /** Secrets are masked. */
  readonly value: Json;
  readonly from: 'file' | 'override';
  /** What stands at the place, where it holds placeholders. */
  readonly text?: string;
  /** The pattern and path of the override. */
  readonly override?: { readonly artifact: string; readonly path: string };
  readonly variables: readonly (Place & { readonly name: string })[];
  readonly secrets: readonly string[];
}

/** Explains every value of an artifact as it is shown, secrets masked. */
export function explain(
  kind: ProductKind,
  template: Template,
  shown: JsonObject,
  environment: Environment,
  scope: Scope,
): ExplainedValue[] {
  const sources = sourcesOf(kind, template, scope);
  const files = originFiles(template, environment);
  const placeOf = ({ origin, path }: Origin): Place => files[origin]?.ofValue(path) ?? { file: template.file };
  const values: ExplainedValue[] = [];
  forEachLeaf(shown, parseLists(kind.lists), (path, value) => {
    const text = formatPath(path);
    const source = sources.get(text);
    if (source) values.push(explained(text, value, source, placeOf));
  });
  return values;
}

function explained(path: string, value: Json, source: Source, placeOf: (origin: Origin) => Place): ExplainedValue {
  const { start, text, override, variables, secrets } = source;
  return {
    path,
    value,
    from: override ? 'override' : 'file',
    ...placeOf(start),
    ...(text === undefined ? {} : { text }),
    ...(override ? { override: { artifact: override.pattern, path: override.path } } : {}),
    variables: variables.map((variable) => ({ name: variable.name, ...placeOf(variable) })),
    secrets,
  };
}

const WIDTH = 80;
/** Room for the further lines of a path, which stand below its first. */
const INDENT = 6;

/** The same for people: a value, and below it where it stands (a line of the artifact's own file) and what it took. */
export function explanationText(file: string, values: readonly ExplainedValue[]): string {
  const near = (place: Place): string => placeText(place.file === file ? { ...place, file: '' } : place);
  return values
    .flatMap((value) => [
      ...headLines(value),
      `    ${value.override ? `override at ${placeText(value)}` : near(value)}${written(value)}`,
      ...value.variables.map((variable) => `    var ${variable.name} at ${placeText(variable)}`),
      ...value.secrets.map((name) => `    secret ${name}`),
    ])
    .map((line) => `${fitted(line)}\n`)
    .join('');
}

function headLines({ path, value }: ExplainedValue): string[] {
  const line = `  ${path}: ${oneLine(value)}`;
  if (line.length <= WIDTH) return [line];
  // Broken, not cut: two elements of a list may differ in the last characters of their paths only.
  const pieces = wrapPath(`${path}:`, WIDTH - INDENT);
  return [...pieces.map((piece, index) => `${index === 0 ? '  ' : '      '}${piece}`), `    ${oneLine(value)}`];
}

function written({ text }: ExplainedValue): string {
  return text === undefined ? '' : `  ${oneLine(text)}`;
}

function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined && part !== '').join(':');
}

function oneLine(value: Json): string {
  return typeof value === 'string' && !/[\n\r\t]/.test(value) && value !== '' ? value : JSON.stringify(value);
}

function fitted(line: string): string {
  const characters = [...line];
  return characters.length <= WIDTH ? line : `${characters.slice(0, WIDTH - 1).join('')}…`;
}
