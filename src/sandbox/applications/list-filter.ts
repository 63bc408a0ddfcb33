import { isAtLeast, type Version } from '../versions';
import { inboundKeys } from './detail';
import { badFilter } from './failures';
import type { ApplicationRecord } from './record';

/*
 * The filters of the list of applications, as the product reads them and asks its database: FilterTreeBuilder of
 * identity.core 5.25.92, and ApplicationDAOImpl of application.mgt, which is the same in 5.25.92, 7.0.80 and 7.8.614.
 */

type Test = (row: ApplicationRecord) => boolean;
type Read = (row: ApplicationRecord) => string;

const NAME: Readonly<Record<string, Read>> = { name: (row) => row.name };
const NAME_AND_KEYS: Readonly<Record<string, Read>> = {
  ...NAME,
  clientId: (row) => inboundKeys(row).clientId,
  issuer: (row) => inboundKeys(row).issuer,
};

/** The first that stands anywhere in an expression is its operator. All but `eq` and the wildcards are a LIKE alike. */
const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const WILDCARDS: Readonly<Record<string, readonly [string, string]>> = { sw: ['', '*'], ew: ['*', ''], co: ['*', '*'] };

interface Comparison {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

/** A filter that was read: what it asks of a row, which attributes it names, and the one value that it seeks, if so. */
export interface ListFilter {
  readonly test: Test;
  readonly attributes: readonly string[];
  readonly sought?: Comparison;
}

/** Reads the filter of a list; 400 APP-60004 for one that names no known attribute or operator. */
export function listFilter(version: Version, filter: string): ListFilter {
  const known = isAtLeast(version, '6.0') ? NAME_AND_KEYS : NAME;
  const alternatives = expressions(filter).map((conjunction) =>
    conjunction.map((expression) => comparison(expression, known, filter)),
  );
  const all = alternatives.flat();
  const attributes = all.map((each) => each.attribute);
  const [first = ''] = filter.trim().split(' ');
  // The database is asked for an application of that name where the first word is not one of the attributes.
  if (!Object.hasOwn(known, first)) return { test: matching('eq', filter, NAME.name), attributes };
  const tests = alternatives.map((conjunction) =>
    conjunction.map(({ attribute, operator, value }) => matching(operator, value, known[attribute])),
  );
  const [only] = all;
  return {
    test: (row) => tests.some((conjunction) => conjunction.every((test) => test(row))),
    attributes,
    ...(only?.operator === 'eq' && all.length === 1 ? { sought: { ...only, value: pattern(only.value) } } : {}),
  };
}

/** The words that the product's reader makes of a text; all other signs only part them. Quotes hold a text together. */
const WORDS = /"([^"]*)"|'([^']*)'|[\w\u00a0-\u00ff@:.*/+-]+|[()]/g;

/** The expressions between `or`, each a list of those between `and`; brackets are passed over, as on their way to SQL. */
function expressions(filter: string): string[][] {
  const alternatives: string[][] = [[]];
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) alternatives.at(-1)?.push(words.join(' '));
    words = [];
  };
  for (const [token, double, single] of filter.matchAll(WORDS)) {
    const joint = /^(?:and|or|not|\(|\))$/i.test(token) ? token.toLowerCase() : undefined;
    if (joint === undefined) words.push(double ?? single ?? token);
    else flush();
    if (joint === 'not') throw badFilter(filter);
    if (joint === 'or') alternatives.push([]);
  }
  flush();
  if (alternatives.some((conjunction) => conjunction.length === 0)) throw badFilter(filter);
  return alternatives;
}

function comparison(expression: string, known: Readonly<Record<string, Read>>, filter: string): Comparison {
  const operator = OPERATORS.find((each) => expression.toLowerCase().includes(` ${each} `));
  if (operator === undefined) throw badFilter(filter);
  const [attribute = '', value] = expression.split(new RegExp(` ${operator} `, 'i')).map((part) => part.trim());
  if (value === undefined || !Object.hasOwn(known, attribute)) throw badFilter(filter);
  return { attribute, operator, value };
}

/** `eq` compares with the pattern itself, which is why a value with an asterisk is never found. */
function matching(operator: string, value: string, read: Read = () => ''): Test {
  const [before, after] = WILDCARDS[operator] ?? ['', ''];
  const sought = pattern(`${before}${value}${after}`);
  if (operator === 'eq') return (row) => read(row) === sought;
  const like = new RegExp(`^${[...sought].map(likePart).join('')}$`, 'su');
  return (row) => like.test(read(row));
}

function pattern(value: string): string {
  return value.trim().replaceAll('*', '%').replaceAll('?', '_');
}

/** One sign of a LIKE pattern as a regular expression. */
function likePart(sign: string): string {
  if (sign === '%') return '.*';
  return sign === '_' ? '.' : sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
