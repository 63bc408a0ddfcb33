import { equalJson, type Json } from '../model/json';
import { identitiesOf, listRuleAt, type ParsedLists } from '../model/lists';
import type { Node } from './merge-node';
import { wholePlaceholder } from './placeholder';
import { sameValue } from './same';
import { RAW } from './template-value';

/**
 * A list that the committed file has as one placeholder and that has grown on the server: the placeholder becomes an
 * element, which stands for all elements of its list, and the new ones stand next to it. Undefined where elements of the
 * placeholder are gone, changed or, in a list whose order counts, apart.
 */
export function grownList(
  node: Node & { readonly template: string },
  live: Json,
  lists: ParsedLists,
): Json[] | undefined {
  const { rendered, desired = [] } = node;
  if (wholePlaceholder(node.template)?.namespace !== 'var' || !Array.isArray(rendered)) return undefined;
  if (!Array.isArray(desired) || !Array.isArray(live) || !Array.isArray(node.live)) return undefined;
  // Elements that overrides add or canonical form changes are not the placeholder's.
  if (!equalJson(rendered, desired) || live.length !== node.live.length) return undefined;
  const positions = positionsIn(node, desired, node.live, lists);
  if (!positions) return undefined;
  const rule = listRuleAt(lists, node.path);
  const isFixed = !rule || rule.ordered;
  const start = isFixed ? (positions[0] ?? 0) : 0;
  const others = (isBefore: boolean): Json[] =>
    live.filter((_, position) => !positions.includes(position) && position < start === isBefore);
  return [...others(true), RAW + node.template, ...others(false)];
}

/** Where the elements of the placeholder stand in the live list. */
function positionsIn(
  node: Node,
  desired: readonly Json[],
  live: readonly Json[],
  lists: ParsedLists,
): number[] | undefined {
  const rule = listRuleAt(lists, node.path);
  const isSame = (element: Json, position: number): boolean =>
    sameValue(element, live[position], [...node.path, { item: String(position) }], lists);
  if (!rule || rule.ordered) {
    const start = live.findIndex((_, from) => desired.every((element, index) => isSame(element, from + index)));
    return start < 0 ? undefined : desired.map((_, index) => start + index);
  }
  const there = new Map(identitiesOf(live, rule).map((identity, position) => [identity, position]));
  const positions = identitiesOf(desired, rule).map((identity) => there.get(identity));
  const isWhole = positions.every(
    (position, index) => position !== undefined && isSame(desired[index] ?? null, position),
  );
  return isWhole ? positions.filter((position) => position !== undefined) : undefined;
}
