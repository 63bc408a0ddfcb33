import { UnsupportedLayout } from './yaml-slots';

/** One replacement in a text, by offsets of the original. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The part of a text with edits applied; what is put in at a place comes before what is taken out there. */
export function applyEdits(text: string, start: number, end: number, edits: readonly Edit[]): string {
  let result = '';
  let position = start;
  const isInsertion = (edit: Edit): number => (edit.start === edit.end ? 0 : 1);
  const sorted = [...edits].sort((a, b) => a.start - b.start || isInsertion(a) - isInsertion(b));
  for (const edit of sorted) {
    if (edit.start < position) throw new UnsupportedLayout();
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position, end);
}
