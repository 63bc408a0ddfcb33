import type { ArtifactName } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { parseLists, type ParsedLists } from '../model/lists';
import { formatPath, isWithin, parsePath, type Path } from '../model/path';
import { keyedPath, valueAtPlace } from './keyed-place';
import { overridesFor, type Override } from './render';
import { originOf, scopeFor, type Origin, type Place, type Scope } from './scope';
import { substituteTraced, type Trace } from './substitute';

/** Where one value of a rendered artifact comes from. */
export interface Source {
  /** Where it stands, or the placeholder that brought it in. */
  readonly start: Origin;
  /** What stands there, as far as it holds placeholders. */
  readonly text?: string;
  readonly override?: Override;
  readonly variables: readonly (Origin & { readonly name: string })[];
  readonly secrets: readonly string[];
}

/** The sources of an artifact's values, by keyed path; an override takes the place of what the file says. Pure. */
export function sourcesOf(
  kind: Pick<Kind, 'lists'>,
  template: ArtifactName & { readonly value: JsonObject },
  all: Scope,
): ReadonlyMap<string, Source> {
  const scope = scopeFor(all, template);
  const lists = parseLists(kind.lists);
  const sources = new Map<string, Source>();
  const base = substituteTraced(template.value, scope, 'template');
  for (const trace of base.traces) {
    const text = textAt(template.value, trace.start.path);
    sources.set(keyOf(base.value, trace.at, lists), sourceOf(trace, scope, text));
  }
  for (const override of overridesFor(template, scope)) {
    const path = parsePath(override.path);
    const root = ['overrides', override.pattern, override.path];
    const result = substituteTraced(override.value, scope, 'environment', root);
    for (const known of [...sources.keys()]) if (isWithin(parsePath(known), path)) sources.delete(known);
    for (const trace of result.traces) {
      const text = textAt(override.value, trace.start.path.slice(root.length));
      sources.set(keyOf(result.value, trace.at, lists, path), { ...sourceOf(trace, scope, text), override });
    }
  }
  return sources;
}

function keyOf(root: Json, at: Place, lists: ParsedLists, path: Path = []): string {
  return formatPath(keyedPath(root, at, lists, path));
}

function sourceOf({ start, variables, secrets }: Trace, scope: Scope, text: string | undefined): Source {
  return {
    start,
    ...(text?.includes('{{') ? { text } : {}),
    variables: variables.map((name) => ({ name, ...originOf(scope, name) })),
    secrets,
  };
}

/** The text at a place of a parsed file. */
function textAt(root: Json, place: Place): string | undefined {
  const value = valueAtPlace(root, place);
  return typeof value === 'string' ? value : undefined;
}
