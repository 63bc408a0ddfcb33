import { openRepository } from '../history/repository';
import { warningProblem, type Problem } from '../model/problem';
import { isNarrowed, type Selection } from '../model/selection';

/** Files that decide what is desired. */
const DESIRED_FILES = ['liftlock.yaml', 'environments', 'artifacts'];

/**
 * After a verified run over everything, remembers the commit that was applied: the baseline of later drift checks.
 * Where it cannot (no git, uncommitted files, a narrowed run) it says what is then missing; that is no failure.
 */
export async function rememberApplied(root: string, environment: string, selection: Selection): Promise<Problem[]> {
  if (isNarrowed(selection)) {
    return [
      note(
        'Only a selection was applied, so the applied ref stays where it is.',
        'Run apply without a selection to move it.',
      ),
    ];
  }
  const { repository } = await openRepository(root);
  if (!repository) {
    return [
      note(
        'The workspace is not in a git repository, so drift can later not be told from pending changes.',
        'Put the workspace under git.',
      ),
    ];
  }
  const dirty = await repository.dirty(DESIRED_FILES);
  const head = await repository.head();
  if (dirty.length > 0 || head === undefined) {
    return [
      note(
        `The applied ref was not moved: ${uncommitted(dirty)} not committed.`,
        'Commit them and run apply again; it will have nothing to write.',
      ),
    ];
  }
  await repository.moveApplied(environment, head);
  return [];
}

const NAMED = 3;

function uncommitted(files: readonly string[]): string {
  if (files.length === 0) return 'the files are';
  const named = files.slice(0, NAMED).join(', ');
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return `${named}${more} ${files.length === 1 ? 'is' : 'are'}`;
}

function note(message: string, hint: string): Problem {
  return { ...warningProblem('applied-ref', message, { hint }), severity: 'info' };
}
