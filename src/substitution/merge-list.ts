import { isObject, type Json } from '../model/json';
import { identitiesOf, listRuleAt } from '../model/lists';
import type { ListRule } from '../model/kind';
import { KEEP, type KeptItem, type ListItem, type Patch } from '../workspace/patch';
import { compareIdentities } from '../workspace/schema-fields';
import { longestCommon } from './kept-order';
import type { Merging, Node } from './merge-node';
import { wholePlaceholder } from './placeholder';
import { sameValue } from './same';
import { substitute } from './substitute';

/** A committed list and its sides, as lists. */
export interface ListSides {
  readonly template: readonly Json[];
  readonly rendered: readonly Json[];
  readonly live: readonly Json[];
}

/**
 * Merges two lists element by element. Elements are matched by identity where the kind has one (texts by value), and by
 * equality in order where it has none. The committed order stays unless the order means something.
 */
export function mergeList(merge: Merging, node: Node, sides: ListSides): Patch {
  const list = new ListMerge(merge, node, sides);
  const items = list.isOrdered ? list.inLiveOrder() : list.inCommittedOrder();
  const isUntouched =
    items.length === sides.template.length &&
    items.every((item, index) => 'from' in item && item.from === index && item.patch.kind === 'keep');
  return isUntouched ? KEEP : { kind: 'list', items };
}

