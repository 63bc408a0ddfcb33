import { COMMANDS } from '../../src/cli/entry';

/*
 * Help breaks lines at 80 columns and indents them by two; what is broken by hand must fit, or it is broken twice.
 */

interface Described {
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

const described = Object.entries(COMMANDS as Readonly<Record<string, Described>>);

test.each(described)('the help of %s reads well at 80 columns', (_id, { description = '', examples = [] }) => {
  const shown = examples.map((example) => String(example).replace('<%= config.bin %>', 'liftlock'));
  expect(description.split('\n').filter((line) => line.length > 78)).toEqual([]);
  expect(shown.filter((example) => example.length > 76)).toEqual([]);
});
