import path from 'node:path';
import { errorProblem, warningProblem, type Problem } from '../model/problem';
import { readEnvironmentConfig } from './configuration';
import type { FolderFiles, Format, IamctlEnvironment, IamctlTree, NotTaken, ResourceFile } from './description';
import {
  ALL_TYPES,
  APPLICATIONS,
  AUTHORIZED_APIS,
  IDENTITY_PROVIDERS,
  MANAGED_TYPES,
  OTHER_TYPES,
  RESIDENT_IDENTITY_PROVIDER,
} from './resource-types';

/** Makes sense of the files of a folder made for IAM-CTL: its environments, resources, and what is neither. Pure. */
export function readTree(folder: FolderFiles): IamctlTree {
  const problems: Problem[] = folder.skipped.filter(isConfigFile).map(unreadable);
  const environments = readEnvironments(folder.files, problems);
  const root = resourceRoot(folder.files, problems);
  const { resources, notTaken } = readResources(folder.files, root, problems);
  return { environments, resources, notTaken: [...folder.skipped, ...notTaken], problems };
}

const SERVER_CONFIG = 'serverConfig.json';
const CONFIGS = [SERVER_CONFIG, 'toolConfig.json', 'keywordConfig.json'];

const isConfigFile = ({ source }: NotTaken): boolean => CONFIGS.includes(path.posix.basename(source));

/** Without its configuration an environment would seem to have no keywords, or not to exist. */
function unreadable({ source, why }: NotTaken): Problem {
  const hint = why.includes('UTF-8') ? 'Save it as UTF-8.' : 'Put the file itself there.';
  return errorProblem('iamctl-config-unreadable', `${source} cannot be read: ${why}`, {
    place: { file: source },
    hint,
  });
}

function readEnvironments(files: ReadonlyMap<string, string>, problems: Problem[]): IamctlEnvironment[] {
  const folders = [...files.keys()].filter((file) => path.posix.basename(file) === SERVER_CONFIG).map(folderOf);
  const seen = new Map<string, string>();
  return folders.flatMap((folder) => {
    const name = path.posix.basename(folder);
    const other = seen.get(name);
    if (other !== undefined) {
      const message = `Two folders are the configuration of "${name}": ${other} and ${folder}`;
      problems.push(errorProblem('iamctl-environment-twice', message, { place: { file: folder } }));
      return [];
    }
    seen.set(name, folder);
    const textOf = (file: string): string | undefined => files.get(folder === '' ? file : `${folder}/${file}`);
    const [tool, keywords] = [textOf('toolConfig.json'), textOf('keywordConfig.json')];
    const read = readEnvironmentConfig({
      name,
      folder,
      server: textOf(SERVER_CONFIG) ?? '',
      ...(tool === undefined ? {} : { tool }),
      ...(keywords === undefined ? {} : { keywords }),
    });
    problems.push(...read.problems);
    return [read.environment];
  });
}

/** The folder that holds `Applications` and the like: the one given, or the only one below it. */
function resourceRoot(files: ReadonlyMap<string, string>, problems: Problem[]): string {
  const managed = MANAGED_TYPES.map(({ folder }) => folder);
  const roots = new Set<string>();
  for (const file of files.keys()) {
    const steps = file.split('/').slice(0, -1);
    const at = steps.findIndex((step) => managed.includes(step));
    if (at >= 0) roots.add(steps.slice(0, at).join('/'));
  }
  if (roots.has('') || roots.size === 0) return '';
  const [only = ''] = roots;
  if (roots.size > 1) {
    const message = `Resource folders are in several places: ${[...roots].sort().join(', ')}`;
    const hint =
      'Name one of them, with "configs" beside the resource folders; Liftlock keeps one file for all environments.';
    problems.push(errorProblem('iamctl-several-trees', message, { hint }));
  }
  return only;
}

interface Sorted {
  readonly resources: ResourceFile[];
  readonly notTaken: NotTaken[];
}

function readResources(files: ReadonlyMap<string, string>, root: string, problems: Problem[]): Sorted {
  const resources: ResourceFile[] = [];
  const others = new Map<string, number>();
  const notTaken: NotTaken[] = [];
  const sides = new Map<string, ResourceFile>();
  for (const [file, text] of files) {
    const steps = relativeTo(root, file)?.split('/') ?? [];
    const [folder = '', ...rest] = steps;
    if (steps.length < 2 || isConfig(files, file)) continue;
    const resource = resourceFile(folder, file, text);
    if (!MANAGED_TYPES.some((type) => type.folder === folder)) others.set(folder, (others.get(folder) ?? 0) + 1);
    else if (folder === APPLICATIONS && rest.length === 2 && AUTHORIZED_APIS.test(rest[0] ?? ''))
      sides.set(resource.name, resource);
    else if (rest.length > 1) notTaken.push({ source: file, why: 'IAM-CTL has no files in folders below this one' });
    else if (folder === IDENTITY_PROVIDERS && resource.name === RESIDENT_IDENTITY_PROVIDER)
      notTaken.push({ source: file, why: RESIDENT_NOT_TAKEN });
    else resources.push(resource);
  }
  for (const [folder, count] of others) notTaken.push(otherFolder(root, folder, count));
  problems.push(...leftSides(sides, resources));
  return { resources: resources.map((resource) => withSide(resource, sides)), notTaken };
}

const RESIDENT_NOT_TAKEN =
  'the settings of the server itself; release "resident-identity-provider/LOCAL" under "unprotect" and export it';

function resourceFile(type: string, file: string, text: string): ResourceFile {
  const ending = path.posix.extname(file);
  const format: Format = /^\.json$/i.test(ending) ? 'json' : /^\.xml$/i.test(ending) ? 'xml' : 'yaml';
  return { type, file, name: path.posix.basename(file, ending), format, text };
}

function withSide(resource: ResourceFile, sides: ReadonlyMap<string, ResourceFile>): ResourceFile {
  const side = resource.type === APPLICATIONS ? sides.get(resource.name) : undefined;
  return side ? { ...resource, authorizedApis: side } : resource;
}

function leftSides(sides: ReadonlyMap<string, ResourceFile>, resources: readonly ResourceFile[]): Problem[] {
  const names = new Set(resources.filter(({ type }) => type === APPLICATIONS).map(({ name }) => name));
  return [...sides.values()]
    .filter(({ name }) => !names.has(name))
    .map(({ file, name }) =>
      warningProblem('iamctl-side-file', `There is no application file "${name}" for these authorized APIs`, {
        place: { file },
      }),
    );
}

function otherFolder(root: string, folder: string, count: number): NotTaken {
  const source = root === '' ? folder : `${root}/${folder}`;
  const files = `${count} ${count === 1 ? 'file' : 'files'}`;
  const known = OTHER_TYPES.find((type) => type.folder === folder);
  const near = ALL_TYPES.find((type) => type.folder.toLowerCase() === folder.toLowerCase());
  if (known) return { source, why: `${files}: Liftlock does not manage ${known.what}` };
  return { source, why: `${files}: no folder of IAM-CTL${near ? `; it would be "${near.folder}"` : ''}` };
}

/** Everything beside a serverConfig.json is configuration. */
function isConfig(files: ReadonlyMap<string, string>, file: string): boolean {
  const folder = folderOf(file);
  return files.has(folder === '' ? SERVER_CONFIG : `${folder}/${SERVER_CONFIG}`) || /(^|\/)configs\//.test(file);
}

function relativeTo(root: string, file: string): string | undefined {
  if (root === '') return file;
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
}

function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
}
