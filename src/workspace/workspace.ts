import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { FileSource } from '../model/files';
import { failure, LiftlockError, type Place } from '../model/problem';
import type { JsonObject } from '../model/json';
import { readEnvironment, type Environment, type SharedValues } from './environment';
import { errorCode, fileFailure } from './file-errors';
import { nearestHint } from '../model/nearest';
import { Places } from './places';
import { placedIssues, schemaIssues } from './schema-issues';
import { settingsIssues, settingsSchema, type Settings } from './settings';
import { workTree } from './work-tree';
import { parseYaml } from './yaml';

export const SETTINGS_FILE = 'liftlock.yaml';

/** A folder with liftlock.yaml, its environments and its artifacts. */
export interface Workspace {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Where the files are read from: the folder, or a git revision of it. */
  readonly source: FileSource;
  readonly settings: Settings;
  /** liftlock.yaml as it was read, for positions. */
  readonly settingsFile: { readonly file: string; readonly text: string };
  /** Reads an environment by name; throws for one that does not exist or whose file has mistakes. */
  environment(name: string): Promise<Environment>;
  /** The same workspace as another source has it, such as a git revision. */
  at(source: FileSource): Promise<Workspace>;
}

/** Opens the workspace that a folder belongs to: the nearest one upwards with a liftlock.yaml. */
export async function openWorkspace(folder: string): Promise<Workspace> {
  const start = path.resolve(folder);
  const looked: string[] = [];
  for (let place = start; ; place = path.dirname(place)) {
    looked.push(place);
    if (await isFile(path.join(place, SETTINGS_FILE))) return readWorkspace(place, workTree(place));
    if (place === path.dirname(place)) break;
  }
  throw failure('no-workspace', `There is no ${SETTINGS_FILE} in ${start} or a folder above it`, {
    hint: `Run "liftlock init" to make a workspace, or change to the folder of one. Looked in: ${looked.join(', ')}.`,
  });
}

/** Reads a workspace from any source of files; `root` is the folder that its paths are relative to. */
export async function readWorkspace(root: string, source: FileSource): Promise<Workspace> {
  const text = await source.read(SETTINGS_FILE);
  if (text === undefined) {
    throw failure('no-workspace', `${source.label} has no ${SETTINGS_FILE}`, {
      hint: `Name a revision that has the workspace: git log --oneline -- ${SETTINGS_FILE}`,
    });
  }
  const settings = readSettings(text);
  return {
    root,
    source,
    settings,
    settingsFile: { file: SETTINGS_FILE, text },
    environment: async (name) => ({
      ...(await environmentNamed(name, root, source, settings)),
      shared: {
        file: SETTINGS_FILE,
        text,
        variables: settings.variables as JsonObject,
        artifacts: settings.artifacts as SharedValues['artifacts'],
      },
    }),
    at: (other) => readWorkspace(root, other),
  };
}

function readSettings(text: string): Settings {
  const file = SETTINGS_FILE;
  const { value, problems } = parseYaml(file, text);
  if (value === undefined) throw new LiftlockError(problems);
  const parsed = settingsSchema.safeParse(value ?? {});
  const issues = parsed.success ? settingsIssues(parsed.data) : schemaIssues(settingsSchema, value ?? {});
  if (parsed.success && issues.length === 0) return parsed.data;
  throw new LiftlockError(placedIssues(issues, new Places(file, text)));
}

async function environmentNamed(
  name: string,
  root: string,
  source: FileSource,
  settings: Settings,
): Promise<Environment> {
  if (!settings.environments.includes(name)) throw unknownEnvironment(name, settings.environments);
  const found = await environmentFile(name, source);
  if (!found) {
    throw failure(
      'missing-environment-file',
      `Environment "${name}" has no file environments/${name}.yaml in ${source.label}`,
      {
        environment: name,
        place: { file: SETTINGS_FILE },
        hint: `Create it with at least "url", or take "${name}" out of "environments" in ${SETTINGS_FILE}.`,
      },
    );
  }
  const { value, problems } = parseYaml(found.file, found.text);
  if (value === undefined) throw new LiftlockError(problems);
  const read = readEnvironment({ name, root, ...found }, value ?? {});
  if (!read.environment) throw new LiftlockError(read.problems);
  return withPath(read.environment, settings);
}

/** The environment below is the one before it in liftlock.yaml, unless its file says another. */
function withPath(environment: Environment, settings: Settings): Environment {
  const { promotesFrom, name } = environment;
  if (promotesFrom === undefined) {
    const below = settings.environments[settings.environments.indexOf(name) - 1];
    return below === undefined ? environment : { ...environment, promotesFrom: below };
  }
  if (settings.environments.includes(promotesFrom) && promotesFrom !== name) return environment;
  const place = new Places(environment.file, environment.text).ofValue(['promotesFrom']);
  if (promotesFrom === name) {
    throw failure('invalid-value', `Environment "${name}" cannot promote from itself`, { place, environment: name });
  }
  throw unknownEnvironment(promotesFrom, settings.environments, place);
}

async function environmentFile(name: string, source: FileSource): Promise<{ file: string; text: string } | undefined> {
  for (const extension of ['yaml', 'yml']) {
    const file = `environments/${name}.${extension}`;
    const text = await source.read(file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}

function unknownEnvironment(
  name: string,
  known: readonly string[],
  place: Place = { file: SETTINGS_FILE },
): LiftlockError {
  const hint = nearestHint(name, known);
  return failure('unknown-environment', `There is no environment "${name}" in ${SETTINGS_FILE}`, {
    place,
    ...(hint === undefined ? {} : { hint }),
  });
}

async function isFile(location: string): Promise<boolean> {
  try {
    return (await fs.stat(location)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw fileFailure(error, location, 'read');
  }
}
