import type { Json } from '../model/json';
import { parseLists } from '../model/lists';
import { applyPatch } from '../workspace/patch';
import { parseYaml } from '../workspace/yaml';
import { editYaml } from '../workspace/yaml-edit';
import { yamlText } from '../workspace/yaml-text';
import { lossesOf, type Loss } from './merge';
import { render as renderValue } from './render';
import type { RenderProblem, Scope } from './scope';
import { plainShape, type Shape } from './shape';
import { sidesOf } from './sides';
import { templateValue } from './template-value';
import { MOST_STEPS, secretsInTexts, threeWayStep, type Step } from './three-way';

export type { Json } from '../model/json';

/** What placeholders stand for. */
export interface Values {
  /** `{{var:NAME}}`: values of any type; they may hold placeholders themselves. */
  readonly variables?: { readonly [name: string]: Json };
  /** `{{secret:NAME}}`. A secret that is missing here is left out by `render` and kept by `parameterise`. */
  readonly secrets?: { readonly [name: string]: string | undefined };
  /** `{{env:NAME}}`, allowed inside of variables only. */
  readonly processVariables?: { readonly [name: string]: string | undefined };
  /** What messages call the environment. Default: `here`. */
  readonly environment?: string;
}

/** How the elements of one list are told apart; without a rule they are told by position, and their order counts. */
export interface ListIdentity {
  /** Where the list is, such as `steps[].options`. */
  readonly path: string;
  /** Fields (dotted for nested ones) that make an element the same element; none for a list of texts. */
  readonly identity: readonly string[];
  /** The order of the elements counts. */
  readonly ordered?: boolean;
}

/** Something wrong, or something to know. `path` counts fields by name and elements by position. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly hint?: string;
  /** Where `path` begins: at the template, or at the values. */
  readonly origin: 'template' | 'environment' | 'workspace';
  readonly path: readonly (string | number)[];
}

/** A template with its placeholders filled in. With findings of severity `error` the value must not be used. */
export interface RenderedValue {
  readonly value: Json;
  readonly findings: readonly Finding[];
  /** Names of the variables and secrets that were used. */
  readonly variables: readonly string[];
  readonly secrets: readonly string[];
  /** Keyed paths of fields that were left out because their secret is missing. */
  readonly unknownSecrets: readonly string[];
}

/** A placeholder of the committed template that the live value replaced. */
export interface LostPlaceholder {
  readonly placeholder: string;
  /** Keyed path, such as `properties[ClientId].value`. */
  readonly path: string;
  /** Where it stood: fields by name, elements by position. */
  readonly place: readonly (string | number)[];
  /** Line of it in a text of several lines, from 0. */
  readonly line: number;
  /** The field or element is gone as a whole. */
  readonly isRemoved: boolean;
}

/** What became of a committed template; `T` is a value, or the text of a YAML file. */
export interface Parameterised<T> {
  readonly template: T;
  readonly lost: readonly LostPlaceholder[];
  /** With findings of severity `error` the template is the committed one. */
  readonly findings: readonly Finding[];
}

/**
 * Fills in the placeholders of a value: `{{var:NAME}}`, `{{secret:NAME}}`; `\{{var:` is the text `{{var:`. Values arrive
 * as they are, with their type where a placeholder is the whole text. Pure; never throws for what the template says.
 */
export function render(
  template: Json,
  values: Values = {},
  listIdentities: readonly ListIdentity[] = [],
): RenderedValue {
  const { value, problems, used, unknownSecrets } = renderValue(template, scopeOf(values), parseLists(listIdentities));
  return {
    value,
    findings: problems,
    variables: [...used.variables],
    secrets: [...used.secrets],
    unknownSecrets,
  };
}

/**
 * The template that renders to a live value and is as much like the committed one as it can be: what means the same
 * stays as it is written, placeholders stay wherever their values still stand, and each one that goes is named. Without
 * a committed template, live is escaped. Order is kept as committed in lists whose order does not count. Pure.
 */
