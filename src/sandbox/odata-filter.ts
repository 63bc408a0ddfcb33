import type { Json, JsonObject } from '../model/json';

interface Comparison {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

const COMPARISON = /^\s*(\w+)\s+(\w+)\s+(?:'((?:[^']|'')*)'|(\d+))\s*/;
const JOINT = /^(and|or)\b/;

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/**
 * The test that an OData filter such as `name eq 'Boats' and displayOrder gt 2` stands for: what the lists of templates
 * take, where other lists take SCIM-like filters. `and` binds stronger than `or`; there are no parentheses.
 * @returns undefined when the text is malformed, or names a field or operator that is not supported
 */
export function odataTest(filter: string, fields: readonly string[]): ((object: JsonObject) => boolean) | undefined {
  const alternatives = parsed(filter);
  const known = ({ field, operator }: Comparison): boolean =>
    fields.includes(field) && Object.hasOwn(OPERATORS, operator);
  if (!alternatives?.flat().every(known)) return undefined;
  return (object) => alternatives.some((comparisons) => comparisons.every((each) => holds(object[each.field], each)));
}

function parsed(filter: string): Comparison[][] | undefined {
  const alternatives: Comparison[][] = [[]];
  let rest = filter;
  for (;;) {
    const hit = COMPARISON.exec(rest);
    if (!hit) return undefined;
    const [whole, field = '', operator = '', quoted, number = ''] = hit;
    alternatives.at(-1)?.push({ field, operator, value: quoted?.replaceAll("''", "'") ?? number });
    rest = rest.slice(whole.length);
    if (rest === '') return alternatives;
    const joint = JOINT.exec(rest)?.[1];
    if (joint === undefined) return undefined;
    if (joint === 'or') alternatives.push([]);
    rest = rest.slice(joint.length);
  }
}

function holds(stored: Json | undefined, { operator, value }: Comparison): boolean {
  if (typeof stored !== 'string' && typeof stored !== 'number') return false;
  const order = typeof stored === 'number' ? stored - Number(value) : stored.localeCompare(value, 'en');
  return OPERATORS[operator]?.(order) ?? false;
}
