import type { Problem } from '../model/problem';
import type { Entry, RemarkGroup, Sign } from './document';
import { markdownCode, markdownText } from './escape';
import type { DiffLine } from './line-diff';
import { itemsOf, type Row, type ValueRow } from './rows';
import { visible } from './visible';
import { counted, placeText } from './words';

const SIGNS: Readonly<Record<Sign, string>> = {
  add: '➕',
  change: '✏️',
  remove: '➖',
  ok: '✅',
  failed: '❌',
  warning: '⚠️',
  skipped: '⏭️',
  same: '▫️',
};

const SEVERITIES: Readonly<Record<Problem['severity'], string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };

/** An entry in one line: sign, name and note. */
export function entryLine(entry: Entry): string {
  const note = entry.note === undefined ? '' : ` ${markdownText(entry.note)}`;
  const hint = entry.hint === undefined ? '' : `<br>→ ${markdownText(entry.hint)}`;
  return `${SIGNS[entry.sign]} ${markdownCode(entry.name)}${note}${hint}`;
}

/** An entry with its fields as a diff. */
export function entryBlock(entry: Entry): string {
  const main = entry.isNew === true ? entry.rows.filter((row) => row.type !== 'value' || !row.isBlank) : entry.rows;
  const blank = entry.rows.length - main.length;
  const lines = [...main.flatMap(rowLines), ...(blank > 0 ? [`# and ${counted(blank, 'field')} off or empty`] : [])];
  if (lines.length === 0) return entryLine(entry);
  return `${entryLine(entry)}\n\n${fenced(lines)}`;
}

/** A fence longer than any run of backticks inside it. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...lines, fence].join('\n');
}

function rowLines(row: Row): string[] {
  if (row.type === 'label') return [`# ${visible(row.text)}`];
  const head = `@@ ${visible(row.path)} @@`;
  if (row.type === 'text') return [head, ...row.lines.map(textLine)];
  if (row.type === 'items') return [head, ...row.items.map(({ change, text }) => signed(change, text))];
  return [head, ...valueLines(row)];
}

function valueLines(row: ValueRow): string[] {
  if (row.secret) return [`! ${row.secret}`];
  if (row.items) return itemsOf(row).map(({ change, text }) => signed(change, text));
  return [
    ...(row.from === undefined ? [] : [signed('remove', row.from)]),
    ...(row.to === undefined ? [] : [signed('add', row.to)]),
  ];
}

function textLine(line: DiffLine): string {
  if (line.sign === 'gap') return `# ${counted(line.count, 'unchanged line')}`;
  return `${line.sign} ${visible(line.text)}`;
}

function signed(change: 'add' | 'remove', text: string): string {
  return `${change === 'add' ? '+' : '-'} ${visible(text)}`;
}

/** A reason and what it concerns, as a list. */
export function remarkList({ why, items }: RemarkGroup): string {
  const lines = items.map(({ name, path }) => {
    return `- ${markdownCode(name)}${path === undefined ? '' : ` ${markdownCode(path)}`}`;
  });
  const list = lines.join('\n');
  return why === undefined ? list : `${markdownText(why)} (${items.length}):\n\n${list}`;
}

/** A problem as an element of a list. */
export function problemLine(problem: Problem): string {
  const where = problem.place ? placeText(problem.place) : (problem.artifact ?? problem.environment);
  const head = where === undefined ? '' : `${markdownCode(where)}: `;
  const hint = problem.hint === undefined ? '' : `<br>→ ${markdownText(problem.hint)}`;
  return `- ${SEVERITIES[problem.severity]} ${head}${markdownText(problem.message)}${hint}`;
}
