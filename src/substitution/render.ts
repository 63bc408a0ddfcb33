import { artifactText, type ArtifactName } from '../model/artifact';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { identitiesOf, listRuleAt, parseLists, valueAt, withValueAt, type ParsedLists } from '../model/lists';
import { nearest } from '../model/nearest';
import { formatPath, isField, isWithin, parsePath, type Path } from '../model/path';
import { anyPattern } from '../model/selection';
import { keyedPath, withoutPlace } from './keyed-place';
import { placeholdersOf } from './placeholder';
import { scopeFor, type Place, type RenderProblem, type Rendered, type Scope } from './scope';
import { substitute, type SecretUse, type Substituted } from './substitute';

/**
 * Fills in the placeholders of a parsed value. A field whose secret is not available is left out and named in
 * `unknownSecrets`. Pure: the scope holds everything that is needed. With problems of severity `error` the value must
 * not be used.
 */
export function render(template: Json, scope: Scope, lists: ParsedLists = []): Rendered {
  return settled(substitute(template, scope, 'template'), lists);
}

/** Renders an artifact: its placeholders, then the overrides of the environment that concern it. */
export function renderArtifact(
  kind: Pick<Kind, 'lists'>,
  template: ArtifactName & { readonly value: JsonObject },
  all: Scope,
): Rendered<JsonObject> {
  const lists = parseLists(kind.lists);
  const scope = scopeFor(all, template);
  const base = render(template.value, scope, lists);
  const overridden = overridesFor(template, scope).reduce<Rendered>(
    (rendered, override) => withOverride(rendered, override, scope, lists, template),
    base,
  );
  return { ...overridden, value: isObject(overridden.value) ? overridden.value : {} };
}

/** One value that an environment sets at a path of an artifact. */
export interface Override {
  readonly pattern: string;
  readonly path: string;
  readonly value: Json;
}

/** The overrides of an environment that concern an artifact, in the order of the file. */
export function overridesFor(name: ArtifactName, scope: Pick<Scope, 'overrides'>): Override[] {
  return Object.entries(scope.overrides)
    .filter(([pattern]) => anyPattern([pattern])(name))
    .flatMap(([pattern, values]) => Object.entries(values).map(([path, value]) => ({ pattern, path, value })));
}

/** Names of all secrets that values (templates, variables, overrides) mention: what has to be resolved before rendering. */
export function secretNames(...values: readonly Json[]): Set<string> {
  const names = new Set<string>();
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) Object.values(value).forEach(visit);
    else if (typeof value === 'string') {
      for (const { namespace, name } of placeholdersOf(value)) if (namespace === 'secret') names.add(name);
    }
  };
  values.forEach(visit);
  return names;
}

/** Turns places into keyed paths and leaves out what has no value. `at` is where the value stands in its artifact. */
function settled(result: Substituted, lists: ParsedLists, at: Path = []): Rendered {
  const unknown = result.secrets.filter((use) => use.missing.length > 0);
  const known = result.secrets.filter((use) => use.missing.length === 0);
  const textOf = (use: SecretUse): string => formatPath(keyedPath(result.value, use.at, lists, at));
  return {
    value: unknown.reduceRight<Json>((value, use) => withoutPlace(value, use.at), result.value),
    used: { variables: result.variables, secrets: new Set(result.secrets.flatMap((use) => use.names)) },
    unknownSecrets: unknown.map(textOf),
    secretPaths: known.map(textOf),
    problems: result.problems,
  };
}

function withOverride(
  base: Rendered,
  override: Override,
  scope: Scope,
  lists: ParsedLists,
  name: ArtifactName,
): Rendered {
  const place = ['overrides', override.pattern, override.path];
  const path = pathOf(override.path);
  if (!path) return withProblem(base, 'invalid-path', `"${override.path}" is not a field path`, 'error', place);
  const result = substitute(override.value, scope, 'environment', place);
  const own = settled(result, lists, path);
  const isUnknown = own.unknownSecrets.includes(formatPath(path));
  const value = withValueAt(base.value, path, isUnknown ? undefined : own.value, lists);
  if (value === undefined) {
    const message = `The override "${override.path}" has no place in ${artifactText(name)}`;
    return withProblem(base, 'override-not-placed', message, 'warning', place);
  }
  const isNew = mistypedElement(base.value, path, lists);
  const outside = (text: string): boolean => !isWithin(parsePath(text), path);
  return {
    value,
    used: {
      variables: new Set([...base.used.variables, ...own.used.variables]),
      secrets: new Set([...base.used.secrets, ...own.used.secrets]),
    },
    unknownSecrets: [...base.unknownSecrets.filter(outside), ...own.unknownSecrets],
    secretPaths: [...base.secretPaths.filter(outside), ...own.secretPaths],
    problems: [...base.problems, ...own.problems, ...(isNew ? [newElement(override, isNew, place)] : [])],
  };
}

/** An element that an override makes although one with nearly the same identity is there: most probably misspelt. */
function mistypedElement(root: Json, path: Path, lists: ParsedLists): { item: string; near: string } | undefined {
  for (const [depth, segment] of path.entries()) {
    if (isField(segment)) continue;
    const at = path.slice(0, depth);
    const list = valueAt(root, at, lists);
    if (!Array.isArray(list)) return undefined;
    const rule = listRuleAt(lists, at);
    const identities = identitiesOf(list, rule);
    if (identities.includes(segment.item)) continue;
    // A text that is added to a list of texts is meant to differ.
    const near = rule?.identity.length ? nearest(segment.item, identities) : undefined;
    return near === undefined ? undefined : { item: segment.item, near };
  }
  return undefined;
}

function newElement(override: Override, { item, near }: { item: string; near: string }, path: Place): RenderProblem {
  const message = `The override "${override.path}" hits no element: there is no "${item}", so one is made`;
  const hint = `Did you mean "${near}"?`;
  return { code: 'override-new-element', message, severity: 'warning', hint, origin: 'environment', path };
}

function pathOf(text: string): Path | undefined {
  try {
    const path = parsePath(text);
    return path.length > 0 ? path : undefined;
  } catch {
    return undefined;
  }
}

function withProblem(
  base: Rendered,
  code: string,
  message: string,
  severity: RenderProblem['severity'],
  path: Place,
): Rendered {
  return { ...base, problems: [...base.problems, { code, message, severity, origin: 'environment', path }] };
}
