import type { ArtifactName } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import { anyPattern } from '../model/selection';

/** A place in a parsed file: fields by name, elements by position. */
export type Place = readonly (string | number)[];

/** A file that says something about an artifact: its own, the environment's, or liftlock.yaml. */
export type OriginFile = 'template' | 'environment' | 'workspace';

/** Where something is written. */
export interface Origin {
  readonly origin: OriginFile;
  readonly path: Place;
}

/** Everything that decides how a template is rendered: plain data, nothing is looked up while rendering. */
export interface Scope {
  readonly environment: string;
  /** Version of the server, which decides its defaults. */
  readonly version: string;
  readonly variables: JsonObject;
  /** Values by name; a secret that is missing or undefined is not available here. */
  readonly secrets: ReadonlyMap<string, string | undefined>;
  /** Values by artifact pattern (`application/Travel*`) and keyed path. */
  readonly overrides: { readonly [artifact: string]: JsonObject };
  /** Process variables that the environment file's variables and overrides may use. */
  readonly processVariables?: Readonly<Record<string, string | undefined>>;
  /** Where variables are written, unless under `variables` in the environment file. */
  readonly origins?: ReadonlyMap<string, Origin>;
  /** Numbers as their file spells them (`1e21`, `0x1F`, `1.10`): that is how they stand inside of a text. */
  readonly spelling?: ReadonlyMap<string, string>;
  /** Variables of single artifacts; later ones win. */
  readonly perArtifact?: readonly VariableLayer[];
}

/** Variables that count for some artifacts only. */
export interface VariableLayer extends Origin {
  /** `kind/key`, with `*` for any text. */
  readonly pattern: string;
  readonly variables: JsonObject;
  readonly spelling?: ReadonlyMap<string, string>;
}

/** The scope of one artifact: its own variables before those of all. */
export function scopeFor(scope: Scope, name: ArtifactName): Scope {
  const layers = scope.perArtifact?.filter(({ pattern }) => anyPattern([pattern])(name)) ?? [];
  if (layers.length === 0) return scope;
  const origins = new Map(scope.origins);
  const spelling = new Map(scope.spelling);
  for (const layer of layers) {
    for (const variable of Object.keys(layer.variables)) {
      origins.set(variable, { origin: layer.origin, path: [...layer.path, variable] });
      const spelt = layer.spelling?.get(variable);
      if (spelt === undefined) spelling.delete(variable);
      else spelling.set(variable, spelt);
    }
  }
  const variables = Object.assign({}, scope.variables, ...layers.map((layer) => layer.variables)) as JsonObject;
  const { perArtifact: _used, ...rest } = scope;
  return { ...rest, variables, origins, spelling };
}

/** Where a variable gets its value. */
export function originOf(scope: Pick<Scope, 'origins'>, variable: string): Origin {
  return scope.origins?.get(variable) ?? { origin: 'environment', path: ['variables', variable] };
}

/** Something wrong with a placeholder, still without line and column. */
export interface RenderProblem extends Origin {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly hint?: string;
}

/** A template with its placeholders filled in. */
export interface Rendered<T extends Json = Json> {
  readonly value: T;
  readonly used: { readonly variables: ReadonlySet<string>; readonly secrets: ReadonlySet<string> };
  /** Keyed paths whose secret is not available; these fields are left out of the value. */
  readonly unknownSecrets: readonly string[];
  /** Keyed paths of the value that hold a secret. */
  readonly secretPaths: readonly string[];
  readonly problems: readonly RenderProblem[];
}
