import { isObject, type Json } from '../../model/json';
import { listRuleAt, type ParsedLists } from '../../model/lists';
import { pairTexts, type Unequal } from './align';
import { piecesOf, type Piece } from './pieces';

/** A value for each environment, in their order; `undefined` where the place is absent. */
export type Row = readonly (Json | undefined)[];

/**
 * How a place could be written in the template: a text with rows in it, a list of such texts, or one row for the whole
 * value. `whole` only: the place cannot be told by variables (absent somewhere, or of another shape).
 */
export type Treatment =
  | { readonly form: 'text'; readonly pieces: readonly Piece[] }
  | { readonly form: 'texts'; readonly items: readonly (readonly Piece[])[] }
  | { readonly form: 'value'; readonly row: Row }
  | { readonly form: 'whole'; readonly row: Row };

/** Chooses the treatment that leaves most of a place as readable text. Pure. */
export function treatmentOf({ path, values }: Unequal, lists: ParsedLists): Treatment {
  if (values.some((value) => value === undefined)) return { form: 'whole', row: values };
  if (values.every((value) => typeof value === 'string')) {
    const pieces = piecesOf(values);
    // Lines that came or went: nobody wants half a script in a variable.
    if (values.some(hasLines) && rowsOfPieces(pieces ?? [values]).some((row) => row.some(hasLines))) {
      return { form: 'whole', row: values };
    }
    return pieces ? { form: 'text', pieces } : { form: 'value', row: values };
  }
  if (values.every(isTextList)) {
    const rule = listRuleAt(lists, path);
    const rows = pairTexts(values, !rule || rule.ordered === true);
    return rows ? { form: 'texts', items: rows.map(piecesOfRow) } : { form: 'value', row: values };
  }
  const isStructured = values.some((value) => isObject(value) || (Array.isArray(value) && !isTextList(value)));
  return isStructured ? { form: 'whole', row: values } : { form: 'value', row: values };
}

function piecesOfRow(row: readonly string[]): readonly Piece[] {
  const [first = ''] = row;
  return row.every((text) => text === first) ? [first] : (piecesOf(row) ?? [row]);
}

function hasLines(text: string): boolean {
  return text.includes('\n');
}

function isTextList(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The rows of a treatment: what would become variables. */
export function rowsOf(treatment: Treatment): Row[] {
  if (treatment.form === 'value' || treatment.form === 'whole') return [treatment.row];
  return rowsOfPieces(treatment.form === 'text' ? treatment.pieces : treatment.items.flat());
}

function rowsOfPieces(pieces: readonly Piece[]): (readonly string[])[] {
  return pieces.filter((piece): piece is readonly string[] => typeof piece !== 'string');
}

/** What makes two rows the same pattern: the same values, of the same types, in every environment. */
export function rowKey(row: Row): string {
  return JSON.stringify(row.map((value) => (value === undefined ? [] : [value])));
}
