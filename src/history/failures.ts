import { failure, type LiftlockError } from '../model/problem';

interface KnownFailure {
  readonly signs: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const KNOWN: readonly KnownFailure[] = [
  {
    signs: /spawn git ENOENT|git: not found/,
    code: 'git-missing',
    message: 'git is not installed, or not on the PATH.',
    hint: 'Install git (https://git-scm.com) and try again.',
  },
  {
    signs: /Please tell me who you are|auto-detect email|empty ident name|no (?:email|name) was given/,
    code: 'git-identity-missing',
    message: 'git does not know who makes the commit.',
    hint: 'Run: git config user.name "Your Name" and: git config user.email you@example.com',
  },
  {
    signs: /Unable to create '[^']*\.lock'|index\.lock/,
    code: 'git-busy',
    message: 'Another git process is at work in this repository, or left its lock behind.',
    hint: 'Wait for it to end; if none is running, delete the .lock file that git names and try again.',
  },
  {
    signs: /dubious ownership/,
    code: 'repository-untrusted',
    message: 'The repository belongs to another user, so git refuses to read it.',
    hint: 'If you trust it, run: git config --global --add safe.directory <its folder>',
  },
  {
    signs: /cannot do a partial commit during/,
    code: 'git-merge-under-way',
    message: 'A merge, rebase or cherry-pick is under way, and git cannot commit some files only during it.',
    hint: 'Finish it or give it up (git status tells how), then try again.',
  },
  {
    signs: /not a git repository|must be run in a work tree/,
    code: 'not-a-repository',
    message: 'The workspace is not in a git work tree.',
    hint: 'Run: git init',
  },
];

/** The error for a git command that failed while `doing` something; `output` is all that git said. */
export function gitFailure(doing: string, output: string, hint?: string): LiftlockError {
  const known = KNOWN.find(({ signs }) => signs.test(output));
  if (known) return failure(known.code, known.message, { hint: known.hint });
  return failure('git-failed', `git could not ${doing}: ${lastLine(output)}`, {
    hint: hint ?? 'Run git status in the workspace to see what is in the way.',
  });
}

/** The last thing that git said, without its own label. */
function lastLine(output: string): string {
  const lines = output.split(/[\r\n]+/).map((line) => line.trim());
  const last = lines.findLast((line) => line !== '');
  return last?.replace(/^(?:fatal|error): /, '') ?? 'it gave no reason';
}
