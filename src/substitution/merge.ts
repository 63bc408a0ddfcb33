import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { parseLists, type ParsedLists } from '../model/lists';
import { formatPath, type Path } from '../model/path';
import { KEEP, type AddedField, type Patch } from '../workspace/patch';
import { fieldOrder, orderFields } from '../workspace/schema-fields';
import { mergeList } from './merge-list';
import type { Merging, Node } from './merge-node';
import { placeholdersOf } from './placeholder';
import { fieldOf, sameValue } from './same';
import type { Place, Scope } from './scope';
import { RAW, templateValue } from './template-value';

/** Something in the committed file that the live value replaced. */
export interface Loss {
  readonly code: 'placeholder-replaced' | 'secret-in-file';
  readonly text: string;
  readonly path: string;
  readonly place: Place;
  readonly isRemoved: boolean;
}

/** Finds the smallest change of a template that makes it render to the live value. Pure. */
export class Merge implements Merging {
  readonly losses: Loss[] = [];
  readonly lists: ParsedLists;

  constructor(
    readonly kind: Kind,
    readonly scope: Scope,
    private readonly secrets: readonly (readonly [string, string])[],
  ) {
    this.lists = parseLists(kind.lists);
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
    return templateValue(orderFields(this.kind, value, path), this.secrets);
  }

  /** Notes the placeholders below a node that is replaced or removed. */
  lose(template: Json, path: Path, place: Place, isRemoved: boolean): void {
    if (Array.isArray(template)) {
      template.forEach((element, index) => this.lose(element, path, [...place, index], isRemoved));
    } else if (isObject(template)) {
      for (const [field, inner] of Object.entries(template)) {
        this.lose(inner, [...path, { field }], [...place, field], isRemoved);
      }
    } else if (typeof template === 'string' && placeholdersOf(template).length > 0) {
      this.losses.push({ code: 'placeholder-replaced', text: template, path: formatPath(path), place, isRemoved });
    }
  }

  private write(node: Node): Patch {
    const value = this.written(node.minimal ?? node.live ?? null, node.path);
    const isNewSecret = typeof node.live === 'string' && node.live.startsWith(RAW);
    if (isNewSecret && typeof node.template === 'string') {
      const path = formatPath(node.path);
      this.losses.push({ code: 'secret-in-file', text: String(value), path, place: node.place, isRemoved: false });
    } else {
      this.lose(node.template, node.path, node.place, false);
    }
    return { kind: 'write', value };
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
    const order = fieldOrder(this.kind, node.path);
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
