import { nearest } from '../model/nearest';
import { errorProblem, type Problem } from '../model/problem';

const LIST = '"liftlock help" lists all commands.';

/**
 * What to say about words that name no command: the nearest command, and how to list all. `words` are those of the
 * command line, `known` the ids of all commands (`env:check`).
 */
export function unknownCommand(words: readonly string[], known: readonly string[]): Problem {
  const named = words.filter((word, index) => word !== 'help' || index > 0);
  const given = named.some(isPlain) ? named.filter(isPlain) : named;
  const [first = '', second] = given;
  const names = known.map((id) => id.replaceAll(':', ' '));
  const whole = `${first} ${second ?? ''}`;
  // Oclif takes every word after a command of two words for a part of its name.
  if (names.includes(whole)) {
    const hint = `Run liftlock ${whole} --help to see what it takes.`;
    return errorProblem('usage', `Unexpected argument: ${given[2] ?? ''}`, { hint });
  }
  const below = names.filter((name) => name.startsWith(`${first} `));
  if (second !== undefined && below.length > 0) return unknownName(whole, below, `Known: ${below.join(', ')}. `);
  return unknownName(first, names, '', second === undefined ? undefined : whole);
}

const isPlain = (word: string): boolean => !word.startsWith('-');

function unknownName(given: string, names: readonly string[], otherwise: string, longer?: string): Problem {
  const found =
    (longer === undefined ? undefined : nearest(longer, names)) ?? nearest(given, names) ?? lastWord(given, names);
  const advice = found === undefined ? otherwise : `Did you mean "liftlock ${found}"? `;
  return errorProblem('unknown-command', `There is no command "${given}".`, { hint: `${advice}${LIST}` });
}

/** `check` for `env check`. */
function lastWord(given: string, names: readonly string[]): string | undefined {
  const wanted = nearest(
    given,
    names.map((name) => name.split(' ').at(-1) ?? ''),
  );
  return names.find((name) => name.split(' ').at(-1) === wanted);
}
