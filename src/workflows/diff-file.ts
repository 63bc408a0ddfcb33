import { canonicalise } from '../compare/canonical';
import { artifactText } from '../model/artifact';
import { failure, LiftlockError, type Problem } from '../model/problem';
import type { Selection } from '../model/selection';
import { systemErrorCode } from '../model/system-error';
import { selects } from '../model/selection';
import type { FromFile } from '../products/product-files';
import { readProductFile, type ProductFile } from '../service-provider-files/read';
import type { OpenedWorkspace } from './open-workspace';
import { bytesOf } from './source-files';
import type { State, StateArtifact } from './states';
import path from 'node:path';

/** A file of the product as a side of a comparison, still without the version that decides its defaults. */
export interface FileSide extends FromFile {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Reads a service provider, identity provider or claim dialect file; `from` is the folder that its path is relative to. */
export async function readFileSide(opened: OpenedWorkspace, file: string, from: string): Promise<FileSide> {
  const bytes = await bytesOf({ location: path.resolve(from, file), name: file, isFound: false }).catch(
    (error: unknown) => {
      const isMissing = error instanceof LiftlockError && systemErrorCode(error.cause) === 'ENOENT';
      throw isMissing ? failure('no-file', `There is no file "${file}"`, { hint: SIDES }) : error;
    },
  );
  const read = productFile(opened, bytes, path.resolve(from, file), file);
  const { artifacts, notConverted } = opened.product.files.fromFile(read, opened.kinds);
  const lost = notConverted.filter(({ meaningless }) => !meaningless);
  const problems = lost.map(({ element, why, place }): Problem => ({
    code: 'not-compared',
    severity: 'info',
    message: `${element} was not compared: ${why}`,
    ...(place ? { place } : {}),
  }));
  return { file, artifacts, notConverted, problems: [...read.problems, ...problems] };
}

function productFile(opened: OpenedWorkspace, bytes: Uint8Array, location: string, file: string): ProductFile {
  try {
    return readProductFile(bytes, { file });
  } catch (error) {
    const isOwn = path.relative(opened.workspace.root, location).startsWith(`artifacts${path.sep}`);
    if (!isOwn || !(error instanceof LiftlockError)) throw error;
    throw failure('usage', `${file} is an artifact of this workspace, no export of the product`, {
      place: { file },
      hint: 'Compare what it says for an environment: liftlock diff files:ENV ENV --only KIND/KEY',
    });
  }
}

const SIDES = 'Write ENV (the server), files:ENV, git:REVISION:ENV or the path of an exported file.';

/** The artifacts of a file as a state, in the canonical form of a server version. Secrets of the file are compared, never shown. */
export function fileState(opened: OpenedWorkspace, side: FileSide, version: string, selection: Selection): State {
  const isSelected = selects(selection);
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const artifacts = new Map<string, StateArtifact>();
  for (const artifact of side.artifacts) {
    const kind = kinds.get(artifact.kind);
    if (!kind || !isSelected(artifact)) continue;
    const { key, confidential } = artifact;
    const value = canonicalise(kind, artifact.value, version);
    artifacts.set(artifactText(artifact), {
      kind: kind.name,
      key,
      value,
      file: side.file,
      confidential,
      unknownSecrets: [],
    });
  }
  return { label: side.file, artifacts, problems: side.problems };
}

/** The artifacts that a comparison with files is about; undefined when no side is a file. */
export function namesIn(sides: readonly (FileSide | undefined)[]): ReadonlySet<string> | undefined {
  const files = sides.filter((side) => side !== undefined);
  return files.length === 0 ? undefined : new Set(files.flatMap(({ artifacts }) => artifacts.map(artifactText)));
}
