import type { Difference } from '../../model/difference';
import type { DiffLine } from '../line-diff';
import { itemsOf, type ItemsRow, type Row, type TextRow, type ValueRow } from '../rows';
import { visible } from '../visible';
import { counted } from '../words';
import { breakText, fold, foldMiddle, foldPair, indented, span, wrapPath } from './layout';
import type { Line, Look, Span } from './look';
import { columns } from './width';

/** Where fields stand below their artifact, and where values stand that have no room beside their field. */
const INDENT = 6;
const VALUE_INDENT = 8;

/** Most fields shown of a new artifact, and most lines of one text or list. */
const NEW_FIELDS = 24;
const TEXT_LINES = 16;
const ITEMS = 20;
const ITEM_LINES = 3;

/** Most of the width that paths may take before their values go below them. */
const WIDEST_COLUMN = 0.65;

/** The lines below an artifact: its fields, aligned. Of a new one the main fields only. */
export function rowLines(rows: readonly Row[], isNew: boolean, look: Look): Line[] {
  const main =
    isNew && !look.full ? rows.filter((row) => row.type !== 'value' || !row.isBlank).slice(0, NEW_FIELDS) : rows;
  const column = columnOf(main, isNew, look);
  const lines = main.flatMap((row) => linesOf(row, column, isNew, look));
  const left = rows.length - main.length;
  if (left === 0) return lines;
  return [...lines, indented(INDENT, span(`${look.glyphs.more} and ${counted(left, 'more field')}`, 'dim'))];
}

/** The common column of values: where most of them have room beside their paths. */
function columnOf(rows: readonly Row[], isNew: boolean, look: Look): number {
  const room = look.width - INDENT - 2;
  const sizes = rows
    .filter((row) => row.type === 'value')
    .map((row) => ({ path: columns(visible(row.path)), value: widthOf(valueSpans(row, isNew, look)) }));
  const beside = (column: number): number =>
    sizes.filter(({ path, value }) => path <= column && value <= room - column).length;
  const candidates = [...new Set(sizes.map(({ path }) => path))].filter((path) => path <= room * WIDEST_COLUMN);
  return candidates.reduce((best, one) => (beside(one) > beside(best) ? one : best), 0);
}

function linesOf(row: Row, column: number, isNew: boolean, look: Look): Line[] {
  if (row.type === 'label') return [indented(INDENT, span(fold(visible(row.text), look.width - INDENT, look), 'dim'))];
  if (row.type === 'text') return [...pathLines(row.path, look), ...textLines(row, isNew, look)];
  if (row.type === 'items') return [...pathLines(row.path, look), ...itemLines(row.items, look)];
  return valueLines(row, column, isNew, look);
}

function pathLines(path: string, look: Look): Line[] {
  return wrapPath(path, look.width - INDENT).map((line) => indented(INDENT, span(line)));
}

function valueLines(row: ValueRow, column: number, isNew: boolean, look: Look): Line[] {
  const path = visible(row.path);
  const gap = ' '.repeat(Math.max(0, column - columns(path)) + 2);
  const value = valueSpans(row, isNew, look);
  if (columns(path) <= column && widthOf(value) <= look.width - INDENT - column - 2) {
    return [indented(INDENT, span(path), span(gap), ...value)];
  }
  if (widthOf(value) <= look.width - VALUE_INDENT) {
    return [...pathLines(row.path, look), indented(VALUE_INDENT, ...value)];
  }
  return [...pathLines(row.path, look), ...(row.items ? itemLines(itemsOf(row), look) : foldedLines(row, look))];
}

function widthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + columns(text), 0);
}

/** The value on one line. In a new artifact every field is an addition, so that goes without a sign. */
function valueSpans(row: ValueRow, isNew: boolean, look: Look): Span[] {
  const { change, from, to, secret } = row;
  if (secret) return [span(secret, isNew ? 'dim' : toneOf(change))];
  if (change === 'change') {
    return [span(from ?? '', 'remove'), span(` ${look.glyphs.arrow} `, 'dim'), span(to ?? '', 'add')];
  }
  const text = (change === 'add' ? to : from) ?? '';
  return isNew ? [span(text)] : [signSpan(change, look), span(text, toneOf(change))];
}

