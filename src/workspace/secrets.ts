import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { errorProblem, LiftlockError, type Place, type Problem } from '../model/problem';
import { secretVariable } from '../substitution/secret-names';
import { parseDotenv } from './dotenv';
import { errorCode, fileFailure } from './file-errors';
import { utf8Text } from '../model/utf8';

/** Where secrets come from, in this order: process variables, a `.env` file, a folder of files, a command. */
export interface SecretSources {
  readonly environment?: { readonly prefix?: string };
  readonly file?: string;
  readonly folder?: string;
  readonly command?: readonly string[];
}

const DEFAULT_PREFIX = 'LIFTLOCK_SECRET_';
const AT_A_TIME = 8;
const TIMEOUT_MS = 30_000;

/** The parts of an environment that say where its secrets are. */
export interface SecretOwner {
  readonly name: string;
  /** Folder that relative paths start from. */
  readonly root: string;
  readonly secrets: SecretSources;
}

/** The secrets of an environment. */
export function secretStore(
  environment: SecretOwner,
  processVariables: Readonly<Record<string, string | undefined>>,
  isTracked: IsTracked = () => Promise.resolve(false),
): SecretStore {
  return new SecretStore(environment, processVariables, isTracked);
}

/** Tells whether git tracks a file. */
type IsTracked = (file: string) => Promise<boolean>;

/** Looks secrets up, each name once. Values are held in memory only and appear in no message. */
export class SecretStore {
  private readonly known = new Map<string, Promise<string | undefined>>();
  private dotenv?: Promise<ReadonlyMap<string, string>>;

  constructor(
    private readonly environment: SecretOwner,
    private readonly processVariables: Readonly<Record<string, string | undefined>>,
    private readonly isTracked: IsTracked,
  ) {}

  /** The values of the names; undefined for those that no source has. Throws what went wrong, all at once. */
  async resolve(names: Iterable<string>): Promise<Map<string, string | undefined>> {
    const wanted = [...new Set(names)];
    const values = new Map<string, string | undefined>();
    const problems: Problem[] = [];
    const waiting = [...wanted];
    const worker = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        try {
          values.set(name, await this.once(name));
        } catch (error) {
          if (!(error instanceof LiftlockError)) throw error;
          problems.push(...error.problems);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_A_TIME, wanted.length) }, worker));
    // One unreadable file concerns every secret: it is told once.
    const told = [...new Map(problems.map((problem) => [problem.message, problem])).values()];
    if (told.length > 0) throw new LiftlockError(told.sort((a, b) => (a.message < b.message ? -1 : 1)));
    return new Map(wanted.map((name) => [name, values.get(name)]));
  }

  private once(name: string): Promise<string | undefined> {
    const known = this.known.get(name) ?? this.lookUp(name);
    this.known.set(name, known);
    return known;
  }

  private async lookUp(name: string): Promise<string | undefined> {
    // Names of placeholders have no slashes; a name of dots alone would still lead out of the folder.
    if (!/^[A-Za-z0-9_.-]+$/.test(name) || /^\.+$/.test(name)) {
      throw this.failure(
        'invalid-name',
        `"${name}" cannot be the name of a secret`,
        'Use letters, digits, "_", "." and "-".',
      );
    }
    const variable = (this.environment.secrets.environment?.prefix ?? DEFAULT_PREFIX) + secretVariable(name);
    const { [variable]: value } = this.processVariables;
    // CI systems set what they do not have to an empty text.
    if (value !== undefined && value !== '') return value;
    return (await this.fromFile(variable)) ?? (await this.fromFolder(name)) ?? (await this.fromCommand(name));
  }

  private async fromFile(variable: string): Promise<string | undefined> {
    const { file } = this.environment.secrets;
    if (file === undefined) return undefined;
    const values = await (this.dotenv ??= this.readDotenv(file));
    const value = values.get(variable);
    return value === '' ? undefined : value;
  }

  /** The whole file, once. A file that git tracks is refused: its secrets would be in the history. */
  private async readDotenv(file: string): Promise<ReadonlyMap<string, string>> {
    if (await this.isTracked(file)) {
      const hint = `Take it out with "git rm --cached ${file}", add it to .gitignore, and change the secrets in it.`;
      throw this.failure('secret-file-tracked', `${file} holds secrets, but git tracks it`, hint, { file });
    }
    try {
      const read = parseDotenv(file, utf8Text(file, await fs.readFile(path.resolve(this.environment.root, file))));
      if (read.problems.length > 0) throw new LiftlockError(read.problems);
      return read.values;
    } catch (error) {
      // A file of each developer's own need not be there in CI.
      if (errorCode(error) === 'ENOENT') return new Map();
      throw error instanceof LiftlockError ? error : fileFailure(error, file, 'read');
    }
  }

  private async fromFolder(name: string): Promise<string | undefined> {
    const { folder } = this.environment.secrets;
    if (folder === undefined) return undefined;
    const file = path.join(path.resolve(this.environment.root, folder), name);
    try {
      return withoutLineEnd(utf8Text(path.join(folder, name), await fs.readFile(file)));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw fileFailure(error, path.join(folder, name), 'read');
    }
  }

  private async fromCommand(name: string): Promise<string | undefined> {
    const [program, ...parameters] = this.environment.secrets.command ?? [];
    if (program === undefined) return undefined;
    const words = parameters.map((word) => word.replaceAll('{name}', name));
    const env = { ...this.processVariables };
    const options = {
      cwd: this.environment.root,
      env,
      timeout: TIMEOUT_MS,
      maxBuffer: 1 << 20,
      encoding: 'utf8',
    } as const;
    return new Promise((resolve, reject) => {
      const child = execFile(program, words, options, (error, output) => {
        // The error of execFile holds the output: it is not passed on.
        if (error) reject(this.commandFailure(name, program, error));
        else resolve(output === '' ? undefined : withoutLineEnd(output));
      });
      child.stdin?.end();
    });
  }

  private commandFailure(
    name: string,
    program: string,
    error: Error & { code?: unknown; killed?: boolean },
  ): LiftlockError {
    const ended = typeof error.code === 'number' ? `ended with exit code ${error.code}` : 'could not be run';
    const how = error.killed ? `gave no answer within ${TIMEOUT_MS / 1000} seconds` : ended;
    const reason = error.code === 'ENOENT' ? 'was not found' : how;
    return this.failure(
      'secret-command-failed',
      `The command "${program}" for the secret "${name}" ${reason}`,
      'Run it yourself to see why; its output is not shown here because it may hold secrets.',
    );
  }

  private failure(
    code: string,
    message: string,
    hint: string,
    place: Place = { file: `environments/${this.environment.name}.yaml` },
  ): LiftlockError {
    const { name } = this.environment;
    return new LiftlockError(errorProblem(code, message, { environment: name, place, hint }));
  }
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
