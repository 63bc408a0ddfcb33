import type { Problem } from '../model/problem';
import type { Entry, Sign } from './document';
import { markup } from './escape';
import type { DiffLine } from './line-diff';
import { itemsOf, type ItemsRow, type Row, type TextRow, type ValueRow } from './rows';
import { counted, placeText } from './words';

const SIGNS: Readonly<Record<Sign, { readonly text: string; readonly title: string }>> = {
  add: { text: '+', title: 'added' },
  change: { text: '~', title: 'changed' },
  remove: { text: '−', title: 'removed' },
  ok: { text: '✓', title: 'done' },
  failed: { text: '✗', title: 'failed' },
  warning: { text: '!', title: 'warning' },
  skipped: { text: '–', title: 'skipped' },
  same: { text: '=', title: 'unchanged' },
};

const SEVERITIES = { error: 'remove', warning: 'change', info: 'quiet' } as const;

/** New artifacts and long changes start closed, so that the page can be read over. */
const MOST_OPEN_ROWS = 12;

/** The class that colours a sign. */
export function toneOf(sign: Sign): string {
  const tones: Readonly<Record<Sign, string>> = {
    add: 'add',
    change: 'change',
    remove: 'remove',
    ok: 'add',
    failed: 'remove',
    warning: 'change',
    skipped: 'quiet',
    same: 'quiet',
  };
  return tones[sign];
}

/** An artifact or check, its fields to unfold. */
export function entryHtml(entry: Entry): string {
  const { text, title } = SIGNS[entry.sign];
  const note = entry.note === undefined ? '' : `<span class="note">${markup(entry.note)}</span>`;
  const sign = `<span class="sign ${toneOf(entry.sign)}" title="${title}" role="img" aria-label="${title}">${text}</span>`;
  const head = `${sign}<span class="name">${markup(entry.name)}</span>${note}`;
  const hint = entry.hint === undefined ? '' : `<p class="hint">→ ${markup(entry.hint)}</p>`;
  if (entry.rows.length === 0) return `<div class="entry"><div class="summary">${head}</div>${hint}</div>`;
  const isOpen = entry.isNew !== true && entry.rows.length <= MOST_OPEN_ROWS;
  const rows = entry.rows.map((row) => rowHtml(row, entry.isNew === true)).join('\n');
  const table = `<table class="rows"><tbody>\n${rows}\n</tbody></table>`;
  return `<details class="entry"${isOpen ? ' open' : ''}><summary>${head}</summary>${hint}${table}</details>`;
}

function rowHtml(row: Row, isNew: boolean): string {
  if (row.type === 'label') return `<tr><th class="label" colspan="2">${markup(row.text)}</th></tr>`;
  const head = `<th scope="row">${markup(row.path).replaceAll('.', '.<wbr>')}</th>`;
  if (row.type === 'text') return `<tr>${head}<td class="text">${textHtml(row)}</td></tr>`;
  return `<tr>${head}<td>${row.type === 'items' ? itemsHtml(row) : valueHtml(row, isNew)}</td></tr>`;
}

function valueHtml(row: ValueRow, isNew: boolean): string {
  if (row.secret) return `<span class="quiet">${markup(row.secret)}</span>`;
  if (row.items) return itemsHtml({ ...row, type: 'items', items: itemsOf(row) });
  if (isNew) return markup(row.to ?? '');
  const old = row.from === undefined ? '' : `<del>${markup(row.from)}</del>`;
  const fresh = row.to === undefined ? '' : `<ins>${markup(row.to)}</ins>`;
  return [old, fresh].filter((part) => part !== '').join(' → ');
}

function itemsHtml(row: ItemsRow): string {
  const items = row.items.map(({ change, text }) => {
    return change === 'add' ? `<li><ins>+ ${markup(text)}</ins></li>` : `<li><del>− ${markup(text)}</del></li>`;
  });
  return `<ul class="items">${items.join('')}</ul>`;
}

function textHtml(row: TextRow): string {
  return `<pre tabindex="0">${row.lines.map(lineHtml).join('')}</pre>`;
}

function lineHtml(line: DiffLine): string {
  if (line.sign === 'gap') return `<span class="gap">… ${counted(line.count, 'unchanged line')}</span>`;
  const tone = line.sign === '+' ? 'add' : line.sign === '-' ? 'remove' : 'same';
  const text = line.text.split('\t').map(markup).join('\t');
  return `<span class="${tone}">${line.sign === '-' ? '−' : line.sign} ${text}</span>`;
}

/** A problem as an element of a list. */
export function problemHtml(problem: Problem): string {
  const where = problem.place ? placeText(problem.place) : (problem.artifact ?? problem.environment);
  const head = where === undefined ? '' : `<code>${markup(where)}</code> `;
  const hint = problem.hint === undefined ? '' : `<br><span class="quiet">→ ${markup(problem.hint)}</span>`;
  const severity = `<span class="severity ${SEVERITIES[problem.severity]}">${problem.severity === 'info' ? 'note' : problem.severity}</span>`;
  return `<li>${head}${severity} ${markup(problem.message)}${hint}</li>`;
}
