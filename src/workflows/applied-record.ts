import { EMPTY_RECORD, type AppliedArtifact, type AppliedRecord } from '../history/applied-record';
import { openRepository, type Repository } from '../history/repository';
import { artifactText, type ArtifactName } from '../model/artifact';
import { compareVersions } from '../model/kind';
import type { Outcome, Plan } from '../model/plan';
import { infoProblem, isUnreadable, type Problem } from '../model/problem';
import { isNarrowed, selects, type Selection } from '../model/selection';
import { contents, recordOf } from './baseline';
import type { Job } from './environment-job';
import { commitOf, filesNow, type FilesRead } from './files-read';
import type { RenderSettings } from './render-desired';

/** A run that came to its end. */
export interface EndedRun {
  readonly plan: Plan;
  /** Absent when there was nothing to write. */
  readonly outcomes?: readonly Outcome[];
  /** What differs too and is not in the plan that was reviewed. */
  readonly unplanned: readonly ArtifactName[];
  readonly selection: Selection;
  readonly settings: RenderSettings;
  readonly now: Date;
}

/**
 * Notes what an environment holds after a run: the applied record for each artifact that is there as the files say, and
 * the applied ref after a whole run without a failure. Where something stands in the way (no git, uncommitted files, a
 * narrowed run) it says what is then missing; that is no failure.
 */
export async function rememberApplied(job: Job, run: EndedRun): Promise<Problem[]> {
  const { environment, filesRead } = job;
  const { repository } = await openRepository(job.workspace.root);
  if (!repository || !filesRead) return [WITHOUT_GIT];
  await repository.changeAppliedRecord(environment.name, await recordChange(job, run, repository, filesRead));
  const failed = run.plan.problems.some(isUnreadable) || notDone(run).size > 0;
  if (failed) return [];
  if (isNarrowed(run.selection)) return [NARROWED];
  const { commit, dirty } = filesRead;
  if (dirty.length > 0 || commit === undefined) return [notCommitted(dirty)];
  await repository.moveApplied(environment.name, commit);
  return [];
}

/** Names of what is not as the files say: operations that did not end as planned, and those that were not reviewed. */
function notDone({ plan, outcomes, unplanned }: EndedRun): Set<string> {
  const done = new Set((outcomes ?? []).filter(({ status }) => status === 'done').map(artifactText));
  return new Set([...plan.operations, ...unplanned].map(artifactText).filter((name) => !done.has(name)));
}

async function recordChange(
  job: Job,
  run: EndedRun,
  repository: Repository,
  read: FilesRead,
): Promise<(record: AppliedRecord | undefined) => AppliedRecord> {
  const { plan } = run;
  const former = await recordOf(job, repository, run.settings);
  const open = notDone(run);
  const unread = new Set(plan.problems.filter(isUnreadable).map(({ artifact }) => artifact ?? ''));
  const there = new Set([...plan.awaitingPrune.map(artifactText), ...unread, ...open]);
  const isSelected = selects(run.selection);
  const entries = heldEntries(job, run, read, new Set([...open, ...unread, ...plan.skipped.map(artifactText)]));
  const inFiles = new Set(job.desired.artifacts.map(artifactText));
  return (record) => {
    const before = record ?? former ?? EMPTY_RECORD;
    const artifacts = new Map<string, AppliedArtifact>();
    const deletions = new Map<string, AppliedArtifact>();
    for (const [name, entry] of [...before.deletions, ...before.artifacts]) {
      const [kind = ''] = name.split('/', 1);
      const wasLookedAt = isSelected({ kind, key: name.slice(kind.length + 1) });
      if (inFiles.has(name)) artifacts.set(name, entry);
      else if (!wasLookedAt) (before.deletions.has(name) ? deletions : artifacts).set(name, entry);
      else if (there.has(name)) deletions.set(name, entry);
    }
    for (const [name, entry] of entries) artifacts.set(name, keptIfSame(before.artifacts.get(name), entry));
    return { artifacts, deletions };
  };
}

/** What the run found or made to be as the files say. */
function heldEntries(
  job: Job,
  { selection, now }: EndedRun,
  read: FilesRead,
  except: ReadonlySet<string>,
): Map<string, AppliedArtifact> {
  const isSelected = selects(selection);
  const known = contents(job);
  const held = job.desired.artifacts.filter((artifact) => {
    const kind = job.kinds.find(({ name }) => name === artifact.kind);
    const isHeld = kind && (kind.since === undefined || compareVersions(job.environment.version, kind.since) >= 0);
    return isHeld && isSelected(artifact) && !except.has(artifactText(artifact));
  });
  return new Map(
    held.map((artifact): [string, AppliedArtifact] => {
      const name = artifactText(artifact);
      const file = { ...artifact, content: known.get(name) ?? '' };
      return [name, noted(file, commitOf(read, artifact.file), 'applied', now)];
    }),
  );
}

function noted(
  { content }: { readonly content: string },
  commit: string | undefined,
  how: AppliedArtifact['how'],
  now: Date,
): AppliedArtifact {
  return { ...(commit === undefined ? {} : { commit }), content, how, at: now.toISOString() };
}

/** An artifact whose file says what the server has. */
export interface ExportedContent extends ArtifactName {
  readonly file: string;
  readonly content: string;
}

/** Notes what an environment holds after an export: it is what the files say, as far as they say it exactly. */
export async function rememberExported(
  job: Job,
  exported: readonly ExportedContent[],
  removed: readonly ArtifactName[],
  run: Pick<EndedRun, 'settings' | 'now'>,
): Promise<void> {
  const { repository } = await openRepository(job.workspace.root);
  if (!repository) return;
  const former = await recordOf(job, repository, run.settings);
  const now = await filesNow(repository);
  const gone = new Set(removed.map(artifactText));
  await repository.changeAppliedRecord(job.environment.name, (record) => {
    const before = record ?? former ?? EMPTY_RECORD;
    const artifacts = new Map([...before.artifacts].filter(([name]) => !gone.has(name)));
    const deletions = new Map(before.deletions);
    for (const one of exported) {
      const name = artifactText(one);
      const entry = noted(one, commitOf(now, one.file), 'exported', run.now);
      artifacts.set(name, keptIfSame(before.artifacts.get(name), entry));
      deletions.delete(name);
    }
    return { artifacts, deletions };
  });
}

/** What was noted with a commit stays as long as the content does, so that a run that writes nothing changes nothing. */
function keptIfSame(before: AppliedArtifact | undefined, now: AppliedArtifact): AppliedArtifact {
  const isSame = before?.content === now.content && (before.commit !== undefined || now.commit === undefined);
  return before && isSame ? before : now;
}

const WITHOUT_GIT = infoProblem(
  'applied-ref',
  'The workspace is not in a git repository, so drift can later not be told from pending changes.',
  { hint: 'Put the workspace under git.' },
);

const NARROWED = infoProblem('applied-ref', 'Only a selection was applied, so the applied ref stays where it is.', {
  hint: 'Run apply without a selection to move it.',
});

function notCommitted(dirty: readonly string[]): Problem {
  return infoProblem('applied-ref', `The applied ref was not moved: ${uncommitted(dirty)} not committed.`, {
    hint: 'Commit them and run apply again; it will have nothing to write.',
  });
}

const NAMED = 3;

function uncommitted(files: readonly string[]): string {
  if (files.length === 0) return 'the files were changed while they were read, or are';
  const named = files.slice(0, NAMED).join(', ');
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return `${named}${more} ${files.length === 1 ? 'is' : 'are'}`;
}
