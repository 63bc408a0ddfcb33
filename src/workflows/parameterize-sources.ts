import { canonicalise } from '../compare/canonical';
import { openRepository } from '../history/repository';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { parseLists, valueAt } from '../model/lists';
import { isWithin, type Path } from '../model/path';
import { failure } from '../model/problem';
import type { Selection } from '../model/selection';
import type { ProductKind } from '../products/product';
import type { Accepted } from '../substitution/inference/accept';
import type { Alignment } from '../substitution/inference/proposals';
import { sameValue } from '../substitution/same';
import type { Environment } from '../workspace/environment';
import { existsIn } from '../workspace/settings';
import { connect, withConnection, type Surroundings } from './connect';
import { parseSide, type FileName, type SideName } from './diff-side';
import { withProduct, type OpenedWorkspace } from './open-workspace';
import { ignoredPaths } from './plan';
import { renderDesired, type RenderedState } from './render-desired';
import { desiredState, readState, type State } from './states';

export interface ParameterizeRequest {
  readonly folder: string;
  /** Two or more states of different environments: ENV, files:ENV or git:REVISION:ENV. */
  readonly sources: readonly string[];
  readonly selection: Selection;
  readonly surroundings: Surroundings;
  /** Proposals to carry out: all but secrets, or the listed ones; nothing is written without. */
  readonly accepted?: 'all' | readonly Accepted[];
  readonly onProgress?: (environment: string, done: number, total: number) => void;
}

/** One environment: what it has, and what the workspace's files give for it. */
export interface Source {
  readonly environment: Environment;
  readonly state: State;
  readonly rendered: RenderedState;
}

/** A source as the user named it: a state of an environment, not a file. */
export function environmentSide(text: string): Exclude<SideName, FileName> {
  const side = parseSide(text);
  if (side.type !== 'file') return side;
  throw failure('usage', `"${text}" is not an environment`, {
    hint: 'Name environments as ENV, files:ENV or git:REV:ENV.',
  });
}

/** The sources of a request; each environment may stand there once. */
export function distinctSources(sources: readonly string[]): readonly string[] {
  const names = sources.map((text) => environmentSide(text).environment);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (sources.length >= 2 && double === undefined) return sources;
  const what = double === undefined ? 'parameterize needs two environments or more' : `"${double}" is named twice`;
  throw failure('usage', what, { hint: 'Name each environment once, such as: liftlock parameterize dev preprod prod' });
}

/** Reads one source. */
export async function loadSource(opened: OpenedWorkspace, text: string, request: ParameterizeRequest): Promise<Source> {
  const side = environmentSide(text);
  const { selection, surroundings } = request;
  const environment = await opened.workspace.environment(side.environment);
  const rendered = await renderDesired(opened, environment, selection, surroundings);
  if (side.type === 'live') {
    const names = new Set(rendered.artifacts.map(artifactText));
    const options = { ...surroundings, write: false, secrets: rendered.secretValues };
    const state = await withConnection(connect(opened.workspace, opened.product, environment, options), ({ session }) =>
      readState(session, selection, {
        inFiles: (artifact) => names.has(artifactText(artifact)),
        onProgress: (done, total) => request.onProgress?.(side.environment, done, total),
      }),
    );
    return { environment, state, rendered };
  }
  const from = side.type === 'git' ? await atRevision(opened, side.revision) : opened;
  const there = await from.workspace.environment(side.environment);
  const desired = side.type === 'git' ? await renderDesired(from, there, selection, surroundings) : rendered;
  return { environment, state: desiredState(from.kinds, desired, there.version, selection, text), rendered };
}

async function atRevision(opened: OpenedWorkspace, revision: string): Promise<OpenedWorkspace> {
  const { repository, reason } = await openRepository(opened.workspace.root);
  if (!repository)
    throw failure(reason.code, `Cannot read ${revision}: ${reason.message}`, reason.hint ? { hint: reason.hint } : {});
  return withProduct(await opened.workspace.at(repository.revisionSource(revision)));
}

/** An artifact with the table of its kind. */
export type ProductAlignment = Alignment & { readonly kindTable: ProductKind };

/** The same artifact of all environments side by side. */
export function align(opened: OpenedWorkspace, sources: readonly Source[]): ProductAlignment[] {
  const names = new Map<string, ArtifactName>(
    sources.flatMap(({ state }) => [...state.artifacts].map(([text, { kind, key }]) => [text, { kind, key }])),
  );
  const order = opened.kinds.map(({ name }) => name);
  const sorted = [...names.values()].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.key < b.key ? -1 : 1),
  );
  const { settings } = opened.workspace;
  const files = sources.map((source) => filesOf(opened, source));
  return sorted.flatMap((name) => {
    const kindTable = opened.kinds.find((kind) => kind.name === name.kind);
    if (!kindTable) return [];
    const text = artifactText(name);
    const values = sources.map(({ state }) => state.artifacts.get(text)?.value);
    const lists = parseLists(kindTable.lists);
    const ignored = ignoredPaths({ settings }, name);
    const settled = (path: Path): boolean =>
      ignored.some((pattern) => isWithin(path, pattern)) ||
      sources.every((_, index) => {
        const [file, live] = [files[index]?.get(text), values[index]];
        if (live === undefined) return true;
        return file !== undefined && sameValue(valueAt(file, path, lists), valueAt(live, path, lists), path, lists);
      });
    const isAbsenceKnown = sources.every(
      ({ environment }, index) => values[index] !== undefined || !existsIn(settings, environment.name)(name),
    );
    return [{ ...name, kindTable, values, settled, isAbsenceKnown }];
  });
}

/** What the workspace's own files give for an environment, canonical. */
function filesOf(opened: OpenedWorkspace, { rendered, environment }: Source): Map<string, JsonObject> {
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  return new Map(
    rendered.artifacts.flatMap((artifact): [string, JsonObject][] => {
      const kind = kinds.get(artifact.kind);
      return kind ? [[artifactText(artifact), canonicalise(kind, artifact.value, environment.version)]] : [];
    }),
  );
}
