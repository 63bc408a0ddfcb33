import { z } from 'zod';
import { EXIT, errorProblem, failure, LiftlockError } from '../model/problem';
import { environmentRef } from './applied';
import { gitFailure } from './failures';
import type { Git } from './git';
import { gitWithInput } from './plumbing';

/** What an environment was last known to hold of one artifact. */
export interface AppliedArtifact {
  /** The commit whose file was applied or exported; absent where it was not committed. */
  readonly commit?: string | undefined;
  /** Fingerprint of the artifact as rendered for the environment, secrets left out. */
  readonly content: string;
  readonly how: 'applied' | 'exported';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * What an environment was last known to hold, by `kind/key`: the baseline of drift. It is kept per artifact, so that a
 * run over a selection, or one that failed in part, counts for what it did.
 */
export interface AppliedRecord {
  readonly artifacts: ReadonlyMap<string, AppliedArtifact>;
  /** Applied once; their files are gone since, and the server still has them. */
  readonly deletions: ReadonlyMap<string, AppliedArtifact>;
}

export const EMPTY_RECORD: AppliedRecord = { artifacts: new Map(), deletions: new Map() };

const entries = z.record(
  z.string(),
  z.strictObject({
    commit: z.string().optional(),
    content: z.string(),
    how: z.enum(['applied', 'exported']),
    at: z.string(),
  }),
);
const recordFile = z.object({ format: z.literal(1), artifacts: entries, deletions: entries });

const FILE = 'state.json';

/** The record of an environment; undefined when there is none. LiftlockError when it cannot be read. */
export async function readAppliedRecord(git: Git, environment: string): Promise<AppliedRecord | undefined> {
  return (await stored(git, environment))?.record;
}

async function stored(git: Git, environment: string): Promise<{ commit: string; record: AppliedRecord } | undefined> {
  const ref = environmentRef('state', environment);
  const found = await git.attempt(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (!found.ok) return undefined;
  const commit = found.text.trim();
  const text = await git.text(['cat-file', 'blob', `${commit}:${FILE}`], `read ${ref}`);
  const parsed = recordFile.safeParse(jsonOf(text));
  if (!parsed.success) throw unreadable(ref);
  const { artifacts, deletions } = parsed.data;
  return {
    commit,
    record: { artifacts: new Map(Object.entries(artifacts)), deletions: new Map(Object.entries(deletions)) },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(ref: string): LiftlockError {
  return failure('applied-record', `${ref} does not hold a record that this version of Liftlock can read`, {
    hint: `A newer version may have written it. "git update-ref -d ${ref}" removes it; the next apply starts a new one.`,
  });
}

/** How often a record that somebody else changed at the same moment is read and changed again. */
const ATTEMPTS = 5;

/**
 * Changes the record of an environment by compare-and-set: what `change` gives becomes a commit after the one it was
 * given. Without a difference nothing is committed. LiftlockError with exit code 3 when others keep changing it.
 */
export async function changeAppliedRecord(
  git: Git,
  environment: string,
  change: (record: AppliedRecord | undefined) => AppliedRecord,
): Promise<void> {
  const ref = environmentRef('state', environment);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = await stored(git, environment);
    const text = textOf(change(before?.record));
    if (before && text === textOf(before.record)) return;
    const commit = await commitText(git, text, before?.commit, `liftlock: what ${environment} has`);
    const moved = await git.attempt([
      'update-ref',
      '-m',
      `liftlock: ${environment}`,
      ref,
      commit,
      before?.commit ?? '',
    ]);
    if (moved.ok) return;
    if (!/but expected|already exists|unable to resolve reference|cannot lock ref/.test(moved.text))
      throw gitFailure(`note what ${environment} has`, moved.text);
  }
  const message = `Someone else keeps changing ${ref}; what ${environment} has now was not noted.`;
  throw new LiftlockError(
    errorProblem('applied-moved', message, { environment, hint: `Run "liftlock apply ${environment}" again.` }),
    EXIT.refused,
  );
}

function textOf({ artifacts, deletions }: AppliedRecord): string {
  const sorted = (map: ReadonlyMap<string, AppliedArtifact>): Record<string, AppliedArtifact> =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: 1, artifacts: sorted(artifacts), deletions: sorted(deletions) }, null, 2)}\n`;
}

async function commitText(git: Git, text: string, parent: string | undefined, message: string): Promise<string> {
  const doing = 'note what was applied';
  const blob = await gitWithInput(git.folder, ['hash-object', '-w', '--stdin', '--no-filters'], text, doing);
  const tree = await gitWithInput(git.folder, ['mktree'], `100644 blob ${blob}\t${FILE}\n`, doing);
  const args = ['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent]), '-m', message];
  const own = await git.attempt(args);
  if (own.ok) return own.text.trim();
  if (!/ident|tell me who you are/i.test(own.text)) throw gitFailure(doing, own.text);
  // On build servers nobody has set a name.
  const named = ['-c', 'user.name=Liftlock', '-c', 'user.email=liftlock@localhost'];
  return (await git.text([...named, ...args], doing)).trim();
}
