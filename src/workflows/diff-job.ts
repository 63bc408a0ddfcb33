import { openRepository } from '../history/repository';
import { artifactText, type ArtifactName } from '../model/artifact';
import { parsePath } from '../model/path';
import type { Remark } from '../model/plan';
import { failure, warningProblem } from '../model/problem';
import type { ArtifactDifference, DiffReport } from '../model/report';
import type { Selection } from '../model/selection';
import { compareSides, unexplained, type Side } from '../planning/compare-states';
import type { ProductKind } from '../products/product';
import { connect, withConnection, type Surroundings } from './connect';
import { fileState, namesIn, readFileSide, type FileSide } from './diff-file';
import {
  openProductWorkspace,
  refuseEmptySelection,
  refuseUnknownKinds,
  withProduct,
  type OpenedWorkspace,
} from './open-workspace';
import { ignoredPaths } from './plan';
import { renderDesired, type RenderedState } from './render-desired';
import { desiredState, readState, type State, type StateArtifact } from './states';

export interface DiffRequest {
  readonly folder: string;
  readonly left: string;
  readonly right: string;
  /** Folder that the paths of files are relative to. */
  readonly from: string;
  readonly selection: Selection;
  /** Between two servers: also show what variables account for. */
  readonly all: boolean;
  readonly surroundings: Surroundings;
  readonly onProgress?: (environment: string, done: number, total: number) => void;
}

/** One side of a diff as the user named it. */
export type SideName =
  | { readonly type: 'live' | 'files'; readonly environment: string; readonly text: string }
  | { readonly type: 'git'; readonly revision: string; readonly environment: string; readonly text: string }
  | FileName;

/** A file that the product exported. */
export interface FileName {
  readonly type: 'file';
  readonly file: string;
  readonly text: string;
}

const LOOKS_LIKE_FILE = /[\\/]|\.(?:xml|ya?ml|json)$/i;

/** Reads `ENV`, `files:ENV`, `git:REVISION:ENV`, `file:PATH` or a path. */
export function parseSide(text: string): SideName {
  const git = /^git:(.+):([^:]+)$/s.exec(text);
  if (git?.[1] !== undefined && git[2] !== undefined)
    return { type: 'git', revision: git[1], environment: git[2], text };
  if (text.startsWith('files:')) return { type: 'files', environment: text.slice('files:'.length), text };
  if (/^file:./s.test(text)) return { type: 'file', file: text.slice('file:'.length), text };
  if (LOOKS_LIKE_FILE.test(text)) return { type: 'file', file: text, text };
  if (!text.includes(':')) return { type: 'live', environment: text, text };
  throw failure('usage', `"${text}" is not something to compare`, {
    hint: 'Write ENV (the server), files:ENV (the files rendered), git:REVISION:ENV (the files of a revision) or the path of an exported file.',
  });
}

interface LoadedSide {
  readonly name: SideName;
  readonly state: State;
  /** The files rendered for the side's environment, to tell what variables account for. */
  readonly desired?: State;
}

/** Compares any two states. Between two servers, differences that the files' variables account for are left out. */
export async function diffStates(request: DiffRequest): Promise<DiffReport> {
  const [left, right] = [parseSide(request.left), parseSide(request.right)];
  const opened = await openProductWorkspace(request.folder);
  refuseUnknownKinds(request.selection, opened.kinds);
  const files = [await fileSide(opened, left, request), await fileSide(opened, right, request)] as const;
  const names = namesIn(files);
  const asked = names === undefined ? request : { ...request, selection: narrowed(request.selection, names) };
  const rendered = [await renderSide(opened, left, asked), await renderSide(opened, right, asked)] as const;
  const version = rendered.find((side) => side !== undefined)?.rendered.scope.version ?? DEFAULT_VERSION;
  const load = (index: 0 | 1): Promise<LoadedSide> =>
    loadSide(opened, rendered[index], files[index], version, asked, names);
  const sides = await Promise.all([load(0), load(1)]);
  const compared = [only(sides[0], names), only(sides[1], names)] as const;
  refuseEmptySelection(request.selection, compared[0].state.artifacts.size + compared[1].state.artifacts.size);
  return report(opened, ...compared, request.all);
}

