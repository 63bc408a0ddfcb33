import { canonicalise } from '../compare/canonical';
import type { ArtifactName } from '../model/artifact';
import { artifactText } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { compareVersions } from '../model/kind';
import type { Problem } from '../model/problem';
import { selects, type Selection } from '../model/selection';
import type { Listed, ProductKind } from '../products/product';
import type { DesiredState } from './desired';
import { listKind, readEach, type LiveArtifact } from './live';
import { isProtected, protectionOfRead } from './plan';
import type { Session } from './session';

/** One artifact of a state that is compared. `value` is canonical. */
export interface StateArtifact extends ArtifactName {
  readonly value: JsonObject;
  readonly file?: string;
  /** Keyed paths whose secret is not known in this state. */
  readonly unknownSecrets: readonly string[];
  readonly confidential: readonly string[];
}

/** Everything that an environment has, or is to have, in canonical form. */
export interface State {
  readonly label: string;
  readonly artifacts: ReadonlyMap<string, StateArtifact>;
  /** Names of those that are there and cannot be read, each with a problem: they are compared with nothing. */
  readonly unreadable?: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Reads what the server has, the product's own and protected artifacts left out unless a file names them. */
export async function readState(
  session: Session,
  selection: Selection,
  options: { inFiles: (name: ArtifactName) => boolean; onProgress?: (done: number, total: number) => void },
): Promise<State> {
  const isSelected = selects(selection);
  const artifacts = new Map<string, StateArtifact>();
  const unreadable = new Map<string, Problem>();
  for (const kind of session.kinds.filter((candidate) => kindIsHeld(session, candidate, selection))) {
    const listed = [...(await listKind(session.server, kind)).values()].filter((item) => {
      const name = { kind: kind.name, key: item.key };
      return isSelected(name) && (options.inFiles(name) || isProtected(session, kind, item) === undefined);
    });
    // What only its whole value tells to be protected is left out like the others.
    const isOther = (live: LiveArtifact, item: Listed): boolean =>
      !options.inFiles(live) && protectionOfRead(session, kind, item, live) !== undefined;
    let done = 0;
    await readEach<void>(session.server, kind, listed, {
      work: (live, item) => {
        options.onProgress?.(++done, listed.length);
        if (!live || isOther(live, item)) return;
        const { key, value, confidential } = live;
        artifacts.set(artifactText(live), { kind: kind.name, key, value, confidential, unknownSecrets: [] });
      },
      unreadable: (problem, { key }) => {
        options.onProgress?.(++done, listed.length);
        unreadable.set(artifactText({ kind: kind.name, key }), problem);
      },
    });
  }
  const problems = [...unreadable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem);
  return { label: session.environment, artifacts, unreadable: new Set(unreadable.keys()), problems };
}

/** False for kinds that the selection or the server's version leaves out. */
export function kindIsHeld(session: Session, kind: ProductKind, selection: Selection): boolean {
  if (selection.kinds?.length && !selection.kinds.includes(kind.name)) return false;
  return kind.since === undefined || compareVersions(session.server.version, kind.since) >= 0;
}

/** Rendered files as a state. */
export function desiredState(
  kinds: readonly ProductKind[],
  desired: DesiredState,
  version: string,
  selection: Selection,
  label: string,
): State {
  const isSelected = selects(selection);
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const artifacts = new Map<string, StateArtifact>();
  for (const artifact of desired.artifacts) {
    const kind = byName.get(artifact.kind);
    if (!kind || !isSelected(artifact)) continue;
    const { key, file, unknownSecrets } = artifact;
    const value = canonicalise(kind, artifact.value, version);
    artifacts.set(artifactText(artifact), { kind: kind.name, key, value, file, unknownSecrets, confidential: [] });
  }
  return { label, artifacts, problems: desired.problems };
}
