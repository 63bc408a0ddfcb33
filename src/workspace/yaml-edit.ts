import { equalJson, isObject, type Json } from '../model/json';
import { addedGroups, applyPatch, isKept, type ListItem, type ListPatch, type MapPatch, type Patch } from './patch';
import { applyEdits, type Edit } from './text-edits';
import { parseYaml } from './yaml';
import { withoutAliases } from './yaml-aliases';
import { layoutOf, type LayoutNode } from './yaml-layout';
import {
  endOf,
  entriesOf,
  isBlockCollection,
  isBlockScalar,
  isEmptySlot,
  lineBreak,
  startsLine,
  startWithComments,
  UnsupportedLayout,
  type Entry,
  type Slot,
} from './yaml-slots';
import { dashText, elementText, fieldText, fieldValueText, flowText, indented, yamlText } from './yaml-text';

/**
 * Applies a patch to the text of a YAML file. Everything that the patch keeps stays as it was written, to the byte:
 * quoting, comments, anchors, order. The result is read back; where a text is laid out in a way that cannot be edited in
 * place, it is written anew (`isRewritten`), because right values matter more than looks. `value` is what it says now.
 */
export function editYaml(text: string, old: Json, patch: Patch): { text: string; value: Json; isRewritten: boolean } {
  if (patch.kind === 'keep') return { text, value: old, isRewritten: false };
  const expected = applyPatch(old, patch);
  for (const prepare of [() => text, () => withoutAliases(text)]) {
    const start = prepare();
    const edited = start === undefined ? undefined : tryEdit(start, old, patch);
    if (edited !== undefined && equalJson(parseYaml('', edited).value, expected)) {
      return { text: edited, value: expected, isRewritten: false };
    }
  }
  return { text: yamlText(expected), value: expected, isRewritten: true };
}

function tryEdit(text: string, old: Json, patch: Patch): string | undefined {
  const isDos = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  const plain = isDos ? text.replaceAll('\r\n', '\n') : text;
  const complete = plain.endsWith('\n') ? plain : `${plain}\n`;
  try {
    const edited = new Editor(complete).edit(old, patch);
    return isDos ? edited.replaceAll('\n', '\r\n') : edited;
  } catch (error) {
    if (error instanceof UnsupportedLayout) return undefined;
    throw error;
  }
}

class Editor {
  private edits: Edit[] = [];

  constructor(private readonly text: string) {}

  edit(old: Json, patch: Patch): string {
    const node = layoutOf(this.text);
    this.patch({ node, headEnd: 0, column: 0, owner: 'root', isFlow: false }, old, patch);
    return applyEdits(this.text, 0, this.text.length, this.edits);
  }

  private patch(slot: Slot, old: Json, patch: Patch): void {
    if (patch.kind === 'keep') return;
    const { node } = slot;
    if (patch.kind === 'map' && node?.kind === 'map') this.patchMap(slot, node, old, patch);
    else if (patch.kind === 'list' && node?.kind === 'list') this.patchList(slot, node, old, patch);
    else this.replace(slot, applyPatch(old, patch));
  }

  private patchMap(slot: Slot, node: LayoutNode, old: Json, patch: MapPatch): void {
    const entries = entriesOf(this.text, node, slot);
    const kept = entries.filter(({ field }) => patch.fields.get(field) !== 'remove');
    if (kept.length === 0) {
      this.replace(slot, applyPatch(old, patch));
      return;
    }
    for (const { field, slot: inner } of kept) {
      const change = patch.fields.get(field);
      if (change && change !== 'remove') this.patch(inner, isObject(old) ? (old[field] ?? null) : null, change);
    }
    this.remove(slot, entries, new Set(kept));
    for (const { after, fields } of addedGroups(patch)) {
      const texts = fields.map(({ field, value }) =>
        node.style === 'flow' ? `${flowText(field)}: ${flowText(value)}` : fieldText(field, value),
      );
      const anchor = kept.find((entry) => entry.field === after);
      this.insert(slot, entries, kept, anchor, texts);
    }
  }

  private patchList(slot: Slot, node: LayoutNode, old: Json, patch: ListPatch): void {
    const entries = entriesOf(this.text, node, slot);
    const elements = Array.isArray(old) ? old : [];
    const from = patch.items.filter(isKept).map((item) => item.from);
    const isSorted = from.every((position, index) => index === 0 || position > (from[index - 1] ?? 0));
    const first = entries[0];
    if (!first || from.length === 0 || (!isSorted && (node.style === 'flow' || !startsLine(this.text, first.start)))) {
      this.replace(slot, applyPatch(old, patch));
      return;
    }
    if (!isSorted) {
      this.reorder(slot, entries, elements, patch.items);
      return;
    }
    const kept = from.map((position) => entryAt(entries, position));
    for (const item of patch.items) {
      if (isKept(item)) this.patch(entryAt(entries, item.from).slot, elements[item.from] ?? null, item.patch);
    }
    this.remove(slot, entries, new Set(kept));
    let anchor: Entry | undefined;
    let texts: string[] = [];
    for (const item of [...patch.items, undefined]) {
      if (item && !isKept(item)) {
        texts.push(node.style === 'flow' ? flowText(item.value) : dashText(item.value));
        continue;
      }
      if (texts.length > 0) this.insert(slot, entries, kept, anchor, texts);
      texts = [];
      anchor = item && entryAt(entries, item.from);
    }
  }

