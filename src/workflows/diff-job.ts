import { openRepository } from '../history/repository';
import { artifactText } from '../model/artifact';
import { failure } from '../model/problem';
import type { DiffReport } from '../model/report';
import type { Selection } from '../model/selection';
import { connect, withConnection, type Surroundings } from './connect';
import { fileState, namesIn, readFileSide, type FileSide } from './diff-file';
import { diffReport } from './diff-report';
import {
  DEFAULT_VERSION,
  parseSide,
  type FileName,
  type LoadedSide,
  type RenderedSide,
  type SideName,
} from './diff-side';
import {
  openProductWorkspace,
  refuseEmptySelection,
  refuseUnknownKinds,
  withProduct,
  type OpenedWorkspace,
} from './open-workspace';
import { renderDesired, type RenderedState } from './render-desired';
import { desiredState, readState, type State } from './states';

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
  return diffReport(opened, ...compared, request.all);
}

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
  return { name, state: { ...state, problems: [...state.problems, ...rendered.problems] }, files: source };
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
