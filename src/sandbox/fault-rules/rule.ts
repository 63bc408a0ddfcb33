import type { Json } from '../../model/json';

/** A time, or a spread out of which each request gets its own. */
export type Milliseconds = number | { readonly min: number; readonly max: number };

/** When a write that was answered can be seen: after so many reads that would show it, or after a time. */
export type Visibility = { readonly reads?: number; readonly ms?: number };

/** How much of a write is done: by default the first half of the fields that were sent. */
export interface HalfWrite {
  /** The answer: as if all had been done, or this error. */
  readonly status?: number;
  /** Fields at the top of the body that are lost, in place of the second half. */
  readonly without?: readonly string[];
}

/** What happens instead of, or on top of, the ordinary answer: one of these. */
export interface FaultAction {
  /** This answer; nothing is done. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** The connection is destroyed before the work is done, or after it and before the answer. */
  readonly reset?: 'before' | 'after';
  /** The answer comes later. */
  readonly delayMs?: Milliseconds;
  /** 200 with an HTML page, as a proxy in between would send; nothing is done. */
  readonly html?: true;
  /** The work is done; so many bytes of the body, or half of it, are sent under the length of the whole. */
  readonly truncate?: true | number;
  /** The work is done; the body comes in pieces. */
  readonly trickle?: { readonly bytes: number; readonly everyMs: number };
  /** 401, and nothing is done; `revoked` makes the token of the request worthless for good. */
  readonly token?: 'refused' | 'revoked';
  /** The write is done and answered, but lists and reads do not show it yet. */
  readonly hidden?: Visibility;
  /** The write is done in part. */
  readonly half?: HalfWrite;
}

/** Which requests a rule is about; all that is given has to hold. */
export interface FaultMatch {
  readonly method?: string | readonly string[];
  /** The path below the API, such as `/applications/*`: `*` for one segment, `**` for any number. */
  readonly resource?: string;
  /** Source of a regular expression that is searched in the path with query. */
  readonly path?: string;
  /** This page of a list, counted from 1, by the limit that the request asks for. */
  readonly page?: number;
}

export interface FaultRule {
  readonly match: FaultMatch;
  /** Only on the servers of these environments. */
  readonly environments?: readonly string[];
  /** Leaves the first n matching requests alone. */
  readonly after?: number;
  /** Strikes n times, then never again. */
  readonly times?: number;
  /** Strikes with this chance, from 0 to 1; which of the requests, is in the seed. */
  readonly probability?: number;
  readonly action: FaultAction;
}
