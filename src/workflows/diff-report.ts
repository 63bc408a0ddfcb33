import { canonicalise } from '../compare/canonical';
import { compareCanonical } from '../compare/differences';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { Difference } from '../model/difference';
import { parsePath } from '../model/path';
import type { Remark } from '../model/plan';
import { warningProblem } from '../model/problem';
import type { ArtifactDifference, DiffReport } from '../model/report';
import { accountFor, compareSides, type Accounted, type Side } from '../planning/compare-states';
import type { ProductKind } from '../products/product';
import { DEFAULT_VERSION, type LoadedSide } from './diff-side';
import type { OpenedWorkspace } from './open-workspace';
import { ignoredPaths } from './plan';
import type { State, StateArtifact } from './states';

/**
 * Compares two states artifact by artifact. Between two servers, differences that the files account for are counted
 * and left out, unless `all` asks for them.
 */
export function diffReport(opened: OpenedWorkspace, left: LoadedSide, right: LoadedSide, all: boolean): DiffReport {
  const order = opened.kinds.map((kind) => kind.name);
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const artifacts: ArtifactDifference[] = [];
  const notCompared: Remark[] = [];
  const notShown = { artifacts: 0, byFiles: 0, byServers: 0 };
  let unchanged = 0;
  for (const name of allNames(left.state, right.state, order)) {
    const kind = kinds.get(name.kind);
    if (!kind) continue;
    const { artifact, accounted } = compareOne(opened, kind, name, left, right, all);
    const { byFiles, byServers } = accounted;
    notCompared.push(...accounted.notCompared.map((remark) => ({ kind: name.kind, key: name.key, ...remark })));
    notShown.byFiles += byFiles.length;
    notShown.byServers += byServers.length;
    if (artifact) artifacts.push(artifact);
    else if (byFiles.length + byServers.length + accounted.notCompared.length > 0) notShown.artifacts += 1;
    else unchanged += 1;
  }
  return {
    format: 1,
    left: left.name.text,
    right: right.name.text,
    artifacts,
    unchanged,
    notShown,
    notCompared,
    problems: [...uniqueProblems([...left.state.problems, ...right.state.problems]), ...notShownNotes(notShown)],
  };
}

function uniqueProblems(problems: DiffReport['problems']): DiffReport['problems'] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function notShownNotes({ byFiles, byServers }: DiffReport['notShown']): DiffReport['problems'] {
  return [
    ...notShownNote('by-files', byFiles, 'what the variables of the files give'),
    ...notShownNote('by-servers', byServers, 'values that each server made itself, such as client ids,'),
  ];
}

function notShownNote(code: string, count: number, what: string): DiffReport['problems'] {
  if (count === 0) return [];
  const message = `${count} ${count === 1 ? 'difference is' : 'differences are'} ${what} and not shown.`;
  return [{ ...warningProblem(code, message, { hint: 'Show them too with --all.' }), severity: 'info' }];
}

function allNames(left: State, right: State, order: readonly string[]): ArtifactName[] {
  const names = new Map([...left.artifacts, ...right.artifacts]);
  const isRead = (name: ArtifactName): boolean =>
    ![left, right].some(({ unreadable }) => unreadable?.has(artifactText(name)));
  return [...names.values()]
    .filter(isRead)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

interface ComparedArtifact {
  /** Absent where there is nothing to show. */
  readonly artifact?: ArtifactDifference;
  readonly accounted: Accounted;
}

const NOTHING: Accounted = { shown: [], byFiles: [], byServers: [], notCompared: [] };

function compareOne(
  opened: OpenedWorkspace,
  kind: ProductKind,
  name: ArtifactName,
  left: LoadedSide,
  right: LoadedSide,
  all: boolean,
): ComparedArtifact {
  const { kind: kindName, key } = name;
  const text = artifactText(name);
  const [a, b] = [left.state.artifacts.get(text), right.state.artifacts.get(text)];
  if (!a || !b) {
    const presence = a ? 'left-only' : 'right-only';
    return { artifact: { kind: kindName, key, presence, differences: [] }, accounted: NOTHING };
  }
  const isFile = left.name.type === 'file' || right.name.type === 'file';
  const unsaid = isFile ? opened.product.files.notInFiles(kindName).map((pattern) => parsePath(pattern)) : [];
  const ignored = [...ignoredPaths({ settings: opened.workspace.settings }, name), ...unsaid];
  const { differences, notCompared } = compareSides(kind, side(a, left), side(b, right), ignored);
  const accounted = (all ? undefined : accountedFor(kind, text, differences, left, right)) ?? {
    ...NOTHING,
    shown: differences,
  };
  const { shown } = accounted;
  return {
    ...(shown.length === 0 ? {} : { artifact: { kind: kindName, key, presence: 'both', differences: shown } }),
    accounted: { ...accounted, notCompared: [...notCompared, ...accounted.notCompared] },
  };
}

function side(artifact: StateArtifact, { name }: LoadedSide): Side {
  return { ...artifact, fromFiles: name.type !== 'live' };
}

/** What accounts for differences between two servers; undefined unless both are servers with a file for the artifact. */
function accountedFor(
  kind: ProductKind,
  text: string,
  differences: readonly Difference[],
  left: LoadedSide,
  right: LoadedSide,
): Accounted | undefined {
  const both = [left, right].map(({ state, files }) => {
    const [live, desired] = [state.artifacts.get(text), files?.desired.artifacts.get(text)];
    return live && desired
      ? { live: { ...live, fromFiles: false }, desired: { ...desired, fromFiles: true } }
      : undefined;
  });
  const [a, b] = both;
  if (!a || !b) return undefined;
  return accountFor(kind, differences, byVariables(kind, text, left, right), a, b);
}

/** What placeholders and overrides make different, both environments taken for servers of one release. */
function byVariables(kind: ProductKind, text: string, left: LoadedSide, right: LoadedSide): Difference[] {
  const version = left.files?.rendered.scope.version ?? DEFAULT_VERSION;
  const [from, to] = [left, right].map(({ files }) =>
    files?.rendered.artifacts.find((artifact) => artifactText(artifact) === text),
  );
  return from && to
    ? compareCanonical(kind, canonicalise(kind, from.value, version), canonicalise(kind, to.value, version))
    : [];
}