/** Where neither side has an environment; the one that `version` of an environment file defaults to. */
const DEFAULT_VERSION = '7.1';

async function fileSide(opened: OpenedWorkspace, name: SideName, request: DiffRequest): Promise<FileSide | undefined> {
  return name.type === 'file' ? readFileSide(opened, name.file, request.from) : undefined;
}

/** With a file on a side, only the artifacts in it are read from the other one. */
function narrowed(selection: Selection, names: ReadonlySet<string>): Selection {
  return selection.only?.length ? selection : { ...selection, only: [...names] };
}

/** Patterns may match more than the names in a file. */
function only(side: LoadedSide, names: ReadonlySet<string> | undefined): LoadedSide {
  if (names === undefined) return side;
  const artifacts = new Map([...side.state.artifacts].filter(([name]) => names.has(name)));
  return { ...side, state: { ...side.state, artifacts } };
}

/** A side as its files give it. */
interface RenderedSide {
  readonly name: Exclude<SideName, FileName>;
  readonly rendered: RenderedState;
  readonly desired: State;
}

/** Both sides are rendered before any server is asked, so that mistakes in files and names cost no request. */
async function renderSide(
  opened: OpenedWorkspace,
  name: SideName,
  request: DiffRequest,
): Promise<RenderedSide | undefined> {
  if (name.type === 'file') return undefined;
  const source = name.type === 'git' ? await atRevision(opened, name.revision) : opened;
  const environment = await source.workspace.environment(name.environment);
  const rendered = await renderDesired(source, environment, request.selection, request.surroundings);
  const desired = desiredState(source.kinds, rendered, environment.version, request.selection, name.text);
  return { name, rendered, desired };
}

async function loadSide(
  opened: OpenedWorkspace,
  source: RenderedSide | undefined,
  file: FileSide | undefined,
  version: string,
  request: DiffRequest,
  names: ReadonlySet<string> | undefined,
): Promise<LoadedSide> {
  if (source === undefined) {
    if (!file) throw new TypeError('a side is a file or rendered');
    const name: FileName = { type: 'file', file: file.file, text: file.file };
    return { name, state: fileState(opened, file, version, request.selection) };
  }
  const { name, rendered, desired } = source;
  if (name.type !== 'live') return { name, state: desired };
  const state = await readLive(opened, name.environment, rendered, request, names);
  return { name, state: { ...state, problems: [...state.problems, ...rendered.problems] }, desired };
}

async function atRevision(opened: OpenedWorkspace, revision: string): Promise<OpenedWorkspace> {
  const { repository, reason } = await openRepository(opened.workspace.root);
  if (!repository)
    throw failure(reason.code, `Cannot read ${revision}: ${reason.message}`, reason.hint ? { hint: reason.hint } : {});
  return withProduct(await opened.workspace.at(repository.revisionSource(revision)));
}

async function readLive(
  opened: OpenedWorkspace,
  name: string,
  rendered: RenderedState,
  request: DiffRequest,
  inFile: ReadonlySet<string> | undefined,
): Promise<State> {
  const environment = await opened.workspace.environment(name);
  const names = new Set([...rendered.artifacts.map(artifactText), ...(inFile ?? [])]);
  const options = { ...request.surroundings, write: false, secrets: rendered.secretValues };
  return withConnection(connect(opened.workspace, opened.product, environment, options), ({ session }) =>
    readState(session, request.selection, {
      inFiles: (artifact) => names.has(artifactText(artifact)),
      onProgress: (done, total) => request.onProgress?.(name, done, total),
    }),
  );
}

