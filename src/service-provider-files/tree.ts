import type { Json, JsonObject } from '../model/json';
import { warningProblem, type Place, type Problem } from '../model/problem';
import type { CountShape, FlagShape, TextShape } from './shape';
import type { SourceText } from './source-text';

/** Steps into a tree: fields by name, elements by position. */
export type TreePath = readonly (string | number)[];

function pathKey(path: TreePath): string {
  return path.join('\u0000');
}

/** Collects what is found while a tree is built: where each node stands, and warnings. */
export class TreeNotes {
  readonly problems: Problem[] = [];
  private readonly offsets = new Map<string, number>();
  private readonly strangers = new Set<string>();
  private readonly others = new Set<string>();

  constructor(
    readonly source: SourceText,
    readonly joinedLists = false,
  ) {}

  at(path: TreePath, offset: number): void {
    this.offsets.set(pathKey(path), offset);
  }

  /** Marks a node that no shape knows, with all that is in it. */
  stranger(path: TreePath): void {
    this.strangers.add(pathKey(path));
  }

  /** The outermost node around a path (or at it) that no shape knows; with its position where it is given repeatedly. */
  strangerAround(path: TreePath): TreePath | undefined {
    const length = path.findIndex((_, index) => this.strangers.has(pathKey(path.slice(0, index + 1)))) + 1;
    if (length === 0) return undefined;
    return path.slice(0, typeof path[length] === 'number' ? length + 1 : length);
  }

  /** Warns once of a name that is understood here and that an import of the product passes over. */
  otherName(name: string, expected: string, offset: number): void {
    if (this.others.has(name)) return;
    this.others.add(name);
    const message = `<${name}> is read as <${expected}>; an import of the product passes over the name`;
    this.warn('other-name', message, offset, 'Converted to artifacts and back, the file has the right names.');
  }

  warn(code: string, message: string, offset: number, hint?: string): void {
    const place = this.source.place(offset);
    this.problems.push(warningProblem(code, message, { place, ...(hint === undefined ? {} : { hint }) }));
  }

  /** Where the node at a path stands, or the nearest one around it. */
  place(path: TreePath): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = this.offsets.get(pathKey(path.slice(0, length)));
      if (offset !== undefined) return this.source.place(offset);
    }
    return { file: this.source.file };
  }
}

/**
 * A scalar as its shape wants it, undefined for "no value". Flags are read as the product reads them: whatever is not
 * "true" is false. Throws for a count that is no whole number.
 */
export function scalar(
  shape: TextShape | FlagShape | CountShape,
  raw: string,
  name: string,
  offset: number,
  notes: TreeNotes,
): Json | undefined {
  if (shape.type === 'text') return shape.nullable === true && raw.trim() === 'null' ? undefined : raw;
  const word = raw.trim();
  if (word === '' || word === 'null') return undefined;
  if (shape.type === 'flag') {
    const isTrue = word.toLowerCase() === 'true';
    if (!isTrue && word.toLowerCase() !== 'false') {
      notes.warn('not-a-flag', `${name} is "${shortened(word)}", which the product reads as false`, offset);
    }
    return isTrue;
  }
  if (/^-?\d{1,15}$/.test(word)) return Number(word);
  throw notes.source.fault('wrong-type', `${name} is "${shortened(word)}" and must be a whole number`, offset);
}

/** A part of a value for a message. */
function shortened(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** A map from entries; the names were checked, so that none of them means something to JavaScript. */
export function mapFrom(entries: ReadonlyMap<string, Json>): JsonObject {
  return Object.fromEntries(entries);
}
