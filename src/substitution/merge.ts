import { isObject, type Json, type JsonObject } from '../model/json';
import type { ParsedLists } from '../model/lists';
import { formatPath, type Path } from '../model/path';
import { KEEP, type AddedField, type Patch } from '../workspace/patch';
import { mergeList } from './merge-list';
import type { FileOrder, Merging, Node } from './merge-node';
import { grownList } from './grown-list';
import { placedPlaceholders, revisedText, type PlacedPlaceholder } from './revised-text';
import { fieldOf, sameValue } from './same';
import type { Place, Scope } from './scope';
import { RAW, templateValue, type SecretValues } from './template-value';

/** Something in the committed file that the live value replaced. */
export interface Loss {
  readonly code: 'placeholder-replaced' | 'secret-in-file';
  /** The placeholder that is gone, or the one that stands for a secret now. */
  readonly text: string;
  /** Line of it in a text of several lines, from 0. */
  readonly line: number;
  /** Keyed path. */
  readonly path: string;
  readonly place: Place;
  /** The field or element is gone as a whole. */
  readonly isRemoved: boolean;
}

/** What a merge works with. */
export interface MergeContext {
  readonly lists: ParsedLists;
  readonly scope: Scope;
  readonly order: FileOrder;
  /** Secrets inside of ordinary texts, so that their values are not written out. */
  readonly secrets?: SecretValues;
}

/** Finds the smallest change of a template that makes it render to the live value, and what that costs. Pure. */
export function merge(node: Node, context: MergeContext): { patch: Patch; losses: readonly Loss[] } {
  const run = new Merge(context);
  return { patch: run.node(node), losses: run.losses };
}

/** The placeholders below a value, as losses. */
export function lossesOf(template: Json): readonly Loss[] {
  const losses: Loss[] = [];
  collectLosses(losses, template, [], [], false);
  return losses;
}

class Merge implements Merging {
  readonly losses: Loss[] = [];
  readonly lists: ParsedLists;
  readonly scope: Scope;

  constructor(private readonly context: MergeContext) {
    ({ lists: this.lists, scope: this.scope } = context);
  }

  /** Equal in this environment: the node stays as it is written. Different: the live value comes in its place. */
  node(node: Node): Patch {
    const { template, rendered, desired, live } = node;
    if (sameValue(desired, live, node.path, this.lists)) return KEEP;
    if (isObject(template) && isObject(rendered) && isObject(live)) return this.map(node, template, live);
    if (Array.isArray(template) && Array.isArray(rendered) && Array.isArray(live)) {
      return mergeList(this, node, { template, rendered, live });
    }
    return this.write(node);
  }

  /** The live value, in the order of files, as template text. */
  written(value: Json, path: Path): Json {
    return templateValue(this.context.order.value(value, path), this.context.secrets ?? []);
  }

  standing(template: Json, rendered: Json | undefined, live: Json | undefined): number {
    if (typeof template !== 'string') return 0;
    return revisedText(template, rendered, live, this.scope)?.kept ?? 0;
  }

  lose(template: Json, path: Path, place: Place, isRemoved: boolean): void {
    collectLosses(this.losses, template, path, place, isRemoved);
  }

  private write(node: Node): Patch {
    const live = node.minimal ?? node.live ?? null;
    if (typeof node.template === 'string') {
      const kept = this.revised(node.template, node, live) ?? this.grown(node.template, node, live);
      if (kept) return kept;
    }
    const value = this.written(live, node.path);
    const isNewSecret = typeof node.live === 'string' && node.live.startsWith(RAW);
    if (isNewSecret && typeof node.template === 'string') {
      const path = formatPath(node.path);
      this.losses.push({
        code: 'secret-in-file',
        text: String(value),
        line: 0,
        path,
        place: node.place,
        isRemoved: false,
      });
    } else {
      this.lose(node.template, node.path, node.place, false);
    }
    return { kind: 'write', value };
  }

  /** A text in which some placeholders still stand for what the server has. */
  private revised(template: string, node: Node, live: Json): Patch | undefined {
    const revised = revisedText(template, node.rendered, live, this.scope, this.context.secrets);
    if (!revised) return undefined;
    const losses = revised.lost.map((lost) => lossOf(lost, node.path, node.place, false));
    this.losses.push(...losses);
    return { kind: 'write', value: revised.text };
  }

  /** A list that is one placeholder, and has more elements now. */
  private grown(template: string, node: Node, live: Json): Patch | undefined {
    const value = grownList({ ...node, template }, live, this.lists);
    return value && { kind: 'write', value: this.written(value, node.path) };
  }

  private map(node: Node, template: JsonObject, live: JsonObject): Patch {
    const fields = new Map<string, Patch | 'remove'>();
    for (const [field, inner] of Object.entries(template)) {
      const change = this.field(node, field, inner);
      if (change === 'remove' || change.kind !== 'keep') fields.set(field, change);
    }
    const stays = Object.keys(template).filter((field) => fields.get(field) !== 'remove');
    const added = this.added(node, live, stays, template);
    return fields.size === 0 && added.length === 0 ? KEEP : { kind: 'map', fields, added };
  }

  private field(node: Node, field: string, template: Json): Patch | 'remove' {
    const path = [...node.path, { field }];
    const place = [...node.place, field];
    const desired = fieldOf(node.desired, field);
    const live = fieldOf(node.live, field);
    if (live === undefined) {
      // What has no effect on the canonical form (an empty list, a server-owned field) is none of our business.
      if (desired === undefined) return KEEP;
      this.lose(template, path, place, true);
      return 'remove';
    }
    const rendered = fieldOf(node.rendered, field);
    return this.node({ template, rendered, desired, live, minimal: fieldOf(node.minimal, field), path, place });
  }

  /** Fields that the file does not have yet, each behind the nearest one that stands before it in the schema. */
  private added(node: Node, live: JsonObject, stays: readonly string[], template: JsonObject): AddedField[] {
    const order = this.context.order.fields(node.path);
    const present = [...stays];
    const missing = Object.keys(isObject(node.minimal) ? node.minimal : {}).filter(
      (field) =>
        !Object.hasOwn(template, field) &&
        !sameValue(fieldOf(node.desired, field), live[field], [...node.path, { field }], this.lists),
    );
    const rank = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length);
    missing.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return missing.map((field) => {
      const after = order.includes(field)
        ? order.slice(0, rank(field)).findLast((name) => present.includes(name))
        : present.at(-1);
      present.push(field);
      const value = this.written(fieldOf(node.minimal, field) ?? null, [...node.path, { field }]);
      return { field, value, ...(after === undefined ? {} : { after }) };
    });
  }
}

function collectLosses(losses: Loss[], template: Json, path: Path, place: Place, isRemoved: boolean): void {
  if (Array.isArray(template)) {
    template.forEach((element, index) => collectLosses(losses, element, path, [...place, index], isRemoved));
  } else if (isObject(template)) {
    for (const [field, inner] of Object.entries(template)) {
      collectLosses(losses, inner, [...path, { field }], [...place, field], isRemoved);
    }
  } else if (typeof template === 'string') {
    losses.push(...placedPlaceholders(template).map((lost) => lossOf(lost, path, place, isRemoved)));
  }
}

function lossOf({ text, line }: PlacedPlaceholder, path: Path, place: Place, isRemoved: boolean): Loss {
  return { code: 'placeholder-replaced', text, line, path: formatPath(path), place, isRemoved };
}
