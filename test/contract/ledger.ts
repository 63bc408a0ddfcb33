import type { Exchange } from '../../src/sandbox/http/exchanges';
import { DIFFERENCES, lineOf, OUTSIDE, versionsOf, type Difference } from './differences';
import { SET_OF, type SetName } from './sets';
import { emptyTally } from './tally';
import type { Violation } from './validator';

/** Finds the violations of an exchange against a contract set. */
export type Judge = (set: SetName, exchange: Exchange) => readonly Violation[];

/** Holds exchanges against the contract and the table of differences, and keeps what the table does not explain. */
export class Ledger {
  readonly tally = emptyTally();
  private readonly told = new Set<string>();
  private untold: string[] = [];

  constructor(
    private readonly judge: Judge,
    private readonly differences: readonly Difference[] = DIFFERENCES,
  ) {}

  record(exchange: Exchange): void {
    const { tally } = this;
    if (exchange.fault) tally.faults += 1;
    else if (isOutside(exchange)) tally.outside += 1;
    else this.validate(exchange);
  }

  /** The violations that were found since the last call, each told once. */
  take(): string[] {
    return this.untold.splice(0);
  }

  private validate(exchange: Exchange): void {
    const set = SET_OF[exchange.version];
    this.tally.validated[set] = (this.tally.validated[set] ?? 0) + 1;
    const violations = this.judged(set, exchange);
    const unexplained = violations.filter((violation) => !this.isExplained(exchange, violation));
    if (violations.length > unexplained.length) this.tally.documented += 1;
    for (const violation of unexplained) this.tell(set, exchange, violation);
  }

  /** What the check itself stumbles over is told like any violation: the sandbox that is listened to must not notice. */
  private judged(set: SetName, exchange: Exchange): readonly Violation[] {
    try {
      return this.judge(set, exchange);
    } catch (error) {
      const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return [{ operation: `${exchange.method} ${exchange.url}`, place: 'the check', breach: 'not checked', details }];
    }
  }

  private isExplained({ version }: Exchange, violation: Violation): boolean {
    const fitting = this.differences.filter(
      (difference) => explains(difference, violation) && versionsOf(difference).includes(version),
    );
    this.tally.used = [...new Set([...this.tally.used, ...fitting.map(lineOf)])];
    return fitting.length > 0;
  }

  private tell(set: SetName, exchange: Exchange, { operation, place, breach, details }: Violation): void {
    const about = `${operation} (${exchange.version}, contract ${set})\n    ${place}: ${breach}`;
    if (this.told.has(about)) return;
    this.told.add(about);
    this.untold.push(`${about} (${details})\n    first seen at ${exchange.method} ${exchange.url}`);
  }
}

function isOutside({ url }: Exchange): boolean {
  const pathname = (url.split('?')[0] ?? '').replace(/^\/t\/[^/]+(?=\/)/, '');
  return OUTSIDE.some(({ path }) => new RegExp(path).test(pathname));
}

function explains(difference: Difference, violation: Violation): boolean {
  if (difference.breach !== violation.breach) return false;
  return matches(difference.operation, violation.operation) && matches(difference.place, violation.place);
}

const patterns = new Map<string, RegExp>();

/** True when a text is a pattern, in which `*` stands for any text. */
function matches(pattern: string, text: string): boolean {
  const known = patterns.get(pattern);
  if (known) return known.test(text);
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.[\]{}()|/?+^$\\]/g, '\\$&'))
    .join('.*');
  const made = new RegExp(`^${source}$`);
  patterns.set(pattern, made);
  return made.test(text);
}