export function parameterise(
  committed: Json | undefined,
  live: Json,
  values: Values = {},
  listIdentities: readonly ListIdentity[] = [],
): Parameterised<Json> {
  const shape = plainShape(parseLists(listIdentities));
  const scope = scopeOf(values);
  if (committed === undefined) return { template: fresh(live, shape, scope), lost: [], findings: [] };
  return steps({ template: committed, value: committed }, live, { shape, scope }, ASIS);
}

/**
 * The same for the text of a YAML file: what stays, stays to the byte, with its comments and quotes. Throws SyntaxError
 * for a text that is not one YAML document.
 */
export function parameteriseYaml(
  committed: string,
  live: Json,
  values: Values = {},
  listIdentities: readonly ListIdentity[] = [],
): Parameterised<string> {
  const shape = plainShape(parseLists(listIdentities));
  const start = { template: committed, value: valueOf(committed) };
  return steps(start, live, { shape, scope: scopeOf(values) }, YAML);
}

/** A template as it is handed out, and what it says. */
interface Written<T> {
  readonly template: T;
  readonly value: Json;
}

/** How templates are written: as values, or as texts. */
interface Form<T> {
  change(written: Written<T>, patch: Patch): Written<T>;
  anew(value: Json): T;
}

type Patch = NonNullable<Step['patch']>;

const ASIS: Form<Json> = {
  change: ({ value }, patch) => {
    const next = applyPatch(value, patch);
    return { template: next, value: next };
  },
  anew: (value) => value,
};

const YAML: Form<string> = {
  change: ({ template, value }, patch) => {
    const edited = editYaml(template, value, patch);
    return { template: edited.text, value: edited.value };
  },
  anew: yamlText,
};

function scopeOf({ variables = {}, secrets = {}, processVariables = {}, environment = 'here' }: Values): Scope {
  const known = new Map(Object.entries(secrets));
  return { environment, version: '', variables: { ...variables }, secrets: known, overrides: {}, processVariables };
}

/** What names a value that is no artifact, where a masked secret needs a name. */
const UNNAMED = { kind: 'secret', key: '' };

function fresh(live: Json, shape: Shape, scope: Scope): Json {
  const sides = sidesOf(shape, undefined, live, UNNAMED, scope, {});
  return templateValue(sides.live, secretsInTexts(sides, scope));
}

/** Changes a template until it says what live is. */
function steps<T>(
  committed: Written<T>,
  live: Json,
  { shape, scope }: { readonly shape: Shape; readonly scope: Scope },
  form: Form<T>,
): Parameterised<T> {
  const lost: LostPlaceholder[] = [];
  const findings: Finding[] = [];
  let written = committed;
  for (let step = 0; ; step += 1) {
    const { value } = written;
    const found = threeWayStep({ artifact: UNNAMED, template: value, live, scope, shape, options: {} });
    if (found.errors.length > 0) return { template: committed.template, lost: [], findings: found.errors };
    if (step === 0) findings.push(...found.kept.map(keptFinding));
    if (!found.patch) return { template: written.template, lost, findings };
    if (step === MOST_STEPS) {
      return {
        template: form.anew(fresh(live, shape, scope)),
        lost: lossesOf(committed.value).map(lostPlaceholder),
        findings,
      };
    }
    lost.push(...found.losses.filter(({ code }) => code === 'placeholder-replaced').map(lostPlaceholder));
    written = form.change(written, found.patch);
  }
}

function lostPlaceholder({ text, path, place, line, isRemoved }: Loss): LostPlaceholder {
  return { placeholder: text, path, place, line, isRemoved };
}

function keptFinding({ code, path, why }: Step['kept'][number]): RenderProblem {
  return { code, message: `${path} was left as it is: ${why}`, severity: 'warning', origin: 'template', path: [] };
}

function valueOf(text: string): Json {
  const { value, problems } = parseYaml('', text);
  if (value === undefined) throw new SyntaxError(problems.map(({ message }) => message).join('\n'));
  return value;
}
