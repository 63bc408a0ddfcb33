import { artifactText } from '../model/artifact';
import type { FileSource } from '../model/files';
import { isObject, type Json, type JsonObject } from '../model/json';
import { keyOf, type Kind } from '../model/kind';
import { errorProblem, isInterruption, LiftlockError, warningProblem, type Problem } from '../model/problem';
import { parseText } from '../substitution/placeholder';
import { nearest, nearestHint } from '../model/nearest';
import { Places } from './places';
import type { Template } from './template';
import { parseYaml } from './yaml';

export interface LoadedTemplates {
  /** Sorted by kind (in the order given) and file. */
  readonly templates: readonly Template[];
  readonly problems: readonly Problem[];
}

const FOLDER = 'artifacts';
/** Files read side by side: enough to keep a disk or git busy. */
const AT_A_TIME = 64;

/**
 * Reads all artifact files of the given kinds. Files that cannot be read become problems, so that all of them are shown
 * at once. `productKinds` are the kinds that exist besides: their folders are passed over in silence.
 */
export async function loadTemplates(
  source: FileSource,
  kinds: readonly Kind[],
  productKinds: readonly Kind[] = kinds,
): Promise<LoadedTemplates> {
  const files = (await source.list(FOLDER)).filter((file) => /\.ya?ml$/i.test(file));
  const byFolder = new Map([...productKinds, ...kinds].map((kind) => [kind.folder, kind]));
  const problems: Problem[] = [];
  const wanted: { file: string; kind: Kind }[] = [];
  const strange = new Map<string, string>();
  for (const file of files) {
    const folder = file.split('/').length > 2 ? (file.split('/')[1] ?? '') : '';
    const kind = byFolder.get(folder);
    if (!kind) strange.set(folder, file);
    else if (kinds.some((candidate) => candidate.name === kind.name)) wanted.push({ file, kind });
  }
  for (const [folder, file] of strange) problems.push(strangeFolder(folder, file, [...byFolder.keys()]));
  problems.push(...((await source.unfollowed?.(FOLDER)) ?? []).filter(mayHoldArtifacts).map(strangeLink));
  const templates = await readAll(source, wanted, problems);
  problems.push(...doubles(templates));
  const order = new Map(kinds.map((kind, index) => [kind.name, index]));
  const rank = (template: Template): number => order.get(template.kind) ?? 0;
  templates.sort((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : 1));
  return { templates, problems };
}

async function readAll(
  source: FileSource,
  wanted: readonly { file: string; kind: Kind }[],
  problems: Problem[],
): Promise<Template[]> {
  const templates: Template[] = [];
  for (let start = 0; start < wanted.length; start += AT_A_TIME) {
    const batch = wanted.slice(start, start + AT_A_TIME);
    const texts = await Promise.all(batch.map(({ file }) => readOrReport(source, file, problems)));
    for (const [index, { file, kind }] of batch.entries()) {
      const text = texts[index];
      // A file may vanish between listing and reading; then it is not there.
      if (text === undefined) continue;
      const read = readTemplate(kind, file, text);
      if (read.template) templates.push(read.template);
      problems.push(...read.problems);
    }
  }
  return templates;
}

