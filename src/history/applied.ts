import { EXIT, errorProblem, failure, LiftlockError } from '../model/problem';
import { gitFailure } from './failures';
import type { Git } from './git';
import { resolveRevision } from './resolve';

/** The commit that the caller believes was applied last; `undefined` inside = it believes that none was. */
export interface ExpectedCommit {
  readonly commit: string | undefined;
}

/** The hash of the commit last applied to an environment; undefined when none was. */
export async function appliedCommit(git: Git, environment: string): Promise<string | undefined> {
  const ref = environmentRef('applied', environment);
  const answer = await git.attempt(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return answer.ok ? answer.text.trim() : undefined;
}

/**
 * Moves the applied ref of an environment to a commit by compare-and-set: when the ref is not (any more) what the
 * caller expects, nothing is moved and a refusal is thrown. Without `expected` it is compared with what it is now.
 */
export async function moveAppliedRef(
  git: Git,
  environment: string,
  commit: string,
  expected?: ExpectedCommit,
): Promise<void> {
  const target = await resolveRevision(git, commit);
  const before = expected ? expected.commit : await appliedCommit(git, environment);
  const old = before === undefined ? '' : await resolveRevision(git, before);
  const message = `liftlock: applied to ${environment}`;
  const answer = await git.attempt(['update-ref', '-m', message, environmentRef('applied', environment), target, old]);
  if (answer.ok) return;
  if (/but expected|already exists|unable to resolve reference/.test(answer.text)) throw movedMeanwhile(environment);
  throw gitFailure(`note what was applied to ${environment}`, answer.text);
}

function movedMeanwhile(environment: string): LiftlockError {
  const message = `Someone else moved the applied ref of ${environment} in the meantime; it was left as it is.`;
  const hint = `Make a new plan for ${environment}: it starts from what was applied now.`;
  return new LiftlockError(errorProblem('applied-moved', message, { environment, hint }), EXIT.refused);
}

/** A ref of an environment; the name has to be one component of a ref (git-check-ref-format). */
export function environmentRef(sort: 'applied' | 'state', environment: string): string {
  const wrong =
    environment === '' ||
    /[\s~^:?*[\]\\/\p{C}]|\.\.|@\{/u.test(environment) ||
    /^[.-]|\.$|\.lock$/.test(environment) ||
    environment === '@';
  if (wrong) {
    throw failure('environment-name', `"${environment}" cannot be the name of an environment: git could not keep it.`, {
      environment,
      hint: 'Use letters, digits, dashes and dots, starting with a letter.',
    });
  }
  return `refs/liftlock/${sort}/${environment}`;
}