/** Old and new below each other, cut so that the difference stays in sight. */
function foldedLines(row: ValueRow, look: Look): Line[] {
  const room = look.width - VALUE_INDENT - 2;
  const [from, to] = foldPair(visible(row.from ?? ''), visible(row.to ?? ''), room, look);
  const line = (change: 'add' | 'remove', text: string): Line =>
    indented(VALUE_INDENT, signSpan(change, look), span(text, toneOf(change)));
  return [
    ...(row.change === 'add' ? [] : [line('remove', from)]),
    ...(row.change === 'remove' ? [] : [line('add', to)]),
  ];
}

function itemLines(items: ItemsRow['items'], look: Look): Line[] {
  const room = look.width - VALUE_INDENT - 2;
  const shown = look.full ? items : items.slice(0, ITEMS);
  const lines = shown.flatMap(({ change, text }) => {
    const [first = '', ...rest] = broken(foldMiddle(visible(text), room * ITEM_LINES, look), room, look);
    const tone = toneOf(change);
    return [
      indented(VALUE_INDENT, signSpan(change, look), span(first, tone)),
      ...rest.map((line) => indented(VALUE_INDENT + 2, span(line, tone))),
    ];
  });
  return [...lines, ...moreLine(items.length - shown.length, 'element', look)];
}

function textLines(row: TextRow, isNew: boolean, look: Look): Line[] {
  const most = look.full ? Infinity : isNew ? 3 : TEXT_LINES;
  const shown = firstChanges(row.lines, most);
  const lines = shown.flatMap((line) => textLine(line, look));
  const hidden = row.lines.slice(shown.length).reduce((sum, line) => sum + (line.sign === 'gap' ? line.count : 1), 0);
  return [...lines, ...moreLine(hidden, 'line', look)];
}

/** As many lines as hold a number of changed ones; a gap at the end says nothing. */
function firstChanges(lines: readonly DiffLine[], most: number): readonly DiffLine[] {
  let changes = 0;
  const end = lines.findIndex((line) => {
    if (line.sign === '+' || line.sign === '-') changes += 1;
    return changes > most;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** A line of a script: a changed one goes on below where it is too long, an unchanged one may be cut. */
function textLine(line: DiffLine, look: Look): Line[] {
  const { glyphs } = look;
  if (line.sign === 'gap') {
    return [indented(VALUE_INDENT, span(`${glyphs.more} ${counted(line.count, 'unchanged line')}`, 'dim'))];
  }
  const room = look.width - VALUE_INDENT - 2;
  const text = visibleLine(line.text, glyphs.dot);
  if (line.sign === ' ') return [indented(VALUE_INDENT + 2, span(fold(text, room, look), 'dim'))];
  const change = line.sign === '+' ? 'add' : 'remove';
  const [first = '', ...rest] = broken(text, room, look);
  return [
    indented(VALUE_INDENT, signSpan(change, look), span(first, toneOf(change))),
    ...rest.map((piece) => indented(VALUE_INDENT + 2, span(piece, toneOf(change)))),
  ];
}

/** Spaces at the end of a line are shown as dots: they may be all that changed. */
function visibleLine(text: string, dot: string): string {
  const end = text.trimEnd().length;
  return visible(text.slice(0, end)) + visible(text.slice(end)).replaceAll(/\s/g, dot);
}

/** Where no width is asked for, a text stays in one piece: it is searched and copied. */
function broken(text: string, room: number, look: Look): string[] {
  return look.full && look.width === Infinity ? [text] : breakText(text, room);
}

function moreLine(count: number, noun: string, look: Look): Line[] {
  if (count <= 0) return [];
  return [indented(VALUE_INDENT, span(`${look.glyphs.more} ${counted(count, `more ${noun}`)}`, 'dim'))];
}

function signSpan(change: Difference['change'], look: Look): Span {
  return span(change === 'remove' ? `${look.glyphs.minus} ` : '+ ', toneOf(change));
}

const toneOf = (change: Difference['change']): 'add' | 'change' | 'remove' => change;
