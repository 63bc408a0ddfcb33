import path from 'node:path';
import { artifactText } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { errorProblem, failure, LiftlockError, warningProblem, type Problem } from '../model/problem';
import type { ConvertedFile, ConvertedSource, ConvertReport, NotConvertedElement } from '../model/report';
import type { FileArtifact } from '../products/product-files';
import { readProductFile } from '../service-provider-files/read';
import { secretNames } from '../substitution/render';
import { secretVariable } from '../substitution/secret-names';
import { assignFiles } from '../workspace/file-names';
import { makeFolder } from '../workspace/make-folder';
import type { Template } from '../workspace/template';
import { writeFiles } from '../workspace/writing';
import { artifactFile } from './converted-artifact';
import { elementOf, inTheWay, isThere } from './convert-findings';
import { convertTarget, type Target } from './convert-target';
import type { Conversion, ConvertRequest } from './convert-request';
import { keywordWarnings } from './foreign-keywords';
import { bytesOf, sourceFiles, type SourceFile } from './source-files';

/** One artifact on its way into a file. */
interface Planned {
  readonly source: string;
  readonly artifact: FileArtifact;
  readonly file: string;
  readonly text: string;
}

/** All that was found, before anything is written. */
interface Collected {
  readonly sources: ConvertedSource[];
  readonly planned: Planned[];
  readonly notConverted: NotConvertedElement[];
  readonly problems: Problem[];
}

/** Files of the product to artifacts of a workspace, of another folder, or on standard output. */
export async function artifactsOf(request: ConvertRequest): Promise<Conversion> {
  const target = await convertTarget(request);
  const collected: Collected = { sources: [], planned: [], notConverted: [], problems: [...target.problems] };
  for (const source of await sourceFiles(request.paths, request.from))
    await collect(source, request, target, collected);
  const files = await written(collected.planned, request, target);
  const { sources, notConverted } = collected;
  const problems = [...collected.problems, ...files.flatMap(inTheWay)];
  const report: ConvertReport = { format: 1, to: 'artifacts', sources, files, notConverted, problems };
  return { report, text: request.out === '-' ? printed(collected.planned) : '' };
}

async function collect(
  source: SourceFile,
  request: ConvertRequest,
  target: Target,
  collected: Collected,
): Promise<void> {
  const { name } = source;
  let kind: string | undefined;
  try {
    const { format } = request;
    const file = readProductFile(await bytesOf(source), { file: name, ...(format === undefined ? {} : { format }) });
    kind = file.kind;
    refuseOtherName(file.root, name, request.name);
    const { artifacts, notConverted } = target.product.files.fromFile(file, target.kinds, request.name);
    const planned = planArtifacts(artifacts, name, request, target, collected);
    collected.planned.push(...planned.files);
    collected.problems.push(...file.problems, ...keywordWarnings(file), ...planned.problems);
    collected.notConverted.push(...notConverted.map((entry) => elementOf(name, entry)));
    collected.sources.push({ file: name, status: 'converted', kind });
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    if (source.isFound && error.problems.some(({ code }) => code === 'unknown-file')) {
      collected.problems.push(passedOver(name));
      return;
    }
    collected.problems.push(...error.problems);
    collected.sources.push({ file: name, status: 'failed', ...(kind === undefined ? {} : { kind }) });
  }
}

/** A name is for files without one: another name for a file that has one would be a second artifact on every server. */
function refuseOtherName(root: JsonObject, source: string, name: string | undefined): void {
  const own = root['applicationName'] ?? root['identityProviderName'] ?? root['dialectURI'];
  if (name === undefined || typeof own !== 'string' || own.trim() === '' || own === name) return;
  throw failure('other-name', `The file has the name "${own}" already`, {
    place: { file: source },
    hint: `Leave out --name; to rename the artifact, change the name in its file afterwards.`,
  });
}

function passedOver(file: string): Problem {
  const message = `${file} is no export of the product and was passed over`;
  return { ...warningProblem('unknown-file', message, { place: { file } }), severity: 'info' };
}

