import type { Json } from '../model/json';
import type { ParsedLists } from '../model/lists';
import type { Path } from '../model/path';
import type { Patch } from '../workspace/patch';
import type { Place, Scope } from './scope';

/** One node of the committed file, and what it comes to on all sides. */
export interface Node {
  readonly template: Json;
  /** Rendered, element for element as the template has it. */
  readonly rendered: Json | undefined;
  /** Canonical forms. */
  readonly desired: Json | undefined;
  readonly live: Json | undefined;
  /** Live without what equals its default: this is what gets written. */
  readonly minimal: Json | undefined;
  readonly path: Path;
  /** Where it stands in the file. */
  readonly place: Place;
}

/** How the values of a kind are laid out in files. */
export interface FileOrder {
  /** A value with its fields, and elements whose order means nothing, in the order of files. */
  value(value: Json, path: Path): Json;
  /** The fields of a map, as far as their order is fixed. */
  fields(path: Path): readonly string[];
}

/** What merging a list needs from the merge that it is part of. */
export interface Merging {
  readonly scope: Scope;
  readonly lists: ParsedLists;
  /** The change of one node. */
  node(node: Node): Patch;
  /** A live value as template text. */
  written(value: Json, path: Path): Json;
  /** How much of a live text the placeholders of a committed one still stand for; 0 when none does. */
  standing(template: Json, rendered: Json | undefined, live: Json | undefined): number;
  /** Notes placeholders that are replaced or removed. */
  lose(template: Json, path: Path, place: Place, isRemoved: boolean): void;
}
