/** One comparison of a filter expression. */
interface Comparison {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

/** A filter as alternatives of conjunctions: `and` binds stronger than `or`. */
type Filter = readonly (readonly Comparison[])[];

const TOKEN = /"((?:[^"\\]|\\.)*)"|(\S+)/g;

/**
 * Reads `name sw "a" and clientId eq b or …` (reference §1.4). A value may be quoted, or be several words up to the
 * next `and` or `or`. Undefined when the text does not follow the grammar.
 */
function parseFilter(filter: string): Filter | undefined {
  const tokens = [...filter.matchAll(TOKEN)].map((hit) => ({
    text: hit[1] ?? hit[2] ?? '',
    quoted: hit[1] !== undefined,
  }));
  const alternatives: Comparison[][] = [[]];
  let words: { text: string; quoted: boolean }[] = [];
  const flush = (): boolean => {
    const comparison = comparisonOf(words.map((word) => word.text));
    if (comparison) alternatives.at(-1)?.push(comparison);
    words = [];
    return comparison !== undefined;
  };
  for (const token of tokens) {
    const joint = token.quoted || words.length < 3 ? undefined : /^(and|or)$/i.exec(token.text)?.[1]?.toLowerCase();
    if (joint === undefined) {
      words.push(token);
      continue;
    }
    if (!flush()) return undefined;
    if (joint === 'or') alternatives.push([]);
  }
  return flush() ? alternatives : undefined;
}

function comparisonOf([attribute, operator, ...value]: string[]): Comparison | undefined {
  if (attribute === undefined || operator === undefined || value.length === 0) return undefined;
  return { attribute, operator: operator.toLowerCase(), value: value.join(' ') };
}

const OPERATORS: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  eq: (text, value) => text === value,
  co: (text, value) => text.includes(value),
  sw: (text, value) => text.startsWith(value),
  ew: (text, value) => text.endsWith(value),
};

/**
 * The test that a filter stands for, given how each attribute is read from a record; undefined when the filter is
 * malformed or names an attribute or operator that is not supported.
 */
export function filterTest<T>(
  filter: string,
  attributes: Readonly<Record<string, (record: T) => string>>,
): ((record: T) => boolean) | undefined {
  const parsed = parseFilter(filter);
  if (!parsed) return undefined;
  const known = (comparison: Comparison): boolean =>
    Object.hasOwn(attributes, comparison.attribute) && Object.hasOwn(OPERATORS, comparison.operator);
  if (!parsed.every((comparisons) => comparisons.every(known))) return undefined;
  const alternatives = parsed.map((comparisons) => comparisons.map((comparison) => testOf(comparison, attributes)));
  const [first, ...others] = alternatives;
  const [only, ...more] = first ?? [];
  // The usual filter is one comparison, and is asked of every record there is.
  if (only && more.length + others.length === 0) return only;
  return (record) => alternatives.some((tests) => tests.every((test) => test(record)));
}

function testOf<T>(
  { attribute, operator, value }: Comparison,
  attributes: Readonly<Record<string, (record: T) => string>>,
): (record: T) => boolean {
  const read = attributes[attribute] ?? (() => '');
  const holds = OPERATORS[operator] ?? (() => false);
  return (record) => holds(read(record), value);
}
