import { compareCanonical } from '../compare/differences';
import { artifactText } from '../model/artifact';
import type { Difference } from '../model/difference';
import type { Remark } from '../model/plan';
import { isInterruption, LiftlockError } from '../model/problem';
import type { ProductKind } from '../products/product';
import type { Refusal } from '../sandbox/copy';
import type { ReadArtifact, ServerContent } from './environment-copy';
import { sendWrites } from './execute';
import type { Session } from './session';

/** What differs between an artifact and its copy; secrets apart, since the copy has others where the server withholds them. */
export function copyDifferences(kind: ProductKind, from: ReadArtifact, to: ReadArtifact): Difference[] {
  const confidential = [...from.confidential, ...to.confidential];
  return compareCanonical(kind, from.value, to.value, confidential).filter(({ secret }) => secret !== true);
}

/**
 * Changes what the creation of an artifact left to the server and came out differently, such as computed claims, by the
 * calls of an update. `content` is what the copy has; true when anything was sent. What is refused stays as it is.
 */
export async function mendCopy(
  session: Session,
  kinds: readonly ProductKind[],
  original: ServerContent,
  content: ServerContent,
): Promise<boolean> {
  let mended = false;
  for (const kind of kinds) {
    for (const artifact of original.artifacts.values()) {
      const there = content.artifacts.get(artifactText(artifact));
      if (artifact.kind !== kind.name || !there || there.listed.protectedBecause !== undefined) continue;
      const differences = copyDifferences(kind, there, artifact);
      if (differences.length === 0) continue;
      mended = true;
      await mend(session, kind, artifact, there, differences);
    }
  }
  return mended;
}

async function mend(
  session: Session,
  kind: ProductKind,
  { key, value: desired }: ReadArtifact,
  { id, value: live, current }: ReadArtifact,
  differences: readonly Difference[],
): Promise<void> {
  const { server } = session;
  const change = { kind: kind.name, key, desired, live, current, differences, version: server.version };
  const requests = kind.calls.update({ ...change, ids: new Map() });
  try {
    await sendWrites(server, kind, { key, id }, requests, () => Promise.resolve());
  } catch (error) {
    if (!(error instanceof LiftlockError) || isInterruption(error)) throw error;
  }
}

/** What the original has and the copy has not, with the sandbox's own words where it refused something. */
export function lackingInCopy(
  kinds: readonly ProductKind[],
  original: ServerContent,
  content: ServerContent,
  refusals: readonly Refusal[],
): Remark[] {
  const told = new Set(refusals.map(artifactText));
  const artifacts = [...original.artifacts.values()].flatMap((artifact): Remark[] => {
    const name = { kind: artifact.kind, key: artifact.key };
    const there = content.artifacts.get(artifactText(artifact));
    if (!there) return told.has(artifactText(artifact)) ? [] : [{ ...name, why: 'the copy does not have it' }];
    const kind = kinds.find((candidate) => candidate.name === artifact.kind);
    const differences = kind ? copyDifferences(kind, artifact, there) : [];
    return differences.map(({ path }) => ({ ...name, path, why: 'the copy has it differently' }));
  });
  return [...refusals.map(({ kind, key, why }) => ({ kind, key, why })), ...artifacts];
}
