import type { Json } from '../model/json';

type Values = ReadonlyMap<string, Json>;

/** How IAM-CTL may have substituted: it goes through the keywords in an order that changes from run to run. */
export interface RawTexts {
  /** With the keywords in the values of others filled in as well. */
  readonly first: string;
  /** In the least lucky order; the same unless keywords stand in the values of others. */
  readonly last: string;
}

/** Replaces `{{NAME}}` in the raw text of a file, before anything is parsed (rivals, A.1 "Placeholders", F18, F20). */
export function rawSubstituted(text: string, values: Values): RawTexts {
  const order = innermostLast(values);
  return { first: replaced(text, values, order), last: replaced(text, values, [...order].reverse()) };
}

function replaced(text: string, values: Values, order: readonly string[]): string {
  return order.reduce((result, name) => {
    const value = values.get(name);
    // A value that is not a text is logged as an error, and its placeholder stays.
    return typeof value === 'string' ? result.replaceAll(`{{${name}}}`, () => value) : result;
  }, text);
}

/** Keywords before those that stand in their values. */
function innermostLast(values: Values): string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    for (const inner of keywordsIn(values.get(name), values)) visit(inner);
    order.unshift(name);
  };
  [...values.keys()].reverse().forEach(visit);
  return order;
}

/** The keywords whose placeholders a value holds. */
export function keywordsIn(value: Json | undefined, values: Values): string[] {
  if (typeof value !== 'string' || !value.includes('{{')) return [];
  return [...values.keys()].filter((name) => value.includes(`{{${name}}}`));
}

/** Applications only: a mask in quotes becomes nothing, so that the server keeps its secret (rivals, A.1 "Secrets"). */
export function withoutMasks(text: string): string {
  return text.replaceAll("'********'", 'null').replaceAll('"********"', 'null');
}
