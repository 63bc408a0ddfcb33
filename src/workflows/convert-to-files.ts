import { promises as fs } from 'node:fs';
import path from 'node:path';
import { canonicalise } from '../compare/canonical';
import { artifactText } from '../model/artifact';
import { inVersions } from '../model/kind';
import { failure, LiftlockError, warningProblem, type Problem } from '../model/problem';
import type { ConvertedFile, ConvertedSource, ConvertReport, NotConvertedElement } from '../model/report';
import { fieldsNotHeld } from '../planning/settle';
import type { NamedValue, ToFile } from '../products/product-files';
import { fileKind } from '../service-provider-files/kinds';
import { readProductFile } from '../service-provider-files/read';
import type { FileFormat } from '../service-provider-files/source-text';
import { writeProductFile } from '../service-provider-files/write';
import { placedProblems } from '../substitution/placed-problems';
import { renderArtifact } from '../substitution/render';
import { fileName } from '../workspace/file-names';
import type { Template } from '../workspace/template';
import { makeFolder } from '../workspace/make-folder';
import { writeFiles } from '../workspace/writing';
import type { Conversion, ConvertRequest } from './convert-request';
import { convertTarget, type Target } from './convert-target';
import { elementOf, inTheWay, isThere } from './convert-findings';
import { bytesOf, sourceFiles } from './source-files';

/** A rendered artifact with the file that it is from. */
interface Rendered extends NamedValue {
  readonly key: string;
  readonly file: string;
  readonly unknownSecrets: readonly string[];
  /** Fields that servers of the version do not have. */
  readonly tooNew: readonly { readonly path: string; readonly why: string }[];
}

interface Made extends ToFile {
  readonly source: string;
  readonly file: string;
  readonly text: string;
}

/** Artifacts of the workspace to files that the product imports. */
export async function productFilesOf(request: ConvertRequest, format: FileFormat): Promise<Conversion> {
  const target = await convertTarget(request);
  const problems: Problem[] = [...target.problems];
  const sources: ConvertedSource[] = [];
  const rendered: Rendered[] = [];
  for (const template of await chosen(request, target)) {
    const { kind, file } = template;
    try {
      rendered.push(render(template, target));
      sources.push({ file, status: 'converted', kind });
    } catch (error) {
      if (!(error instanceof LiftlockError)) throw error;
      problems.push(...error.problems);
      sources.push({ file, status: 'failed', kind });
    }
  }
  const made = target.product.files
    .toFiles(rendered, target.scope.version)
    .map((file) => withText(file, rendered, request, format));
  problems.push(...unreadableFiles(made, target, request, format));
  if (made.length > 1 && (request.out === undefined || request.out === '-')) throw folderNeeded(made.length);
  const files = await written(made, request);
  problems.push(...files.flatMap(inTheWay));
  const notConverted = [
    ...made.flatMap((file) => leftOut(file)),
    ...rendered.flatMap(notHeld),
    ...rendered.flatMap(secretsLeftOut),
  ];
  const report: ConvertReport = { format: 1, to: format, sources, files, notConverted, problems };
  return { report, text: isPrinted(request) ? made.map(({ text }) => text).join('') : '' };
}

/**
 * Files that no server of the environment's version imports: an error for applications, which there is a format for, a
 * warning for others, which a deployment may read from its folders.
 */
function unreadableFiles(
  made: readonly Made[],
  target: Target,
  request: ConvertRequest,
  format: FileFormat,
): Problem[] {
  if (!target.hasEnvironment) return [];
  const { version, environment } = target.scope;
  return [...new Set(made.map(({ kind }) => kind))].flatMap((kind): Problem[] => {
    const { importedSince, title } = fileKind(kind);
    const isExport = format === 'xml' && request.dialect === 'export';
    const since = isExport ? importedSince.export : importedSince.other;
    if (inVersions(version, { since })) return [];
    const what = format === 'xml' ? `the XML of --dialect ${request.dialect}` : format.toUpperCase();
    const message = `Servers of ${version} (${environment}) import no ${title} files in ${what}; they do since ${since}`;
    if (inVersions(version, { since: importedSince.export }))
      throw failure('usage', message, { hint: 'Write them with --to xml.' });
    return [warningProblem('not-importable', message, { hint: 'liftlock apply brings the artifacts to the server.' })];
  });
}

function isPrinted({ out }: ConvertRequest): boolean {
  return out === undefined || out === '-';
}

function folderNeeded(count: number): LiftlockError {
  return failure('usage', `${count} files cannot be written to standard output`, {
    hint: 'Name a folder for them with --out DIR.',
  });
}

