import type { Json } from '../model/json';

/** What happens instead of, or on top of, the ordinary answer. */
export type FaultAction =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Json }
  /** The connection is destroyed before the work is done, or after it and before the answer. */
  | { readonly reset: 'before' | 'after' }
  | { readonly delayMs: number }
  /** 200 with an HTML page, as a proxy in between would send. */
  | { readonly html: true }
  /** The work is done; half of the body is sent under the length of the whole. */
  | { readonly truncate: true };

export interface FaultRule {
  readonly match: {
    readonly method?: string;
    /** Source of a regular expression that is searched in the path with query. */
    readonly path?: string;
  };
  /** Leaves the first n matching requests alone. */
  readonly after?: number;
  /** Strikes n times, then never again. */
  readonly times?: number;
  readonly action: FaultAction;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly path: RegExp | undefined;
  seen: number;
}

/**
 * The faults to inject. Rules are tried in order and the first one that strikes decides; a request that an earlier rule
 * took is not counted by the later ones. Nothing is random, so a test gets the same faults every time.
 */
export class Faults {
  private armed: ArmedRule[] = [];

  /** Replaces all rules and starts their counts at zero. */
  set(rules: readonly FaultRule[]): void {
    this.armed = rules.map((rule) => ({
      rule,
      path: rule.match.path === undefined ? undefined : new RegExp(rule.match.path),
      seen: 0,
    }));
  }

  clear(): void {
    this.armed = [];
  }

  rules(): FaultRule[] {
    return this.armed.map((armed) => armed.rule);
  }

  /** The action for this request, counted. */
  strike(method: string, path: string): FaultAction | undefined {
    return this.armed.find((armed) => this.strikes(armed, method, path))?.rule.action;
  }

  private strikes(armed: ArmedRule, method: string, path: string): boolean {
    const { match, after = 0, times = Infinity } = armed.rule;
    if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
    if (armed.path && !armed.path.test(path)) return false;
    armed.seen += 1;
    return armed.seen > after && armed.seen <= after + times;
  }
}