/** All artifacts of one source, or an error for all of them. */
function planArtifacts(
  artifacts: readonly FileArtifact[],
  source: string,
  request: ConvertRequest,
  target: Target,
  collected: Collected,
): { files: Planned[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const files: Planned[] = [];
  const taken = new Set(target.templates.flatMap(({ value }) => [...secretNames(value)]).map(secretVariable));
  for (const artifact of artifacts) {
    const kind = target.kinds.find(({ name }) => name === artifact.kind);
    if (!kind) throw new LiftlockError(unmanaged(artifact, source));
    const twin = [...collected.planned, ...files].find(
      (other) => artifactText(other.artifact) === artifactText(artifact),
    );
    if (twin) throw new LiftlockError(twice(artifact, source, twin.source));
    const old = target.templates.find((template) => artifactText(template) === artifactText(artifact));
    const file = fileFor(artifact, kind.folder, kind.commonPrefix, target.templates, [...collected.planned, ...files]);
    const making = {
      kind,
      scope: target.scope,
      hasEnvironment: target.hasEnvironment,
      takenSecretNames: taken,
      force: request.force,
      notInFile: target.product.files.notInFiles(kind.name),
    };
    const made = artifactFile(artifact, source, file, old, making);
    if (made.text === undefined) throw new LiftlockError(made.problems);
    problems.push(...made.problems);
    files.push({ source, artifact, file, text: made.text });
  }
  return { files, problems };
}

function fileFor(
  { kind, key }: FileArtifact,
  folder: string,
  prefix: string | undefined,
  templates: readonly Template[],
  planned: readonly Planned[],
): string {
  const own = templates.filter((template) => template.kind === kind);
  const existing = new Map(own.map((template) => [template.key, template.file]));
  const occupied = planned.filter(({ artifact }) => artifact.kind === kind).map(({ file }) => file);
  return assignFiles(`artifacts/${folder}`, [key], existing, occupied, prefix).get(key) ?? '';
}

function unmanaged(artifact: FileArtifact, source: string): Problem {
  const message = `${artifactText(artifact)} is of a kind that this workspace does not manage`;
  const hint = `Add "${artifact.kind}" to "kinds" in liftlock.yaml.`;
  return errorProblem('unknown-kind', message, { place: { file: source }, artifact: artifactText(artifact), hint });
}

function twice(artifact: FileArtifact, source: string, other: string): Problem {
  const message = `${artifactText(artifact)} is also in ${other}, which was converted`;
  return errorProblem('duplicate-key', message, { place: { file: source }, hint: 'Convert one of the two.' });
}

async function written(planned: readonly Planned[], request: ConvertRequest, target: Target): Promise<ConvertedFile[]> {
  const one = ({ source, artifact, file, text }: Planned, change: ConvertedFile['change']): ConvertedFile => ({
    kind: artifact.kind,
    key: artifact.key,
    source,
    file: change === 'printed' ? '-' : file,
    change,
    ...(change === 'printed' ? { text } : {}),
  });
  if (request.out === '-') return planned.map((entry) => one(entry, 'printed'));
  const refused = new Set<string>();
  for (const { file } of planned) {
    const isOwn = target.templates.some((template) => template.file === file);
    if (!isOwn && !request.force && (await isThere(path.join(target.root, file)))) refused.add(file);
  }
  const kept = planned.filter(({ file }) => !refused.has(file));
  if (kept.length > 0 && request.out !== undefined) await makeFolder(target.root, request.out);
  const results =
    kept.length === 0
      ? new Map()
      : await writeFiles(
          target.root,
          kept.map(({ file, text }) => ({ path: file, text })),
        );
  return planned.map((entry) => {
    const change = results.get(entry.file) as ConvertedFile['change'] | undefined;
    return one(entry, refused.has(entry.file) ? 'refused' : (change ?? 'unchanged'));
  });
}

/** Several artifacts are documents of one stream. */
function printed(planned: readonly Planned[]): string {
  return planned.map(({ text }) => text).join('---\n');
}
