import { exportMessage } from '../history/export-message';
import { openRepository } from '../history/repository';
import type { Remark } from '../model/plan';
import { LiftlockError, type Problem } from '../model/problem';
import type { ExportedFile, ExportReport } from '../model/report';
import { selects } from '../model/selection';
import type { Listed, ProductKind } from '../products/product';
import { parameterise, type Parameterised } from '../substitution/parameterise';
import { secretNames } from '../substitution/render';
import { keySlug, secretVariable } from '../substitution/secret-names';
import { assignFiles } from '../workspace/file-names';
import { existsIn } from '../workspace/settings';
import type { Template } from '../workspace/template';
import { Staging } from '../workspace/staging';
import { rememberExported } from './applied-record';
import { mapConcurrently } from './concurrent';
import { checked, type Written } from './export-check';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { listKind, readEach, type LiveArtifact } from './live';
import { ignoredPaths, isProtected } from './plan';
import type { Session } from './session';
import { refuseEmptySelection } from './open-workspace';
import { kindIsHeld } from './states';

export interface ExportOptions {
  readonly commit: boolean;
  /** Remove files of artifacts that the environment does not have. */
  readonly prune: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** All that an export found, before anything is written. */
interface Collected {
  readonly written: Written[];
  readonly gone: Template[];
  readonly skipped: Remark[];
  readonly problems: Problem[];
}

/**
 * New texts are laid ready while further artifacts are read; only when all of them could be read, the files take their
 * places, and are committed if asked for.
 */
export async function exportEnvironment(request: JobRequest, options: ExportOptions): Promise<ExportReport> {
  return withEnvironment(request, async (job) => {
    const staging = await Staging.open(job.workspace.root);
    try {
      return await exportThrough(staging, job, request, options);
    } finally {
      staging.close();
    }
  });
}

async function exportThrough(
  staging: Staging,
  job: Job,
  request: JobRequest,
  options: ExportOptions,
): Promise<ExportReport> {
  const collected = await collect(job, request, options, staging);
  const removals = options.prune ? collected.gone : [];
  for (const { file } of removals) await staging.add({ path: file });
  const results = await staging.commit();
  const files = [...collected.written, ...removals].map(({ kind, key, file }): ExportedFile => ({
    kind,
    key,
    file,
    change: results.get(file) ?? 'unchanged',
  }));
  const kept = options.prune ? [] : collected.gone.map((template) => onlyInFiles(template, job.environment.name));
  const commit = options.commit ? await commitFiles(job, files) : {};
  const exact = collected.written.flatMap(({ content, ...one }) =>
    content === undefined ? [] : [{ ...one, content }],
  );
  await rememberExported(job, exact, removals, { settings: request.surroundings, now: new Date() });
  const problems = [
    ...job.desired.problems,
    ...collected.problems,
    ...collected.written.flatMap((one) => one.problems),
    ...(commit.problem ?? []),
  ];
  return {
    format: 1,
    environment: job.environment.name,
    files,
    skipped: [...collected.skipped, ...kept],
    problems,
    ...(commit.commit === undefined ? {} : { commit: commit.commit }),
  };
}

/** One kind with what is listed of it and what is to be exported. */
interface Listing {
  readonly kind: ProductKind;
  readonly listed: ReadonlyMap<string, Listed>;
  readonly wanted: readonly Listed[];
}

async function collect(job: Job, request: JobRequest, options: ExportOptions, staging: Staging): Promise<Collected> {
  const isSelected = selects(request.selection);
  const isHere = existsIn(job.workspace.settings, job.environment.name);
  const kinds = job.kinds.filter((kind) => kindIsHeld(job.session, kind, request.selection));
  const listings = await mapConcurrently(kinds, kinds.length, async (kind): Promise<Listing> => {
    const listed = await listKind(job.session.server, kind);
    const wanted = [...listed.values()].filter((item) => {
      const name = { kind: kind.name, key: item.key };
      return isSelected(name) && isHere(name) && isExported(job, kind, item);
    });
    return { kind, listed, wanted };
  });
  const total = listings.reduce((sum, { wanted }) => sum + wanted.length, 0);
  refuseEmptySelection(request.selection, total + job.desired.templates.filter(isSelected).length);
  let done = 0;
  const names = namesInUse(job, listings);
  const collected: Collected = { written: [], gone: [], skipped: [], problems: [] };
  for (const listing of listings) {
    const own = job.desired.templates.filter((template) => template.kind === listing.kind.name);
    const onProgress = (): void => options.onProgress?.(++done, total);
    const found = await exportKind({ job, names, staging, onProgress }, listing, own);
    collected.written.push(...found.flatMap(({ written }) => written ?? []));
    collected.problems.push(...found.flatMap(({ problem }) => problem ?? []));
    collected.skipped.push(...found.flatMap(({ remarks }) => remarks));
    collected.skipped.push(...elsewhere(job, listing).filter(isSelected));
    collected.gone.push(...own.filter((template) => isSelected(template) && !listing.listed.has(template.key)));
  }
  return collected;
}

/** What the server has although liftlock.yaml says that it does not exist there: its file is not changed. */
function elsewhere(job: Job, { kind, listed }: Listing): Remark[] {
  const why = `liftlock.yaml says that it exists in other environments only, but ${job.environment.name} has it`;
  const isHere = existsIn(job.workspace.settings, job.environment.name);
  return [...listed.keys()]
    .map((key) => ({ kind: kind.name, key, why }))
    .filter((name) => !isHere(name))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What is the same for all kinds of one export. */
interface Export {
  readonly job: Job;
  readonly names: Names;
  readonly staging: Staging;
  readonly onProgress: () => void;
}

/** Each file is made as its artifact arrives, while the next ones are on their way; sorted by key in the end. */
async function exportKind(
  { job, names, staging, onProgress }: Export,
  { kind, wanted }: Listing,
  own: readonly Template[],
): Promise<Exported[]> {
  const templates = new Map(own.map((template) => [template.key, template]));
  const existing = new Map(own.map((template) => [template.key, template.file]));
  const keys = wanted.map(({ key }) => key).sort();
  const reserved = job.desired.elsewhere.filter((template) => template.kind === kind.name).map(({ file }) => file);
  const files = assignFiles(`artifacts/${kind.folder}`, keys, existing, reserved, kind.commonPrefix);
  const found = await readEach<Exported | undefined>(job.session.server, kind, wanted, {
    work: async (live, item, turn) => {
      onProgress();
      if (!live || !isExported(job, kind, { ...protectionIn(live), ...item })) return undefined;
      const made = parameterised(job, kind, live, templates.get(live.key), names);
      await turn();
      const file = files.get(live.key) ?? '';
      const written = checked(job, kind, live, made, templates.get(live.key), file);
      await turn();
      await staging.add({ path: file, text: made.text });
      return { key: live.key, written, remarks: live.remarks };
    },
    unreadable: (problem, { key }) => {
      onProgress();
      return { key, problem, remarks: [] };
    },
  });
  return found.filter((one) => one !== undefined).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What became of one artifact: it was written, or cannot be read, and then its file stays as it is. */
interface Exported {
  readonly key: string;
  readonly written?: Written;
  readonly problem?: Problem;
  readonly remarks: readonly Remark[];
}

/** What the names of new secrets have to keep clear of: those in files, and keys that read alike. */
interface Names {
  readonly taken: ReadonlySet<string>;
  readonly slugs: ReadonlyMap<string, number>;
}

function namesInUse(job: Job, listings: readonly Listing[]): Names {
  const files = [...job.desired.templates, ...job.desired.elsewhere];
  const taken = new Set(files.flatMap((template) => [...secretNames(template.value)]).map(secretVariable));
  const slugs = new Map<string, number>();
  for (const { wanted } of listings.filter(({ kind }) => kind.secrets.length > 0)) {
    for (const { key } of wanted) slugs.set(keySlug(key), (slugs.get(keySlug(key)) ?? 0) + 1);
  }
  return { taken, slugs };
}

/** The product's own artifacts are left out unless released or already in a file. */
function isExported(job: Job, kind: ProductKind, item: Listed): boolean {
  if (job.inFiles({ kind: kind.name, key: item.key })) return true;
  return isProtected(withoutOwnPatterns(job.session), kind, item) === undefined;
}

/** Why an artifact is left out, where only what was read of it tells. */
function protectionIn({ protectedBecause }: LiveArtifact): Pick<Listed, 'protectedBecause'> {
  return protectedBecause === undefined ? {} : { protectedBecause };
}

/** Artifacts that the workspace protects are exported like any other; only the product's own are left out. */
function withoutOwnPatterns(session: Session): Session {
  return { ...session, settings: { ...session.settings, protect: [] } };
}

function parameterised(
  job: Job,
  kind: ProductKind,
  live: LiveArtifact,
  old: Template | undefined,
  names: Names,
): Parameterised {
  return parameterise(old, live.value, job.desired.scope, kind, {
    confidential: live.confidential,
    takenSecretNames: names.taken,
    isKeyAmbiguous: (names.slugs.get(keySlug(live.key)) ?? 0) > 1,
    ignored: ignoredPaths(job.session, live),
  });
}

function onlyInFiles(template: Template, environment: string): Remark {
  return {
    kind: template.kind,
    key: template.key,
    why: `${environment} does not have it; its file ${template.file} stays (--prune removes it)`,
  };
}

async function commitFiles(
  job: Job,
  files: readonly ExportedFile[],
): Promise<{ commit?: string; problem?: Problem[] }> {
  const { repository, reason } = await openRepository(job.workspace.root);
  if (!repository)
    throw new LiftlockError({ ...reason, message: `The files were written, but not committed: ${reason.message}` });
  const paths = files.map(({ file }) => file);
  // Also what an earlier export has left uncommitted: the commit is to hold the environment as it was exported.
  const dirty = new Set(paths.length === 0 ? [] : await repository.dirty(paths));
  const changed = files
    .filter(({ file }) => dirty.has(file))
    .map((file) => (file.change === 'unchanged' ? { ...file, change: 'updated' as const } : file));
  const commit = await repository.commit({ paths, message: exportMessage(job.environment.name, changed) });
  return commit === undefined ? {} : { commit };
}
