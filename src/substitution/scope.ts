import type { Json, JsonObject } from '../model/json';

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
}

/** A place in a parsed file: fields by name, elements by position. */
export type Place = readonly (string | number)[];

/** Something wrong with a placeholder, still without line and column. */
export interface RenderProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly hint?: string;
  /** Which file the path belongs to: the artifact's, or the environment's. */
  readonly origin: 'template' | 'environment';
  readonly path: Place;
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
