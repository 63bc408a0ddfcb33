import { isAlias, isMap, isScalar, isSeq, Scalar, type Document, type Node } from 'yaml';
import type { Place as FilePlace } from '../model/problem';
import { keyText, parseTokens, placeOf } from './yaml';

/** Steps into a parsed file: fields by name, elements by position. */
export type Steps = readonly (string | number)[];

/** Finds lines and columns in one file; parses it at the first question only. */
export class Places {
  private document?: Document.Parsed;

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  /** Where the value at the steps stands, or the nearest thing around it that exists. */
  ofValue(steps: Steps): FilePlace {
    return this.at(this.find(steps).value);
  }

  /** Where a part of a text stands in its line (from 0); where the whole text begins, unless it is a literal block. */
  ofPart(steps: Steps, line: number, part: string): FilePlace {
    const { value } = this.find(steps);
    const place = this.at(value);
    if (!isLiteralBlock(value) || place.line === undefined) return place;
    const lines = this.text.split('\n');
    const index = place.line + line;
    return { ...place, line: index + 1, column: Math.max(lines[index]?.indexOf(part) ?? 0, 0) + 1 };
  }

  /** Where the field name of the last step stands; of a list element, where the element stands. */
  ofKey(steps: Steps): FilePlace {
    const { key, value } = this.find(steps);
    return this.at(key ?? value);
  }

  /** The text of a scalar as it stands in the file, such as `5.10` for the number 5.1. */
  sourceOf(steps: Steps): string | undefined {
    const { value } = this.find(steps);
    return isScalar(value) ? value.source : undefined;
  }

  private at(node: Node | null | undefined): FilePlace {
    return placeOf(this.file, this.text, node?.range?.[0] ?? 0);
  }

  private find(steps: Steps): { key?: Node; value?: Node | null } {
    this.document ??= parseTokens(this.text);
    const { document } = this;
    let found: { key?: Node; value?: Node | null } = { value: document.contents };
    for (const step of steps) {
      const node: Node | null | undefined = found.value;
      const resolved = isAlias(node) ? node.resolve(document) : node;
      const next = child(resolved, step);
      if (!next) return isMap(resolved) || isSeq(resolved) ? { ...found, value: found.key ?? found.value } : found;
      found = next;
    }
    return found;
  }
}

function isLiteralBlock(node: Node | null | undefined): boolean {
  return isScalar(node) && node.type === Scalar.BLOCK_LITERAL;
}

function child(node: unknown, step: string | number): { key?: Node; value?: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => keyText(item) === String(step));
    return pair && { key: pair.key as Node, value: (pair.value ?? pair.key) as Node };
  }
  if (!isSeq(node) || typeof step !== 'number') return undefined;
  const item = node.items[step];
  return item === undefined ? undefined : { value: item as Node };
}
