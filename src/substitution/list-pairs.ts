import { isObject, type Json } from '../model/json';
import { longestCommon } from './kept-order';

/** For every element on the left the position of its counterpart on the right, if it has one. */
export type Pairing = readonly (number | undefined)[];

type IsEqual = (left: number, right: number) => boolean;

/**
 * Pairs elements with one identity. Where several have the same, equal ones belong together first, and the others follow
 * in order, so that a change in one of them does not shift the rest.
 */
export function pairByIdentity(
  left: readonly (string | undefined)[],
  right: readonly string[],
  isEqual: IsEqual,
): Pairing {
  const there = positionsByIdentity(right);
  const here = positionsByIdentity(left);
  const pairs: (number | undefined)[] = left.map(() => undefined);
  for (const [identity, positions] of here) {
    const free = [...(there.get(identity) ?? [])];
    const [only, ...others] = positions;
    if (only !== undefined && others.length === 0 && free.length <= 1) {
      pairs[only] = free[0];
      continue;
    }
    const take = (position: number, index: number): void => {
      if (index >= 0) [pairs[position]] = free.splice(index, 1);
    };
    for (const position of positions)
      take(
        position,
        free.findIndex((other) => isEqual(position, other)),
      );
    for (const position of positions) if (pairs[position] === undefined) take(position, free.length > 0 ? 0 : -1);
  }
  return pairs;
}

function positionsByIdentity(identities: readonly (string | undefined)[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  identities.forEach((identity, position) => {
    if (identity === undefined) return;
    const same = positions.get(identity);
    if (same) same.push(position);
    else positions.set(identity, [position]);
  });
  return positions;
}

/** Pairs equal elements in order, as many as possible; maps left over between two pairs are paired in order. */
export function pairInOrder(left: readonly Json[], right: readonly Json[], isEqual: IsEqual): Pairing {
  const common = longestCommon(left.length, right.length, isEqual);
  const pairs: (number | undefined)[] = left.map((_, index) => common.get(index));
  let next = 0;
  left.forEach((element, index) => {
    const pair = pairs[index];
    if (pair !== undefined) {
      next = pair + 1;
      return;
    }
    const following = pairs.slice(index + 1).find((other) => other !== undefined) ?? right.length;
    const other = right[next];
    const isAlike = (isObject(other) && isObject(element)) || (Array.isArray(other) && Array.isArray(element));
    if (next < following && isAlike) pairs[index] = next++;
  });
  return pairs;
}

/** Pairs what is left over between two pairs by position, where it is as much on both sides. */
export function pairGaps(pairs: Pairing, count: number): Pairing {
  const result = [...pairs];
  let [start, next] = [0, 0];
  for (let index = 0; index <= pairs.length; index += 1) {
    const pair = index === pairs.length ? count : pairs[index];
    if (pair === undefined) continue;
    for (let gap = start; index - start === pair - next && gap < index; gap += 1) result[gap] = next + gap - start;
    [start, next] = [index + 1, pair + 1];
  }
  return result;
}

/** A committed text without a counterpart. */
interface Templated {
  readonly rendered: number;
  readonly text: Json;
}

/**
 * Pairs texts that changed: a committed one with placeholders belongs to the live one that its placeholders still stand
 * in, the best fit first.
 */
export function pairTexts(
  pairs: Pairing,
  templated: readonly Templated[],
  count: number,
  standing: (text: Json, left: number, right: number) => number,
): Pairing {
  const open = templated.filter(
    ({ rendered, text }) => pairs[rendered] === undefined && typeof text === 'string' && text.includes('{{'),
  );
  if (open.length === 0) return pairs;
  const taken = new Set(pairs);
  const free = Array.from({ length: count }, (_, position) => position).filter((position) => !taken.has(position));
  const fits = open
    .flatMap(({ rendered, text }) =>
      free.map((position) => ({ rendered, position, fit: standing(text, rendered, position) })),
    )
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit);
  const result = [...pairs];
  const used = new Set<number>();
  for (const { rendered, position } of fits) {
    if (result[rendered] !== undefined || used.has(position)) continue;
    result[rendered] = position;
    used.add(position);
  }
  return result;
}
