import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { Kind } from '../model/kind';
import { errorProblem, LiftlockError, type Problem } from '../model/problem';
import { isServerUrl, type Environment } from './environment';
import { errorCode, fileFailure } from './file-errors';
import { schemaComment } from './schema-line';
import { ENVIRONMENT_SCHEMA_FILE, schemaFiles, SETTINGS_SCHEMA_FILE } from './schemas';
import { settingsSchema } from './settings';
import { SETTINGS_FILE } from './workspace';
import { writeFiles, type FileChange } from './writing';
import { schemaIssues } from './schema-issues';
import { yamlText } from './yaml-text';
import type { JsonObject } from '../model/json';

/** What a new workspace is made from. */
export interface InitOptions {
  readonly product: string;
  /** The promotion path, lowest first. */
  readonly environments: readonly NewEnvironment[];
  readonly auth: NonNullable<Environment['auth']>['type'];
  /** Further fields of liftlock.yaml. */
  readonly settings?: JsonObject;
  /** Artifacts to begin with. */
  readonly artifacts?: readonly FileChange[];
}

interface NewEnvironment {
  readonly name: string;
  readonly url: string;
  readonly tenant?: string;
  /** Everything that its file says, where that is known; credentials by reference. */
  readonly document?: JsonObject;
}

/**
 * Makes a new workspace with folders and JSON Schemas for the kinds; nothing that exists is overwritten. Returns the
 * files written.
 */
export async function initWorkspace(root: string, options: InitOptions, kinds: readonly Kind[]): Promise<string[]> {
  const names = options.environments.map(({ name }) => name);
  const settings = { product: options.product, environments: names, ...options.settings };
  const issues = schemaIssues(settingsSchema, settings);
  if (issues.length > 0) throw new LiftlockError(issues.map(({ code, message }) => nameProblem(code, message, names)));
  refuseUrls(options.environments);
  const files: FileChange[] = [
    { path: SETTINGS_FILE, text: settingsText(settings) },
    ...options.environments.map((environment) => ({
      path: `environments/${environment.name}.yaml`,
      text: environmentText(environment, options.auth),
    })),
    ...(options.artifacts ?? []),
  ];
  await refuseOverwriting(root, files);
  await makeFolders(root, kinds);
  const ignored = await gitIgnore(root);
  const results = await writeFiles(root, [
    ...files,
    ...ignored,
    ...schemaFiles(kinds, { products: [options.product] }),
  ]);
  return [...results]
    .filter(([, result]) => result !== 'unchanged')
    .map(([file]) => file)
    .sort();
}

/** The names come from the command line or from folders: the user has not seen the list in liftlock.yaml. */
function nameProblem(code: string, message: string, names: readonly string[]): Problem {
  const said = message.replace(/^"environments\[(\d+)\]"/, (_, index) => `The name "${names[Number(index) - 1]}"`);
  return errorProblem(code, said, { hint: 'Give each environment a name of its own, such as dev.' });
}

function refuseUrls(environments: readonly NewEnvironment[]): void {
  const problems = environments
    .filter(({ url, document }) => !document && !url.includes('{{') && !isServerUrl(url))
    .map(({ url }) =>
      errorProblem('invalid-url', `"${url}" is no address of a server`, {
        hint: 'Write http or https, host and port, such as https://is.example.com:9443.',
      }),
    );
  if (problems.length > 0) throw new LiftlockError(problems);
}

function settingsText(settings: JsonObject): string {
  return [
    schemaComment(SETTINGS_SCHEMA_FILE),
    '# The promotion path is "environments", lowest first.',
    yamlText(settings),
  ].join('\n');
}

function environmentText({ name, url, tenant, document }: NewEnvironment, type: InitOptions['auth']): string {
  const schema = schemaComment(`../${ENVIRONMENT_SCHEMA_FILE}`);
  if (document) return `${schema}\n${yamlText(document)}`;
  const prefix = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  const reference = (what: string): string => `{{env:${prefix}_${what}}}`;
  const auth: JsonObject = {
    'client-credentials': { type, clientId: reference('CLIENT_ID'), clientSecret: reference('CLIENT_SECRET') },
    basic: { type, username: reference('USERNAME'), password: reference('PASSWORD') },
    bearer: { type, file: reference('TOKEN_FILE') },
  }[type];
  const value: JsonObject = { url, tenant: tenant ?? 'carbon.super', auth, variables: {} };
  return `${schema}\n${yamlText(value)}`;
}

async function refuseOverwriting(root: string, files: readonly FileChange[]): Promise<void> {
  const found = await Promise.all(
    files.map(async (file) => ((await exists(path.join(root, file.path))) ? [file.path] : [])),
  );
  // A whole workspace that is in the way is one finding, not one for each artifact.
  const isWorkspace = found.flat().includes(SETTINGS_FILE);
  const named = found.flat().filter((file) => !isWorkspace || !file.startsWith('artifacts/'));
  const problems = named.map((file) =>
    errorProblem('workspace-exists', `${file} exists already and was not overwritten`, {
      place: { file },
      hint: 'Choose another folder, or delete the file first.',
    }),
  );
  if (problems.length > 0) throw new LiftlockError(problems);
}

async function makeFolders(root: string, kinds: readonly Kind[]): Promise<void> {
  const folders = ['', ...kinds.map((kind) => `artifacts/${kind.folder}`)];
  for (const folder of folders) {
    try {
      await fs.mkdir(path.join(root, folder), { recursive: true });
    } catch (error) {
      throw fileFailure(error, folder, 'write');
    }
  }
}

const IGNORED = ['.liftlock/', '.liftlock-*.tmp'];

/** Runs hold backups with secrets: they must not be committed. */
async function gitIgnore(root: string): Promise<FileChange[]> {
  const file = '.gitignore';
  const old = await fs.readFile(path.join(root, file), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw fileFailure(error, file, 'read');
  });
  const lines = old.split(/\r?\n/);
  const missing = IGNORED.filter((line) => !lines.includes(line));
  if (missing.length === 0) return [];
  const start = old === '' || old.endsWith('\n') ? old : `${old}\n`;
  return [{ path: file, text: `${start}${missing.join('\n')}\n` }];
}

async function exists(location: string): Promise<boolean> {
  return fs.lstat(location).then(
    () => true,
    (error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
      throw fileFailure(error, location, 'read');
    },
  );
}
