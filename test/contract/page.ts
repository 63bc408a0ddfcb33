import { DIFFERENCES, OUTSIDE, rangeOf, RESPELLINGS } from './differences';
import { SET_OF } from './sets';

/** The part of docs/sandbox.md about the contract, all of it made from what the tests themselves go by. */
export function contractSection(): string {
  const sets = [...new Set(Object.values(SET_OF))].map((set) => {
    const versions = Object.entries(SET_OF).filter(([, of]) => of === set);
    return [versions.map(([version]) => version).join(', '), set === 'newest' ? 'newest, written after 7.3' : set];
  });
  const differences = DIFFERENCES.map((difference) => [
    rangeOf(difference),
    `\`${difference.operation}\``,
    `\`${difference.place}\``,
    difference.breach,
    difference.why,
    difference.source,
  ]);
  return [
    INTRO,
    table(['sandbox', 'OpenAPI files of WSO2 Identity Server'], sets),
    BELOW_SETS,
    table(['versions', 'operation', 'place', 'what', 'why', 'reference'], differences),
    BELOW_DIFFERENCES,
    ...OUTSIDE.map(({ what }) => `- ${what}`),
    '',
    ...RESPELLINGS.map(
      ({ contract, server, file, source }) =>
        `\`${file}\` spells \`${contract}\` what the server spells \`${server}\` (${source}); it is read as the server spells it.`,
    ),
    '',
  ].join('\n');
}

const INTRO = `Every request that Liftlock's own tests send to a sandbox, and every answer, is held against WSO2's OpenAPI files of the version: operation, parameters, bodies, status and media type. Properties that the files do not
declare are violations too. Of a refused request only the answer is checked. The tests read the files from \`../shared/contract\`, beside the repository; without that folder they say that nothing was validated.
`;

const BELOW_SETS = `
There are no older files of the user stores, of the list of authenticators, of the configurations of the server and, from 7.0, of the API resources: the newest ones count for all versions.

Nothing is left out but what this table lists: places in which the real server, and so the sandbox, does not do what the files say. A line that no test needs any more fails the run. \`*\` stands for any text; the last column names a
section of the developers' reference of the REST API.
`;

const BELOW_DIFFERENCES = `
The files do not describe, so nothing is checked of:
`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
