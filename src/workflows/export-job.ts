import { minimise } from '../compare/canonical';
import { compareCanonical } from '../compare/differences';
import { exportMessage } from '../history/export-message';
import { openRepository } from '../history/repository';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { Remark } from '../model/plan';
import { LiftlockError, warningProblem, type Problem } from '../model/problem';
import type { ExportedFile, ExportReport } from '../model/report';
import { selects } from '../model/selection';
import type { Listed, ProductKind } from '../products/product';
import { parameterise } from '../substitution/parameterise';
import { renderArtifact, secretNames } from '../substitution/render';
import { canonicalise } from '../compare/canonical';
import { readTemplate } from '../workspace/artifacts';
import { assignFiles } from '../workspace/file-names';
import type { Template } from '../workspace/template';
import { writeFiles, type FileChange } from '../workspace/writing';
import { withEnvironment, type Job, type JobRequest } from './environment-job';
import { listKind, readEach, type LiveArtifact } from './live';
import { ignoredPaths, isProtected } from './plan';
import { kindIsHeld } from './states';

export interface ExportOptions {
  readonly commit: boolean;
  /** Remove files of artifacts that the environment does not have. */
  readonly prune: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One file as it is to be. */
interface Written extends ArtifactName {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** All that an export found, before anything is written. */
interface Collected {
  readonly written: Written[];
  readonly gone: Template[];
  readonly skipped: Remark[];
  readonly problems: Problem[];
}

/** Reads everything first; only when all of it could be read, files are written, and committed if asked for. */
export async function exportEnvironment(request: JobRequest, options: ExportOptions): Promise<ExportReport> {
  return withEnvironment(request, async (job) => {
    const collected = await collect(job, request, options);
    const removals = options.prune ? collected.gone : [];
    const changes: FileChange[] = [
      ...collected.written.map(({ file, text }) => ({ path: file, text })),
      ...removals.map(({ file }) => ({ path: file })),
    ];
    const results = await writeFiles(job.workspace.root, changes);
    const files = [...collected.written, ...removals].map(({ kind, key, file }): ExportedFile => ({
      kind,
      key,
      file,
      change: results.get(file) ?? 'unchanged',
    }));
    const kept = options.prune ? [] : collected.gone.map((template) => onlyInFiles(template, job.environment.name));
    const commit = options.commit ? await commitFiles(job, files) : {};
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
  });
}

async function collect(job: Job, request: JobRequest, options: ExportOptions): Promise<Collected> {
  const isSelected = selects(request.selection);
  const collected: Collected = { written: [], gone: [], skipped: [], problems: [] };
  const takenSecretNames = new Set(job.desired.templates.flatMap((template) => [...secretNames(template.value)]));
  for (const kind of job.kinds.filter((candidate) => kindIsHeld(job.session, candidate, request.selection))) {
    const listed = await listKind(job.session.server, kind);
    const own = job.desired.templates.filter((template) => template.kind === kind.name);
    const byKey = new Map(own.map((template) => [template.key, template]));
    const wanted = [...listed.values()].filter(
      (item) => isSelected({ kind: kind.name, key: item.key }) && isExported(job, kind, item),
    );
    let done = 0;
    const read = await readEach(job.session.server, kind, wanted, (live) => {
      options.onProgress?.(++done, wanted.length);
      return live;
    });
    const artifacts = read
      .filter((live): live is LiveArtifact => live !== undefined)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const existing = new Map(own.map((template) => [template.key, template.file]));
    const files = assignFiles(
      `artifacts/${kind.folder}`,
      artifacts.map(({ key }) => key),
      existing,
      [],
      kind.commonPrefix,
    );
    for (const live of artifacts) {
      collected.skipped.push(...live.remarks);
      const one = fileOf(job, kind, live, byKey.get(live.key), files.get(live.key) ?? '', takenSecretNames);
      for (const name of secretNames(one.value)) takenSecretNames.add(name);
      collected.written.push(one.written);
    }
    collected.gone.push(...own.filter((template) => isSelected(template) && !listed.has(template.key)));
  }
  return collected;
}

/** The product's own artifacts are left out unless released or already in a file. */
function isExported(job: Job, kind: ProductKind, item: Listed): boolean {
  if (job.inFiles({ kind: kind.name, key: item.key })) return true;
  const why = isProtected(job.session, kind, item);
  return why === undefined || why === 'protected in liftlock.yaml';
}

function fileOf(
  job: Job,
  kind: ProductKind,
  live: LiveArtifact,
  old: Template | undefined,
  file: string,
  takenSecretNames: ReadonlySet<string>,
): { written: Written; value: Template['value'] } {
  const name = { kind: kind.name, key: live.key };
  const { scope } = job.desired;
  const options = { confidential: live.confidential, takenSecretNames, ignored: ignoredPaths(job.session, name) };
  const { text, problems } = parameterise(old, minimise(kind, live.value, scope.version), scope, kind, options);
  const { template } = readTemplate(kind, file, text);
  const check = template ? roundTrip(job, kind, live, template) : [lost(live, file, ['the whole file'])];
  return { written: { ...name, file, text, problems: [...problems, ...check] }, value: template?.value ?? {} };
}

/** render(parameterise(live)) must be live (design, section 5); where it is not, the user is told where. */
function roundTrip(job: Job, kind: ProductKind, live: LiveArtifact, template: Template): Problem[] {
  const { scope } = job.desired;
  const rendered = renderArtifact(kind, template, scope);
  const back = canonicalise(kind, rendered.value, scope.version);
  const ignored = ignoredPaths(job.session, live).length > 0 || Object.keys(scope.overrides).length > 0;
  const paths = compareCanonical(kind, live.value, back, live.confidential)
    .filter((difference) => !difference.secret && !isLeftOpen(kind, difference.path, rendered.unknownSecrets))
    .map((difference) => difference.path);
  return paths.length === 0 || ignored ? [] : [lost(live, template.file, paths)];
}

/** Fields that the file leaves to the server or to a secret source. */
function isLeftOpen(kind: ProductKind, path: string, unknownSecrets: readonly string[]): boolean {
  return kind.chosenByServer.includes(path) || unknownSecrets.some((secret) => secret.startsWith(path));
}

function lost(live: LiveArtifact, file: string, paths: readonly string[]): Problem {
  return warningProblem(
    'not-carried-exactly',
    `${artifactText(live)}: the file does not say exactly what the server has in ${paths.slice(0, 5).join(', ')}`,
    {
      artifact: artifactText(live),
      place: { file },
      hint: 'Look at the difference with "liftlock diff files:ENV ENV" before you apply the file anywhere.',
    },
  );
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
  const changed = files.filter((file) => file.change !== 'unchanged');
  const before = await repository.dirty(changed.map(({ file }) => file));
  if (before.length === 0) return {};
  const commit = await repository.commit({ paths: before, message: exportMessage(job.environment.name, changed) });
  return commit === undefined ? {} : { commit };
}
