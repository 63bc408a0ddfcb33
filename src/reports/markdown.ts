import type { Count, Entry, Part, ReportDocument, Section } from './document';
import { documentOf } from './documents';
import { markdownText } from './escape';
import { entryBlock, entryLine, problemLine, remarkList } from './markdown-parts';
import type { Report } from './report';
import { counted } from './words';

/** GitHub's comments hold 65,536 characters; the rest is for whoever puts a frame around the report. */
export const LONGEST_MARKDOWN = 60_000;

/** Below this nothing more is added but the note of what was left out. */
const RESERVE = 2_000;

/** A report as Markdown for a comment on a pull request or an issue; never longer than LONGEST_MARKDOWN. */
export function renderMarkdown(report: Report): string {
  const document = documentOf(report);
  const room = { left: LONGEST_MARKDOWN - RESERVE, omitted: 0 };
  const parts = document.parts.flatMap((part) => partBlocks(part, document, room));
  const closing = document.closing === undefined ? [] : [`**${markdownText(document.closing)}**`];
  const note =
    room.omitted === 0
      ? []
      : [
          `> ${counted(room.omitted, 'more entry')} left out: there is no room for more here. The HTML and JSON reports hold all.`,
        ];
  return `${[`### ${markdownText(document.title)}`, ...parts, ...closing, ...note].join('\n\n')}\n`;
}

interface Room {
  left: number;
  omitted: number;
}

function partBlocks(part: Part, document: ReportDocument, room: Room): string[] {
  const title = document.parts.length > 1 || part.title !== undefined ? [`#### ${markdownText(part.title ?? '')}`] : [];
  const head = [...title, `**${markdownText(part.closing)}**`, countTable(part.counts)].filter((text) => text !== '');
  const taken = head.map((block) => take(block, room)).filter((block) => block !== undefined);
  return [...taken, ...part.sections.flatMap((section) => sectionBlocks(section, room))];
}

/** The block if there is room for it; else it is counted as left out. */
function take(block: string, room: Room): string | undefined {
  if (block.length + 2 > room.left) {
    room.omitted += 1;
    return undefined;
  }
  room.left -= block.length + 2;
  return block;
}

function countTable(counts: readonly Count[]): string {
  const shown = counts.filter(({ count, sign }) => count > 0 || sign !== 'skipped');
  if (shown.length === 0) return '';
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(shown.map(({ label }) => markdownText(label))),
    row(shown.map(() => '---:')),
    row(shown.map(({ count }) => String(count))),
  ].join('\n');
}

function sectionBlocks(section: Section, room: Room): string[] {
  if (section.type === 'entries') return entriesBlock(section.title, section.advice, section.entries, room);
  if (section.type === 'problems') {
    const lines = section.problems
      .map((problem) => take(problemLine(problem), room))
      .filter((line) => line !== undefined);
    return lines.length === 0 ? [] : [`**${section.title}**`, lines.join('\n')];
  }
  const count = section.groups.reduce((sum, { items }) => sum + items.length, 0);
  const advice = section.advice === undefined ? [] : [markdownText(section.advice)];
  const lists = section.groups.map((group) => take(remarkList(group), room)).filter((list) => list !== undefined);
  if (lists.length === 0) return [];
  return [folded(`${markdownText(section.title)} (${count})`, [...advice, ...lists], false)];
}

function entriesBlock(title: string, advice: string | undefined, entries: readonly Entry[], room: Room): string[] {
  const summary = `${markdownText(title)} (${entries.length})`;
  const frame = folded(summary, [], true).length + (advice?.length ?? 0) * 2;
  if (take(' '.repeat(frame), room) === undefined) {
    room.omitted += entries.length - 1;
    return [];
  }
  const blocks = entries.map((entry) => fittingBlock(entry, room)).filter((block) => block !== undefined);
  const isOpen = blocks.length > 0 && blocks.join('').length < 4_000;
  return [folded(summary, [...(advice === undefined ? [] : [markdownText(advice)]), ...blocks], isOpen)];
}

/** The whole entry, or at least its name. */
function fittingBlock(entry: Entry, room: Room): string | undefined {
  const block = entryBlock(entry);
  if (block.length + 2 <= room.left) return take(block, room);
  const line = `${entryLine(entry)} _(details left out)_`;
  return take(line, room);
}

function folded(summary: string, blocks: readonly string[], isOpen: boolean): string {
  return [`<details${isOpen ? ' open' : ''}><summary><b>${summary}</b></summary>`, ...blocks, '</details>'].join(
    '\n\n',
  );
}