/** The elements of the rendered list that one committed element stands for: several when a placeholder is spliced. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly isSpliced: boolean;
}

class ListMerge {
  readonly isOrdered: boolean;
  private readonly rule: ListRule | undefined;
  private readonly spans: readonly Span[];
  private readonly desired: readonly Json[];
  private readonly minimal: readonly Json[];
  /** Identity in the live list of every rendered element; undefined when it is not there. */
  private readonly matches: readonly (number | undefined)[];
  private readonly liveIdentities: readonly string[];
  /** Position in the canonical list of every rendered element. */
  private readonly positions: readonly (number | undefined)[];

  constructor(
    private readonly merge: Merging,
    private readonly node: Node,
    private readonly sides: ListSides,
  ) {
    const { rendered, live, template } = sides;
    this.rule = listRuleAt(merge.lists, node.path);
    this.isOrdered = !this.rule || this.rule.ordered === true;
    this.desired = Array.isArray(node.desired) ? node.desired : [];
    this.minimal = Array.isArray(node.minimal) && node.minimal.length === live.length ? node.minimal : live;
    this.spans = spansOf(template, merge);
    this.positions = this.canonicalPositions(rendered);
    this.liveIdentities = identitiesOf(live, this.rule);
    this.matches = this.rule ? this.byIdentity(rendered) : this.byEquality(rendered, live);
  }

  /** Committed elements first, in their order; what is new follows, sorted. */
  inCommittedOrder(): ListItem[] {
    const items: ListItem[] = [];
    const used = new Set<number>();
    this.spans.forEach((span, from) => {
      const matched = this.matchesOf(span);
      matched.forEach((position) => position !== undefined && used.add(position));
      if (span.isSpliced) {
        const isWhole = matched.every((position, index) => this.isSame(span.start + index, position));
        if (isWhole) items.push({ from, patch: KEEP });
        else {
          this.lose(from, false);
          for (const position of matched) if (position !== undefined) items.push({ value: this.written(position) });
        }
        return;
      }
      const [position] = matched;
      if (position !== undefined) items.push(this.kept(from, span.start, position));
      else if (this.positions[span.start] === undefined) items.push({ from, patch: KEEP });
      else this.lose(from, true);
    });
    const isThere = new Set(identitiesOf(this.desired, this.rule).filter((id) => this.isAddedByOverride(id)));
    const added = this.liveIdentities
      .map((identity, position) => ({ identity, position }))
      .filter(({ identity, position }) => !used.has(position) && !isThere.has(identity));
    added.sort((a, b) => compareIdentities(a.identity, b.identity));
    return [...items, ...added.map(({ position }) => ({ value: this.written(position) }))];
  }

  /** Exactly the live order; a spliced placeholder stays when its elements stand together, in order. */
  inLiveOrder(): ListItem[] {
    const byLive = new Map<number, { from: number; span: Span; index: number }>();
    this.spans.forEach((span, from) => {
      const matched = this.matchesOf(span);
      const isTogether = matched.every(
        (position, index) =>
          this.isSame(span.start + index, position) && (index === 0 || position === (matched[index - 1] ?? -2) + 1),
      );
      if (span.isSpliced && !isTogether) this.lose(from, false);
      else matched.forEach((position, index) => position !== undefined && byLive.set(position, { from, span, index }));
      if (!span.isSpliced && matched[0] === undefined) this.lose(from, true);
    });
    const items: ListItem[] = [];
    this.sides.live.forEach((_, position) => {
      const match = byLive.get(position);
      if (!match) items.push({ value: this.written(position) });
      else if (!match.span.isSpliced) items.push(this.kept(match.from, match.span.start, position));
      else if (match.index === 0) items.push({ from: match.from, patch: KEEP });
    });
    return this.withEmptySplices(items);
  }

  /** A placeholder for an empty list has no element to stand next to: it stays where it was. */
  private withEmptySplices(items: ListItem[]): ListItem[] {
    this.spans.forEach((span, from) => {
      if (!span.isSpliced || span.end > span.start) return;
      const next = items.findIndex((item) => 'from' in item && item.from > from);
      items.splice(next < 0 ? items.length : next, 0, { from, patch: KEEP });
    });
    return items;
  }

  private matchesOf(span: Span): (number | undefined)[] {
    return this.matches.slice(span.start, span.end);
  }

  private kept(from: number, rendered: number, position: number): KeptItem {
    const { path, place } = this.node;
    const patch = this.merge.node({
      template: this.sides.template[from] ?? null,
      rendered: this.sides.rendered[rendered],
      desired: this.desiredAt(rendered),
      live: this.sides.live[position],
      minimal: this.minimal[position],
      path: [...path, { item: this.liveIdentities[position] ?? '' }],
      place: [...place, from],
    });
    return { from, patch };
  }

  private lose(from: number, isRemoved: boolean): void {
    const { path, place } = this.node;
    this.merge.lose(this.sides.template[from] ?? null, path, [...place, from], isRemoved);
  }

  private written(position: number): Json {
    const item = this.liveIdentities[position] ?? '';
    return this.merge.written(this.minimal[position] ?? null, [...this.node.path, { item }]);
  }

  private desiredAt(rendered: number): Json | undefined {
    const position = this.positions[rendered];
    return position === undefined ? undefined : this.desired[position];
  }

  private isSame(rendered: number, position: number | undefined): boolean {
    if (position === undefined) return false;
    const item = this.liveIdentities[position] ?? '';
    const path = [...this.node.path, { item }];
    return sameValue(this.desiredAt(rendered), this.sides.live[position], path, this.merge.lists);
  }

  /** An element that only an override adds is in the canonical list, but not in the file, and stays out of it. */
  private isAddedByOverride(identity: string): boolean {
    const position = identitiesOf(this.desired, this.rule).indexOf(identity);
    return !this.positions.includes(position) && this.liveIdentities.includes(identity) && this.isEqualIn(identity);
  }

  private isEqualIn(identity: string): boolean {
    const desired = this.desired[identitiesOf(this.desired, this.rule).indexOf(identity)];
    const live = this.sides.live[this.liveIdentities.indexOf(identity)];
    return sameValue(desired, live, [...this.node.path, { item: identity }], this.merge.lists);
  }

  /** Usually by identity; by position where filling in defaults changed the identities. */
  private canonicalPositions(rendered: readonly Json[]): (number | undefined)[] {
    const canonical = identitiesOf(this.desired, this.rule);
    const plain = identitiesOf(rendered, this.rule);
    const known = new Map(canonical.map((identity, position) => [identity, position]));
    const isKnown = plain.every((identity) => known.has(identity));
    if (!isKnown && this.desired.length === rendered.length) return rendered.map((_, position) => position);
    return plain.map((identity) => known.get(identity));
  }

  private byIdentity(rendered: readonly Json[]): (number | undefined)[] {
    const live = new Map(this.liveIdentities.map((identity, position) => [identity, position]));
    const canonical = identitiesOf(this.desired, this.rule);
    return rendered.map((_, index) => live.get(canonical[this.positions[index] ?? -1] ?? ''));
  }

  /** Longest common subsequence; what is left between two common elements is paired in order. */
  private byEquality(rendered: readonly Json[], live: readonly Json[]): (number | undefined)[] {
    const common = longestCommon(rendered.length, live.length, (left, right) => this.isSame(left, right));
    const matches: (number | undefined)[] = rendered.map((_, index) => common.get(index));
    let next = 0;
    rendered.forEach((_, index) => {
      const match = matches[index];
      if (match !== undefined) {
        next = match + 1;
        return;
      }
      const following = matches.slice(index + 1).find((other) => other !== undefined) ?? live.length;
      const isPair = next < following && isObject(live[next]) && isObject(rendered[index]);
      if (isPair) matches[index] = next++;
    });
    return matches;
  }
}

function spansOf(template: readonly Json[], merge: Merging): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const element of template) {
    const isVariable = typeof element === 'string' && wholePlaceholder(element)?.namespace === 'var';
    const result = isVariable ? substitute([element], merge.scope, 'template').value : [element];
    const count = Array.isArray(result) ? result.length : 1;
    const [only] = Array.isArray(result) ? result : [];
    const isSpliced = isVariable && (count !== 1 || isListVariable(element, only, merge));
    spans.push({ start, end: start + count, isSpliced });
    start += count;
  }
  return spans;
}

/** A variable with a list of one element looks like a plain one: ask what it is outside of a list. */
function isListVariable(element: string, only: Json | undefined, merge: Merging): boolean {
  const alone = substitute(element, merge.scope, 'template').value;
  return Array.isArray(alone) && !Array.isArray(only);
}
