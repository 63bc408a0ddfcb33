import type { Json } from '../model/json';
import { identitiesOf, listRuleAt, plainIdentities } from '../model/lists';
import type { ListRule } from '../model/kind';
import { KEEP, type KeptItem, type ListItem, type Patch } from '../workspace/patch';
import { compareIdentities } from '../workspace/schema-fields';
import { pairByIdentity, pairInOrder, pairTexts, type Pairing } from './list-pairs';
import type { Merging, Node } from './merge-node';
import { sameValue } from './same';
import { spansOf, type Span } from './spans';

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

class ListMerge {
  readonly isOrdered: boolean;
  private readonly rule: ListRule | undefined;
  private readonly spans: readonly Span[];
  private readonly desired: readonly Json[];
  private readonly desiredIdentities: readonly string[];
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
    this.desiredIdentities = identitiesOf(this.desired, this.rule);
    this.minimal = Array.isArray(node.minimal) && node.minimal.length === live.length ? node.minimal : live;
    this.spans = spansOf(template, merge.scope);
    this.positions = this.canonicalPositions(rendered);
    this.liveIdentities = identitiesOf(live, this.rule);
    this.matches = this.paired();
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
    const isThere = new Set(this.desiredIdentities.filter((id, position) => this.isAddedByOverride(id, position)));
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
    const identity = this.desiredIdentities[this.positions[this.spans[from]?.start ?? -1] ?? -1];
    const element = isRemoved && identity !== undefined ? [...path, { item: identity }] : path;
    this.merge.lose(this.sides.template[from] ?? null, element, [...place, from], isRemoved);
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
  private isAddedByOverride(identity: string, position: number): boolean {
    if (this.positions.includes(position)) return false;
    const live = this.liveIdentities.indexOf(identity);
    const path = [...this.node.path, { item: identity }];
    return live >= 0 && sameValue(this.desired[position], this.sides.live[live], path, this.merge.lists);
  }

  /** Usually by identity; by position where filling in defaults changed the identities. */
  private canonicalPositions(rendered: readonly Json[]): (number | undefined)[] {
    const plain = identitiesOf(rendered, this.rule);
    const known = new Map(this.desiredIdentities.map((identity, position) => [identity, position]));
    const isKnown = plain.every((identity) => known.has(identity));
    if (!isKnown && this.desired.length === rendered.length) return rendered.map((_, position) => position);
    return plain.map((identity) => known.get(identity));
  }

  /** Elements by what identifies them, or in order; then templated texts with what they still stand for. */
  private paired(): Pairing {
    const { rendered, live, template } = this.sides;
    const isEqual = (left: number, right: number): boolean => this.isSame(left, right);
    const here = plainIdentities(this.desired, this.rule);
    const identities = this.positions.map((position) => here[position ?? -1]);
    const pairs = this.rule
      ? pairByIdentity(identities, plainIdentities(live, this.rule), isEqual)
      : pairInOrder(rendered, live, isEqual);
    const texts = this.spans.map((span, from) => ({ rendered: span.start, text: template[from] ?? null, ...span }));
    const templated = texts.filter(({ isSpliced }) => !isSpliced);
    return pairTexts(pairs, templated, live.length, (text, left, right) =>
      this.merge.standing(text, rendered[left], live[right]),
    );
  }
}
