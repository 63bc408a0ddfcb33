import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { failure, type LiftlockError } from '../../model/problem';
import { nodeError } from '../node-error';
import type { Site } from '../site';
import type { Authorizer } from './authorizer';

const COMMAND_TIMEOUT_MS = 60_000;

export interface BearerSource {
  readonly command?: readonly string[];
  readonly file?: string;
}

export interface BearerSurroundings {
  readonly site: Site;
  readonly signal: AbortSignal;
  /** Environment of the command. */
  readonly variables?: NodeJS.ProcessEnv;
}

/** Bearer tokens that somebody else provides. Read once, and once more after a 401. */
class BearerAuthorizer implements Authorizer {
  private current: Promise<string> | undefined;

  constructor(
    private readonly site: Site,
    private readonly read: () => Promise<string>,
    private readonly source: string,
  ) {}

  header(): Promise<string> {
    this.current ??= this.load();
    return this.current;
  }

  /** The same token again would only be rejected again. */
  async renew(rejected: string): Promise<boolean> {
    if ((await this.header()) === rejected) this.current = this.load();
    return (await this.header()) !== rejected;
  }

  async grantedScopes(): Promise<undefined> {
    return undefined;
  }

  hint(status: number): string | undefined {
    if (status === 401)
      return `The token from ${this.source} was rejected: get a new one for ${this.site.environment}.`;
    if (status === 403)
      return `The token from ${this.source} lacks a scope or permission for this on ${this.site.environment}.`;
    return undefined;
  }

  private async load(): Promise<string> {
    const token = (await this.read()).trim();
    // RFC 6750, 2.1, taken a little wider; anything else cannot stand in a header.
    if (!/^[\x21-\x7e]+$/.test(token)) {
      const what = token === '' ? 'is empty' : 'is not one word of printable characters';
      throw failure('token-unusable', `${this.site.environment}: the token from ${this.source} ${what}.`, {
        environment: this.site.environment,
        hint: 'It must deliver the bare access token and nothing else.',
      });
    }
    this.site.keepSecret(token);
    return `Bearer ${token}`;
  }
}

/**
 * Tokens from a command (argument list, no shell) or a file. What either delivers appears in no error.
 * @throws {LiftlockError} `auth-invalid` unless exactly one of the two is given. Reading may fail with `token-command-failed`,
 * `token-file-unreadable` or `token-unusable`.
 */
export function bearerAuthorizer(source: BearerSource, surroundings: BearerSurroundings): Authorizer {
  const { site } = surroundings;
  const { command, file } = source;
  const [program, ...parameters] = command ?? [];
  if (program !== undefined && file === undefined) {
    // The arguments may hold secrets; the program's name does not.
    const shown = `the command ${site.clean(program, 120)}`;
    return new BearerAuthorizer(site, () => run(program, parameters, surroundings), shown);
  }
  if (file !== undefined && command === undefined) {
    return new BearerAuthorizer(site, () => readToken(file, site), `the file ${file}`);
  }
  throw failure('auth-invalid', `${site.environment}: bearer authentication needs either a command or a file.`, {
    environment: site.environment,
    hint: 'Set auth.command (a list: program and arguments) or auth.file in the environment file.',
  });
}

async function run(program: string, parameters: readonly string[], surroundings: BearerSurroundings): Promise<string> {
  const { site, signal, variables } = surroundings;
  try {
    const { stdout } = await promisify(execFile)(program, [...parameters], {
      timeout: COMMAND_TIMEOUT_MS,
      maxBuffer: 1_048_576,
      windowsHide: true,
      encoding: 'utf8',
      signal,
      env: variables,
    });
    return stdout;
  } catch (error) {
    // The error of execFile quotes the arguments and the output; nothing of it is passed on but the exit.
    throw commandFailed(site, program, signal.aborted ? 'was interrupted' : howItEnded(error));
  }
}

function commandFailed(site: Site, program: string, how: string): LiftlockError {
  return failure(
    how === 'was interrupted' ? 'interrupted' : 'token-command-failed',
    `${site.environment}: the token command ${site.clean(program, 120)} ${how}.`,
    {
      environment: site.environment,
      hint: 'Run the command yourself: it must exit with 0 and print the access token.',
    },
  );
}

function howItEnded(error: unknown): string {
  const { code, killed, signal } = nodeError(error);
  if (code === 'ENOENT') return 'was not found';
  if (code === 'EACCES') return 'may not be executed';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed far more than a token';
  if (typeof code === 'number') return `ended with exit code ${code}`;
  if (killed) return `took longer than ${COMMAND_TIMEOUT_MS / 1000} s`;
  return signal === undefined ? 'could not be run' : `was ended by ${signal}`;
}

async function readToken(file: string, site: Site): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw failure(
      'token-file-unreadable',
      `${site.environment}: the token file ${file} cannot be read (${nodeError(error).code}).`,
      {
        environment: site.environment,
        hint: 'Check auth.file in the environment file and the permissions of the file.',
      },
    );
  }
}