/** The artifacts that the paths name: files or folders of the workspace. */
async function chosen(request: ConvertRequest, target: Target): Promise<Template[]> {
  const named = await sourceFiles(request.paths, request.from);
  const root = await fs.realpath(target.root);
  const locations = await Promise.all(named.map(({ location }) => fs.realpath(location)));
  const files = new Set(locations.map((location) => path.relative(root, location).split(path.sep).join('/')));
  const templates = target.templates.filter(({ file }) => files.has(file));
  const known = new Set(templates.map(({ file }) => file));
  const strange = named.find(({ isFound }, index) => !isFound && !known.has([...files][index] ?? ''));
  if (!strange && templates.length > 0) return templates;
  throw failure('no-artifact', `${strange?.name ?? request.paths.join(', ')} is no artifact of this workspace`, {
    hint: 'Name a file or folder below artifacts/; to convert a product file, leave out --to.',
  });
}

function render(template: Template, target: Target): Rendered {
  const kind = target.kinds.find(({ name }) => name === template.kind);
  if (!kind) throw failure('unknown-kind', `${template.file} is of a kind that this workspace does not manage`);
  const { value, unknownSecrets, problems } = renderArtifact(kind, template, target.scope);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    if (target.hasEnvironment) throw new LiftlockError(placedProblems(errors, template, target.scope.environment));
    const hint = 'Name the environment with --env ENV.';
    throw failure('environment-needed', `${template.file} has placeholders that only an environment fills in`, {
      place: { file: template.file },
      artifact: artifactText(template),
      hint,
    });
  }
  const { kind: name, key, file } = template;
  const { version } = target.scope;
  const tooNew = fieldsNotHeld(kind, value, (since) => inVersions(version, { since }));
  return { kind: name, key, file, value: canonicalise(kind, value, version), unknownSecrets, tooNew };
}

function withText(file: ToFile, rendered: readonly Rendered[], request: ConvertRequest, format: FileFormat): Made {
  const source = rendered.find(({ kind, key }) => kind === file.kind && key === file.key) ?? rendered[0];
  const text = writeProductFile(file.kind, file.root, { format, dialect: request.dialect });
  const name = fileName(file.key).replace(/\.yaml$/, `.${format}`);
  return { ...file, source: source?.file ?? '', file: name, text };
}

function leftOut(file: Made): NotConvertedElement[] {
  return file.notConverted.map((entry) => elementOf(file.source, entry));
}

function notHeld({ file, tooNew }: Rendered): NotConvertedElement[] {
  return tooNew.map(({ path: element, why }) => ({ source: file, element, why, count: 1, meaningless: false }));
}

function secretsLeftOut({ file, unknownSecrets }: Rendered): NotConvertedElement[] {
  const why = 'secrets are not written into files; an import keeps the one that is deployed';
  return unknownSecrets.map((element) => ({ source: file, element, why, count: 1, meaningless: false }));
}

async function written(made: readonly Made[], request: ConvertRequest): Promise<ConvertedFile[]> {
  const { out } = request;
  const one = (file: Made, change: ConvertedFile['change']): ConvertedFile => {
    const { kind, key, source, text } = file;
    const location = isPrinted(request) ? '-' : path.posix.join(out ?? '', file.file);
    return { kind, key, source, file: location, change, ...(change === 'printed' ? { text } : {}) };
  };
  if (out === undefined || out === '-') return made.map((file) => one(file, 'printed'));
  const root = path.resolve(request.from, out);
  const refused = new Set<string>();
  for (const file of made) if (!request.force && (await isAnother(root, file))) refused.add(file.file);
  const kept = made.filter(({ file }) => !refused.has(file));
  if (kept.length > 0) await makeFolder(root, out);
  const changes = kept.map(({ file, text }) => ({ path: file, text }));
  const results = kept.length === 0 ? new Map() : await writeFiles(root, changes);
  return made.map((file) =>
    one(
      file,
      refused.has(file.file) ? 'refused' : ((results.get(file.file) ?? 'unchanged') as ConvertedFile['change']),
    ),
  );
}

/** A file in the way that is not an earlier export of the same artifact. */
async function isAnother(root: string, { file, kind, key }: Made): Promise<boolean> {
  const location = path.join(root, file);
  if (!(await isThere(location))) return false;
  try {
    const found = readProductFile(await bytesOf({ location, name: file, isFound: false }), { file });
    const { applicationName, identityProviderName, dialectURI } = found.root;
    return found.kind !== kind || (applicationName ?? identityProviderName ?? dialectURI) !== key;
  } catch {
    return true;
  }
}
