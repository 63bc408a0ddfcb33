import { unknownCommand } from '../../src/cli/unknown-command';

const KNOWN = ['apply', 'env:check', 'env:list', 'parameterize', 'plan', 'promote', 'sandbox:start'];

function told(...words: string[]): string {
  const { message, hint } = unknownCommand(words, KNOWN);
  return `${message} ${hint}`;
}

describe('an unknown command is named, with the nearest one', () => {
  const LIST = '"liftlock help" lists all commands.';

  test.each<[string, string[], string]>([
    ['a slip of the finger', ['paln', 'prod'], `There is no command "paln". Did you mean "liftlock plan"? ${LIST}`],
    [
      'another spelling',
      ['parameterise', 'dev'],
      `There is no command "parameterise". Did you mean "liftlock parameterize"? ${LIST}`,
    ],
    ['nothing like it', ['frobnicate'], `There is no command "frobnicate". ${LIST}`],
    ['a flag in its place', ['--hlp'], `There is no command "--hlp". ${LIST}`],
    [
      'a slip in the second word',
      ['env', 'chek', 'prod'],
      `There is no command "env chek". Did you mean "liftlock env check"? ${LIST}`,
    ],
    [
      'a second word like no other',
      ['env', 'zzzzzz'],
      `There is no command "env zzzzzz". Known: env check, env list. ${LIST}`,
    ],
    [
      'a slip in the first of two',
      ['sandbxo', 'start'],
      `There is no command "sandbxo". Did you mean "liftlock sandbox start"? ${LIST}`,
    ],
    ['the second word alone', ['check'], `There is no command "check". Did you mean "liftlock env check"? ${LIST}`],
    [
      'two words written as one',
      ['env-list'],
      `There is no command "env-list". Did you mean "liftlock env list"? ${LIST}`,
    ],
    ['help about it', ['help', 'paln'], `There is no command "paln". Did you mean "liftlock plan"? ${LIST}`],
    ['flags around it', ['paln', '--json'], `There is no command "paln". Did you mean "liftlock plan"? ${LIST}`],
  ])('%s', (_what, words, expected) => {
    expect(told(...words)).toBe(expected);
  });

  test('a word too many after a command of two words is told as that', () => {
    expect(told('sandbox', 'start', 'prod')).toBe(
      'Unexpected argument: prod Run liftlock sandbox start --help to see what it takes.',
    );
  });
});
