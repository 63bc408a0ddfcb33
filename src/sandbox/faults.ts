import { chanceOf } from './fault-rules/chance';
import { matcherOf } from './fault-rules/match';
import type { FaultAction, FaultRule } from './fault-rules/rule';
import { HiddenWrites } from './hidden-writes';

export type { FaultAction, FaultRule } from './fault-rules/rule';

/** What a rule has come to. */
export interface FaultCount {
  readonly matched: number;
  readonly struck: number;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly position: number;
  readonly matches: (method: string, url: string) => boolean;
  matched: number;
  struck: number;
}

/** A fault that strikes a request; `chance` is a number of this request from 0 to 1, for spreads. */
export interface Strike {
  readonly action: FaultAction;
  readonly chance: number;
}

const DEFAULT_SEED = 1;

/**
 * The faults to inject. Rules are tried in order and the first one that strikes decides; a request that an earlier rule
 * took is not counted by the later ones. Chance comes from the seed, the rule and how many requests it has matched: the
 * same requests in the same order get the same faults.
 */
export class Faults {
  /** Writes that are not seen yet. */
  readonly hidden = new HiddenWrites();
  private armed: ArmedRule[] = [];

  /** @param environment the name of the server, for rules that are not for all. */
  constructor(
    private readonly environment?: string,
    private chosenSeed = DEFAULT_SEED,
  ) {}

  get seed(): number {
    return this.chosenSeed;
  }

  /**
   * Replaces all rules, starts their counts at zero and shows what was hidden.
   * @throws {SyntaxError} for a path that is no regular expression.
   */
  set(rules: readonly FaultRule[], seed = this.chosenSeed): void {
    this.armed = rules.map((rule, position) => ({
      rule,
      position,
      matches: matcherOf(rule.match),
      matched: 0,
      struck: 0,
    }));
    this.chosenSeed = seed;
    this.hidden.clear();
  }

  clear(): void {
    this.set([]);
  }

  rules(): FaultRule[] {
    return this.armed.map((armed) => armed.rule);
  }

  /** How often each rule has matched and struck, in the order of the rules. */
  counts(): FaultCount[] {
    return this.armed.map(({ matched, struck }) => ({ matched, struck }));
  }

  /** The fault for this request, counted. */
  strike(method: string, url: string): Strike | undefined {
    const armed = this.armed.find((each) => this.strikes(each, method, url));
    return armed && { action: armed.rule.action, chance: chanceOf(this.seed, armed.position, -armed.matched) };
  }

  private strikes(armed: ArmedRule, method: string, url: string): boolean {
    const { environments, after = 0, times = Infinity, probability = 1 } = armed.rule;
    if (environments && !environments.includes(this.environment ?? '')) return false;
    if (!armed.matches(method, url)) return false;
    armed.matched += 1;
    if (armed.matched <= after || armed.struck >= times) return false;
    if (chanceOf(this.seed, armed.position, armed.matched) >= probability) return false;
    armed.struck += 1;
    return true;
  }
}
