import type { Json } from '../model/json';
import type { ParsedLists } from '../model/lists';
import type { Path } from '../model/path';
import type { FileOrder } from './merge-node';

/** What is known of the values that are merged: all that a kind of artifact says about them. */
export interface Shape {
  readonly lists: ParsedLists;
  readonly order: FileOrder;
  /** Patterns of fields that each server makes for itself. */
  readonly chosenByServer: readonly Path[];
  isSecret(path: Path): boolean;
  /** The one form in which values are compared. */
  canonical(value: Json): Json;
  /** What is written of a canonical value. */
  minimal(value: Json): Json;
}

/** Values of which nothing is known but how the elements of lists are told apart. */
export function plainShape(lists: ParsedLists): Shape {
  const asIs = (value: Json): Json => value;
  return {
    lists,
    order: { value: asIs, fields: () => [] },
    chosenByServer: [],
    isSecret: () => false,
    canonical: asIs,
    minimal: asIs,
  };
}
