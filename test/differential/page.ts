import { EXPLAINED } from './explained';
import { UNCOMPARED } from './answers/frame';
import { NEWER_FIELDS } from './answers/newer-fields';
import { TOPICS } from './requests';

/** The part of docs/sandbox.md about the comparison with a real server, made from what the test itself goes by. */
export function comparisonSection(): string {
  const topics = Object.entries(TOPICS).map(([topic, steps]) => [topic, String(steps.length)]);
  const rows = EXPLAINED.map(({ methods, path, field, releases, evidence, reason, others, exchanges }) => [
    `${methods.join(', ')} \`${path}\``,
    `\`${field}\``,
    releases.join(', '),
    evidence,
    reason,
    others,
    String(exchanges),
  ]);
  return [
    INTRO,
    table(['requests about', 'number'], topics),
    BELOW_TOPICS,
    table(['endpoint', 'field', 'releases', 'evidence', 'reason', 'other releases', 'exchanges'], rows),
    BELOW_ROWS,
    table(['not compared', 'because'], [...UNCOMPARED.map(({ what, why }) => [what, why]), NEWER]),
    '',
  ].join('\n');
}

const NEWER = [
  `${NEWER_FIELDS.map((field) => `\`${field}\``).join(', ')}, of 6.1`,
  'The contract of 6.1.0 has it; the REST classes of the real server, 1.2.6, lie between 6.0.0 and 6.1.0 and do not.',
];

const INTRO = `\`npm run test:wso2\` sends the same requests to a server that runs the product's own management code (REST classes 1.2.6, identity framework 5.25.92) and to sandboxes of 6.0 and 6.1, in the same order, and compares status,
\`Content-Type\`, \`Location\`, \`Allow\` and \`Content-Disposition\`, and the whole body. Ids, dates, trace ids, addresses of the server, and client ids and secrets that a server made up are shown by a name first; exported XML is compared by its elements.
`;

const BELOW_TOPICS = `
So is an example of every shape of request (method, path, names in the query, fields of the body) that Liftlock's own tests send to a sandbox of 6.0 or 6.1: a share of them in each run, drawn by a number that the run prints and \`LIFTLOCK_SEED\` sets.
What such an example refers to is made first on both servers, and what it wrote is read afterwards.

A difference fails the test, unless this table explains it. No row explains a status, a code, a field that is missing or too many, a type, a number of elements or an order. A row that explains another number of exchanges than it says fails the test too.
\`/…\` stands for the path and all paths below it.
`;

const BELOW_ROWS = `
The rest of a real server is put together by us where the product's part is not in the registry. That says nothing about the product, and is not compared:
`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
