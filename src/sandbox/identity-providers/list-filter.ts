/** One comparison of a filter. */
export interface Comparison {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string | undefined;
}

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'pr', 'gt', 'ge', 'lt', 'le'];
const END = '-1';
/** A quoted text, a parenthesis, or a word: letters, digits and a few signs; other characters only separate words. */
const TOKEN = /"([^"\n]*)"?|'([^'\n]*)'?|([()])|([A-Za-z0-9@:_\-+.*/\u00a0-\uffff]+)/g;

/**
 * The comparisons of a filter, all of which have to hold: the product reads `and`, `or`, `not` and parentheses, and
 * then takes every comparison that it found (framework: FilterTreeBuilder, setExpressionNodeList). Undefined when the
 * filter cannot be read.
 */
export function comparisonsIn(filter: string): Comparison[] | undefined {
  const reader = new FilterReader(symbolsIn(filter));
  return reader.readExpression() ? reader.comparisons : undefined;
}

function symbolsIn(filter: string): string[] {
  const symbols: string[] = [];
  let words: string[] = [];
  const flush = (isAlways: boolean): void => {
    if (isAlways || words.length > 0) symbols.push(words.join(' '));
    words = [];
  };
  for (const [, double, single, parenthesis, word] of filter.matchAll(TOKEN)) {
    if (parenthesis === '(') {
      symbols.push('(');
    } else if (parenthesis === ')') {
      flush(true);
      symbols.push(')');
    } else if (word !== undefined && /^(and|or|not)$/i.test(word)) {
      flush(false);
      symbols.push(word);
    } else {
      words.push(double ?? single ?? word ?? '');
    }
  }
  flush(false);
  return symbols;
}

/** Recursive descent over the symbols; the joints are known in lower case only, and another symbol ends it all. */
class FilterReader {
  readonly comparisons: Comparison[] = [];
  private symbol = END;

  constructor(private readonly symbols: string[]) {}

  readExpression(): boolean {
    return this.readJoined('or', () => this.readJoined('and', () => this.readFactor()));
  }

  private readJoined(joint: string, readPart: () => boolean): boolean {
    if (!readPart()) return false;
    while (this.symbol === joint) if (!readPart()) return false;
    return true;
  }

  private readFactor(): boolean {
    this.advance();
    if (this.symbol === 'not') return this.readFactor();
    if (this.symbol === ')') return false;
    const isRead = this.symbol === '(' ? this.readExpression() : this.readComparison();
    this.advance();
    return isRead;
  }

  private advance(): void {
    this.symbol = this.symbols.shift() ?? END;
  }

  private readComparison(): boolean {
    const text = this.symbol;
    if (text.trim() === '' || text === END) return true;
    const operator = OPERATORS.find((each) => new RegExp(each === 'pr' ? ' pr' : ` ${each} `, 'i').test(` ${text}`));
    if (operator === undefined) return false;
    const [attribute = '', value] = text.split(new RegExp(operator === 'pr' ? ' pr' : ` ${operator} `, 'i'));
    if (operator === 'pr') this.comparisons.push({ attribute: attribute.trim(), operator, value: undefined });
    else if (value !== undefined) this.comparisons.push({ attribute: attribute.trim(), operator, value: value.trim() });
    return true;
  }
}

/** LIKE of SQL: `_` stands for any character, `%` for any text. */
export function isLike(text: string, pattern: string): boolean {
  const source = [...pattern].map((sign) => (sign === '_' ? '.' : sign === '%' ? '.*' : escaped(sign))).join('');
  return new RegExp(`^${source}$`, 'su').test(text);
}

function escaped(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