/** A file that cannot be read at all is one more problem: the others are still shown. */
async function readOrReport(source: FileSource, file: string, problems: Problem[]): Promise<string | undefined> {
  try {
    return await source.read(file);
  } catch (error) {
    if (!(error instanceof LiftlockError) || isInterruption(error)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Reads one artifact file. */
export function readTemplate(
  kind: Pick<Kind, 'name' | 'keyFields'>,
  file: string,
  text: string,
): { template?: Template; problems: readonly Problem[] } {
  const parsed = parseYaml(file, text);
  if (parsed.value === undefined) return { problems: parsed.problems };
  const value: Json = parsed.value;
  if (!isObject(value)) {
    const found = value === null ? 'The file is empty' : 'The file does not hold a map';
    const hint = `Write the fields of one ${kind.name}, or delete the file.`;
    return { problems: [errorProblem('wrong-type', found, { place: { file, line: 1, column: 1 }, hint })] };
  }
  const problems = keyProblems(kind, file, text, value);
  const key = keyOf(kind, literalKeys(kind, value));
  if (problems.length > 0 || key === undefined) return { problems };
  return { template: { kind: kind.name, key, file, text, value }, problems };
}

/** Key fields with escapes resolved; everything else stays as written. */
function literalKeys(kind: Pick<Kind, 'keyFields'>, value: JsonObject): JsonObject {
  const entries = kind.keyFields.map((field): [string, Json] => {
    const text = Object.hasOwn(value, field) ? value[field] : undefined;
    return [field, typeof text === 'string' ? parseText(text).parts.join('') : (text ?? null)];
  });
  return Object.fromEntries(entries);
}

function keyProblems(kind: Pick<Kind, 'name' | 'keyFields'>, file: string, text: string, value: JsonObject): Problem[] {
  return kind.keyFields.flatMap((field) => {
    const found = Object.hasOwn(value, field) ? value[field] : undefined;
    const isText = typeof found === 'string' && found !== '';
    if (isText && parseText(found).parts.every((part) => typeof part === 'string')) return [];
    const places = new Places(file, text);
    if (isText) {
      const message = `"${field}" is the key of this ${kind.name} and must not contain a placeholder`;
      const hint = 'The key names the artifact in every environment; write it out.';
      return [errorProblem('templated-key', message, { place: places.ofValue([field]), hint })];
    }
    if (found !== undefined && found !== null && found !== '') {
      const message = `"${field}" is the key of this ${kind.name} and must be a text`;
      const hint = isObject(found) || Array.isArray(found) ? undefined : 'Write it in quotes.';
      return [errorProblem('wrong-type', message, { place: places.ofValue([field]), ...(hint ? { hint } : {}) })];
    }
    const message = `The key "${field}" of this ${kind.name} is ${found === undefined ? 'missing' : 'empty'}`;
    const close = found === undefined ? nearest(field, Object.keys(value)) : undefined;
    const hint =
      close === undefined ? `Add "${field}"; it names the artifact.` : `Did you mean "${field}" instead of "${close}"?`;
    const place = close === undefined ? places.ofKey([field]) : places.ofKey([close]);
    return [errorProblem('missing-key', message, { place, hint })];
  });
}

function doubles(templates: readonly Template[]): Problem[] {
  const first = new Map<string, Template>();
  const problems: Problem[] = [];
  for (const template of [...templates].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const artifact = artifactText(template);
    const other = first.get(artifact);
    if (!other) {
      first.set(artifact, template);
      continue;
    }
    const message = `${artifact} is in two files: ${other.file} and ${template.file}`;
    const hint = 'Keep one of them, or give one another key.';
    problems.push(errorProblem('duplicate-key', message, { place: { file: template.file }, artifact, hint }));
  }
  return problems;
}

/** A YAML file, or a folder by its name. */
function mayHoldArtifacts(link: string): boolean {
  return /\.ya?ml$|(^|\/)[^./]+$/i.test(link);
}

/** Passed over in silence, what stands behind the link would be missing from the files, and `--prune` would delete it. */
function strangeLink(link: string): Problem {
  return errorProblem('link-not-followed', `${link} is a link that is not followed`, {
    place: { file: link },
    hint: 'Only links to files inside of the workspace are read. Put the file or folder itself there, or remove the link.',
  });
}

function strangeFolder(folder: string, file: string, known: readonly string[]): Problem {
  if (folder === '') {
    const hint = `Move it to the folder of its kind: ${known.join(', ')}.`;
    return warningProblem('unknown-kind', `${file} is in no kind's folder and was not read`, { place: { file }, hint });
  }
  const message = `${FOLDER}/${folder} is the folder of no kind; its files were not read`;
  const hint = nearestHint(folder, known, 'Folders');
  return warningProblem('unknown-kind', message, { place: { file }, ...(hint === undefined ? {} : { hint }) });
}
