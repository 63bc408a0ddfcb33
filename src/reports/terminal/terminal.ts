import type { Entry, EntrySection, Part, RemarkGroup, RemarkSection, ReportDocument, Section } from '../document';
import { documentOf } from '../documents';
import type { Report } from '../report';
import { visible } from '../visible';
import { fold, foldMiddle, hanging, indented, span, wrap } from './layout';
import { lookOf, signOf, type Line, type Look, type TerminalOptions } from './look';
import { paint } from './paint';
import { hintLines, problemLines } from './problems';
import { rowLines } from './rows';
import { columns } from './width';

const EMPTY: Line = [];

/** A report as text for a terminal. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const look = lookOf(options);
  return paint(documentLines(documentOf(report), look), options);
}

function documentLines(document: ReportDocument, look: Look): Line[] {
  const [only] = document.parts;
  if (document.parts.length === 1 && only) {
    const title = only.title === undefined ? document.title : `${document.title}: ${only.title}`;
    return partLines({ ...only, title }, look);
  }
  const parts = document.parts.flatMap((part) => [...partLines(part, look), EMPTY]);
  return [...parts, ...(document.closing === undefined ? [] : boldLines(document.closing, look))];
}

function partLines(part: Part, look: Look): Line[] {
  const closing = boldLines(part.closing, look);
  if (part.sections.length === 0) return closing;
  const notes = part.notes.filter((note) => note !== '' && !(part.title ?? '').includes(note)).join(', ');
  const title = [span(part.title ?? '', 'bold'), span(notes === '' ? '' : `  ${notes}`, 'dim')];
  const sections = part.sections.flatMap((section) => [...sectionLines(section, look), EMPTY]);
  return [title, EMPTY, ...sections, ...closing];
}

function boldLines(text: string, look: Look): Line[] {
  return wrap(text, look.width).map((line) => [span(line, 'bold')]);
}

function sectionLines(section: Section, look: Look): Line[] {
  const heading = [span(section.title, 'bold')];
  if (section.type === 'problems') return [heading, ...problemLines(section.problems, look, 2)];
  const advice = section.advice === undefined ? [] : hanging([span('  ')], section.advice, 'dim', look.width);
  if (section.type === 'remarks') return [heading, ...advice, ...remarkLines(section, look)];
  return [heading, ...advice, ...entriesLines(section, look)];
}

function entriesLines(section: EntrySection, look: Look): Line[] {
  const names = section.entries.filter(({ note }) => note !== undefined).map(({ name }) => columns(visible(name)));
  const column = Math.min(Math.max(0, ...names), Math.floor(look.width / 2));
  return section.entries.flatMap((entry) => entryLines(entry, column, look));
}

function entryLines(entry: Entry, column: number, look: Look): Line[] {
  const sign = signOf(entry.sign, look.glyphs);
  const name = foldMiddle(visible(entry.name), look.width - 6, look);
  const signed = [span('  '), sign, span(' '), span(name, 'bold')];
  const rows = rowLines(entry.rows, entry.isNew === true, look);
  return [...headLines(signed, name, entry.note, column, look), ...hintLines(entry.hint, look, 6), ...rows];
}

/** The note stands beside the name where there is room, else below it. */
function headLines(signed: Line, name: string, note: string | undefined, column: number, look: Look): Line[] {
  if (note === undefined) return [signed];
  const used = signed.reduce((sum, { text }) => sum + columns(text), 0);
  const gap = Math.max(0, column - columns(name)) + 2;
  if (look.width - used - gap >= Math.min(24, columns(visible(note)))) {
    return hanging([...signed, span(' '.repeat(gap))], note, 'dim', look.width);
  }
  return [signed, ...hanging([span('      ')], note, 'dim', look.width)];
}

function remarkLines(section: RemarkSection, look: Look): Line[] {
  return section.groups.flatMap((group) => groupLines(group, section.shown, look));
}

/** A single remark on its own lines; more of one reason below that reason. */
function groupLines(group: RemarkGroup, shown: number, look: Look): Line[] {
  const { why, items } = group;
  const head =
    why === undefined
      ? []
      : hanging([span('  ')], `${why}${items.length > 1 ? ` (${items.length})` : ''}:`, 'plain', look.width);
  const indent = why === undefined ? 2 : 4;
  const lines = items.slice(0, look.full ? items.length : shown).map((item) => itemLine(item, indent, look));
  const more = items.length - lines.length;
  const rest = more > 0 ? [indented(indent, span(`${look.glyphs.more} and ${more} more`, 'dim'))] : [];
  return [...head, ...lines, ...rest];
}

/** The name keeps at least half of the line; the path gets what is left. */
function itemLine(item: { name: string; path?: string }, indent: number, look: Look): Line {
  const width = look.width - indent;
  const name = visible(item.name);
  if (item.path === undefined) return indented(indent, span(foldMiddle(name, width, look)));
  const shown = fold(name, Math.max(Math.floor(width / 2), width - 2 - columns(visible(item.path))), look);
  const path = foldMiddle(visible(item.path), width - columns(shown) - 2, look);
  return indented(indent, span(shown), span(`  ${path}`, 'dim'));
}
