import type { Json } from '../model/json';

/** One request that the sandbox received. */
export interface JournalEntry {
  readonly sequence: number;
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly path: string;
  /** The status sent; null while it is being served, and when the connection was cut instead. */
  readonly status: number | null;
  /** The OAuth client or user behind the request. */
  readonly client?: string;
  readonly scopes?: readonly string[];
  readonly requestBytes: number;
  /** The request body, only when the sandbox was started with `journalBodies`. */
  readonly body?: Json;
}

type OpenEntry = { -readonly [field in keyof JournalEntry]: JournalEntry[field] };

const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Every request in the order of arrival, those under /sandbox excepted. */
export class Journal {
  private list: OpenEntry[] = [];
  private sequence = 0;

  /** Opens the entry of a request that has just arrived; the server fills in the rest. */
  open(method: string, path: string, requestBytes: number): OpenEntry {
    this.sequence += 1;
    const entry: OpenEntry = { sequence: this.sequence, method, path, status: null, requestBytes };
    this.list.push(entry);
    return entry;
  }

  entries(): JournalEntry[] {
    return this.list.map((entry) => ({ ...entry }));
  }

  /** The requests meant to change something; asking for a token is none. */
  writes(): JournalEntry[] {
    return this.entries().filter((entry) => WRITING.has(entry.method) && !/\/oauth2\/token(\?|$)/.test(entry.path));
  }

  clear(): void {
    this.list = [];
  }
}
