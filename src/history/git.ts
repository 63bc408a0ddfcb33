import { gitFailure } from './failures';
import { GIT_SETTINGS, gitEnvironment } from './environment';

/** How one git command ended: its output, or what it said when it failed. */
interface GitAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** Runs git in one folder. */
export interface Git {
  readonly folder: string;
  /** Runs a command; a failure is an answer, not an exception. */
  attempt(args: readonly string[]): Promise<GitAnswer>;
  /** The output of a command; LiftlockError when it fails while `doing` that. */
  text(args: readonly string[], doing: string, hint?: string): Promise<string>;
}

/** Long lists of paths are handed over in pieces: command lines have a limit (32,767 characters on Windows). */
const LONGEST_PATHS = 20_000;

/**
 * What simple-git asks to be allowed because it can run programs. All of it can only come from the user's own git
 * settings in environment variables (`GIT_CONFIG_GLOBAL`, `GIT_CONFIG_COUNT`), never from a workspace.
 */
const FROM_USERS_OWN_SETTINGS = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeTemplateDir: true,
};

/** Git for a folder that exists. */
export async function gitIn(folder: string): Promise<Git> {
  const { simpleGit } = await import('simple-git');
  const client = simpleGit({
    baseDir: folder,
    config: GIT_SETTINGS,
    unsafe: FROM_USERS_OWN_SETTINGS,
    errors: (error, { exitCode, stdOut, stdErr }) =>
      exitCode === 0 ? undefined : (error ?? Buffer.concat([...stdOut, ...stdErr])),
  }).env(gitEnvironment(process.env));

  const attempt = async (args: readonly string[]): Promise<GitAnswer> => {
    try {
      return { ok: true, text: await client.raw([...args]) };
    } catch (error) {
      return { ok: false, text: error instanceof Error ? error.message : String(error) };
    }
  };
  const text = async (args: readonly string[], doing: string, hint?: string): Promise<string> => {
    const answer = await attempt(args);
    if (!answer.ok) throw gitFailure(doing, answer.text, hint);
    return answer.text;
  };
  return { folder, attempt, text };
}

/** The parts of a NUL-terminated list. */
export function splitNul(text: string): string[] {
  return text.split('\0').filter((part) => part !== '');
}

/** Runs one command for many paths, in as many calls as the length of command lines demands; outputs joined. */
export async function forPaths(
  git: Git,
  args: readonly string[],
  paths: readonly string[],
  doing: string,
): Promise<string> {
  const outputs: string[] = [];
  for (const some of pieces(paths)) outputs.push(await git.text([...args, '--', ...some], doing));
  return outputs.join('');
}

function pieces(paths: readonly string[]): string[][] {
  const result: string[][] = [];
  let length = Infinity;
  for (const path of paths) {
    length += path.length + 3;
    if (length > LONGEST_PATHS) {
      result.push([]);
      length = path.length + 3;
    }
    result.at(-1)?.push(path);
  }
  return result;
}
