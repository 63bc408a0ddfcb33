import type { Place as FilePlace } from '../model/problem';
import { placeOf } from './yaml';
import { layoutOf, type LayoutNode } from './yaml-layout';

/** Steps into a parsed file: fields by name, elements by position. */
export type Steps = readonly (string | number)[];

/** What stands at some steps. */
interface Found {
  /** Where the field's name stands. */
  readonly key?: number | undefined;
  readonly value: LayoutNode | null;
}

/** Finds lines and columns in one file; parses it at the first question only. */
export class Places {
  private layout: LayoutNode | null | undefined;

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  /** Where the value at the steps stands, or the nearest thing around it that exists. */
  ofValue(steps: Steps): FilePlace {
    const { key, value } = this.find(steps);
    return this.at(value?.start ?? key);
  }

  /** Where a part of a text stands in its line (from 0); where the whole text begins, unless it is a literal block. */
  ofPart(steps: Steps, line: number, part: string): FilePlace {
    const place = this.ofValue(steps);
    if (this.find(steps).value?.style !== 'literal' || place.line === undefined) return place;
    const lines = this.text.split('\n');
    const index = place.line + line;
    return { ...place, line: index + 1, column: Math.max(lines[index]?.indexOf(part) ?? 0, 0) + 1 };
  }

  /** Where the field name of the last step stands; of a list element, where the element stands. */
  ofKey(steps: Steps): FilePlace {
    const { key, value } = this.find(steps);
    return this.at(key ?? value?.start);
  }

  /** A value as it stands in the file, such as `5.10` for the number 5.1. */
  sourceOf(steps: Steps): string | undefined {
    const { value } = this.find(steps);
    return value?.kind === 'scalar' ? this.text.slice(value.start, value.end) : undefined;
  }

  private at(offset: number | undefined): FilePlace {
    return placeOf(this.file, this.text, offset ?? 0);
  }

  private find(steps: Steps): Found {
    if (this.layout === undefined) this.layout = layoutOf(this.text);
    let found: Found = { value: this.layout };
    for (const step of steps) {
      const node = found.value?.target ?? found.value;
      const next = node && child(node, step);
      if (!next)
        return node && node.kind !== 'scalar' && found.key !== undefined ? { key: found.key, value: null } : found;
      found = next;
    }
    return found;
  }
}

function child(node: LayoutNode, step: string | number): Found | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.find(({ field }) => field === String(step));
    return entry && { key: entry.start, value: entry.value };
  }
  const element = typeof step === 'number' && node.kind === 'list' ? node.entries[step] : undefined;
  return element && { value: element.value };
}