function report(opened: OpenedWorkspace, left: LoadedSide, right: LoadedSide, all: boolean): DiffReport {
  const order = opened.kinds.map((kind) => kind.name);
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const artifacts: ArtifactDifference[] = [];
  const notCompared: Remark[] = [];
  let unchanged = 0;
  let explained = 0;
  for (const name of allNames(left.state, right.state, order)) {
    const kind = kinds.get(name.kind);
    if (!kind) continue;
    const found = compareOne(opened, kind, name, left, right, all);
    notCompared.push(...found.notCompared);
    explained += found.explained;
    if (found.artifact) artifacts.push(found.artifact);
    else unchanged += 1;
  }
  return {
    format: 1,
    left: left.name.text,
    right: right.name.text,
    artifacts,
    unchanged,
    notCompared,
    problems: [...uniqueProblems([...left.state.problems, ...right.state.problems]), ...explainedNote(explained)],
  };
}

function uniqueProblems(problems: DiffReport['problems']): DiffReport['problems'] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function explainedNote(count: number): DiffReport['problems'] {
  if (count === 0) return [];
  const message = `${count} ${count === 1 ? 'difference is' : 'differences are'} what the variables of the files give and not shown.`;
  return [{ ...warningProblem('explained', message, { hint: 'Show them too with --all.' }), severity: 'info' }];
}

function allNames(left: State, right: State, order: readonly string[]): ArtifactName[] {
  const names = new Map([...left.artifacts, ...right.artifacts]);
  const isRead = (name: ArtifactName): boolean =>
    ![left, right].some(({ unreadable }) => unreadable?.has(artifactText(name)));
  return [...names.values()]
    .filter(isRead)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function compareOne(
  opened: OpenedWorkspace,
  kind: ProductKind,
  name: ArtifactName,
  left: LoadedSide,
  right: LoadedSide,
  all: boolean,
): { artifact?: ArtifactDifference; notCompared: Remark[]; explained: number } {
  const { kind: kindName, key } = name;
  const text = artifactText(name);
  const [a, b] = [left.state.artifacts.get(text), right.state.artifacts.get(text)];
  if (!a || !b) {
    const presence = a ? 'left-only' : 'right-only';
    return { artifact: { kind: kindName, key, presence, differences: [] }, notCompared: [], explained: 0 };
  }
  const isFile = left.name.type === 'file' || right.name.type === 'file';
  const unsaid = isFile ? opened.product.files.notInFiles(kindName).map((pattern) => parsePath(pattern)) : [];
  const ignored = [...ignoredPaths({ settings: opened.workspace.settings }, name), ...unsaid];
  const sides = compareSides(kind, side(a, left), side(b, right), ignored);
  const expected = all ? undefined : expectedDifferences(kind, text, left, right);
  const differences = expected
    ? unexplained(kind, sides.differences, expected.differences, expected.secrets)
    : sides.differences;
  const notCompared = sides.notCompared.map((path) => ({
    kind: kindName,
    key,
    path,
    why: 'the secret is not available here',
  }));
  const explained = sides.differences.length - differences.length;
  if (differences.length === 0) return { notCompared, explained };
  return { artifact: { kind: kindName, key, presence: 'both', differences }, notCompared, explained };
}

function side(artifact: StateArtifact, { name }: LoadedSide): Side {
  const { value, unknownSecrets, confidential } = artifact;
  return { value, unknownSecrets, confidential, fromFiles: name.type !== 'live' };
}

/** What the files alone say about the two environments; undefined unless both sides are servers with a file for it. */
function expectedDifferences(
  kind: ProductKind,
  text: string,
  left: LoadedSide,
  right: LoadedSide,
): { differences: ArtifactDifference['differences']; secrets: string[] } | undefined {
  const [a, b] = [left.desired?.artifacts.get(text), right.desired?.artifacts.get(text)];
  if (!a || !b) return undefined;
  const files = (artifact: StateArtifact): Side => ({
    value: artifact.value,
    unknownSecrets: artifact.unknownSecrets,
    confidential: artifact.confidential,
    fromFiles: true,
  });
  const { differences } = compareSides(kind, files(a), files(b), []);
  return { differences, secrets: [...a.unknownSecrets, ...b.unknownSecrets] };
}
