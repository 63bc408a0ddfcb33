import type { Authorizer } from './authorization/authorizer';
import type { Subject } from './fault-words';
import type { HttpResponse } from './messages';
import type { Route } from './routes';

/** One request with the rules for sending it. */
export interface Order {
  readonly subject: Subject;
  readonly route: Route;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Absent for a request that carries its own credentials. */
  readonly authorizer?: Authorizer;
  readonly repeatable: boolean;
  readonly arrived?: () => Promise<HttpResponse | undefined>;
  readonly accept: readonly number[];
  /** What to do about an error status, where the sender knows better than the general rule. */
  readonly hint?: (status: number) => string | undefined;
  /** Called before every try, which counts from 1. */
  readonly onTry?: (tries: number) => void;
}