  /** Elements change places: every element moves with the comments and blank lines above it. */
  private reorder(slot: Slot, entries: readonly Entry[], elements: readonly Json[], items: readonly ListItem[]): void {
    const starts = entries.map((entry, index) => {
      const before = entries[index - 1];
      return before ? before.end : startWithComments(this.text, entry, this.firstLine(slot));
    });
    const outer = this.edits;
    const texts = items.map((item) => {
      const column = entries[0]?.slot.column ?? 0;
      if (!isKept(item)) return `${indented(dashText(item.value), column)}\n`;
      const entry = entryAt(entries, item.from);
      this.edits = [];
      this.patch(entry.slot, elements[item.from] ?? null, item.patch);
      return applyEdits(this.text, starts[item.from] ?? entry.start, entry.end, this.edits);
    });
    this.edits = outer;
    this.edits.push({ start: starts[0] ?? 0, end: entries.at(-1)?.end ?? 0, text: texts.join('') });
  }

  /** Takes entries out, with the comments that stand right above them or behind them on the line. */
  private remove(slot: Slot, entries: readonly Entry[], kept: ReadonlySet<Entry>): void {
    for (let index = 0; index < entries.length; index += 1) {
      const first = entryAt(entries, index);
      if (kept.has(first)) continue;
      let last = first;
      for (let next = entries[index + 1]; next && !kept.has(next); next = entries[index + 1]) {
        last = next;
        index += 1;
      }
      const before = entries[entries.indexOf(first) - 1];
      this.edits.push(this.removal(slot, first, last, before, entries[index + 1]));
    }
  }

  private removal(slot: Slot, first: Entry, last: Entry, before: Entry | undefined, after: Entry | undefined): Edit {
    if (first.slot.isFlow) {
      if (after) return { start: first.start, end: after.start, text: '' };
      return { start: before?.end ?? first.start, end: last.end, text: '' };
    }
    if (startsLine(this.text, first.start)) {
      const lowest = before?.end ?? (slot.owner === 'root' ? first.start : this.firstLine(slot));
      return { start: startWithComments(this.text, first, lowest), end: last.end, text: '' };
    }
    // The first entry shares its line with a dash: what follows moves up to it.
    const rest = this.text.slice(last.end).search(/\S/);
    return { start: first.start, end: rest < 0 ? last.end : last.end + rest, text: '' };
  }

  /** Puts texts behind an entry that stays, or first. */
  private insert(
    slot: Slot,
    entries: readonly Entry[],
    kept: readonly Entry[],
    anchor: Entry | undefined,
    texts: readonly string[],
  ): void {
    const first = entries[0];
    const firstKept = kept[0];
    if (!first || !firstKept) return;
    if (first.slot.isFlow) {
      const at = anchor?.end ?? firstKept.start;
      const text = anchor ? texts.map((item) => `, ${item}`).join('') : texts.map((item) => `${item}, `).join('');
      this.edits.push({ start: at, end: at, text });
      return;
    }
    const { column } = first.slot;
    const lines = texts.map((item) => indented(item, column)).join('\n');
    if (anchor) {
      this.edits.push({ start: anchor.end, end: anchor.end, text: `${lines}\n` });
    } else if (startsLine(this.text, first.start)) {
      const lowest = slot.owner === 'root' ? first.start : this.firstLine(slot);
      const at = startWithComments(this.text, first, lowest);
      this.edits.push({ start: at, end: at, text: `${lines}\n` });
    } else {
      this.edits.push({ start: first.start, end: first.start, text: `${lines.trimStart()}\n${' '.repeat(column)}` });
    }
  }

  /** The line below the field name or dash that a nested collection belongs to. */
  private firstLine(slot: Slot): number {
    return slot.owner === 'root' ? 0 : Math.min(lineBreak(this.text, slot.headEnd) + 1, this.text.length);
  }

  private replace(slot: Slot, value: Json): void {
    if (slot.owner === 'root') throw new UnsupportedLayout();
    const { node, headEnd } = slot;
    const old = node && !isEmptySlot(slot) ? node : undefined;
    if (slot.isFlow) {
      const text = `${old ? '' : ' '}${flowText(value)}`;
      this.edits.push({ start: old?.start ?? headEnd, end: old?.end ?? headEnd, text });
      return;
    }
    const { head, body } = slot.owner === 'field' ? fieldValueText(value) : elementText(value);
    const isBlock = isBlockCollection(node) || isBlockScalar(node);
    if (old && !isBlock && body.length === 0 && /^ +$/.test(this.text.slice(headEnd, old.start))) {
      this.edits.push({ start: old.start, end: old.end, text: head });
      return;
    }
    const last = lineBreak(this.text, endOf(this.text, slot));
    const isBelow = old !== undefined && old.start > lineBreak(this.text, headEnd);
    const commentFrom = !old || isBlock || isBelow ? headEnd : old.end;
    const comment = /\s+#.*$/.exec(this.text.slice(commentFrom, lineBreak(this.text, commentFrom)))?.[0] ?? '';
    const below = body.length === 0 ? '' : `\n${indented(body.join('\n'), slot.column)}`;
    this.edits.push({ start: headEnd, end: last, text: `${head === '' ? '' : ` ${head}`}${comment}${below}` });
  }
}

function entryAt(entries: readonly Entry[], position: number): Entry {
  const entry = entries[position];
  if (!entry) throw new UnsupportedLayout();
  return entry;
}
