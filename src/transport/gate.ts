import type { TransportEvent } from './messages';

/** The right to have one request in flight. */
export interface Ticket {
  readonly round: number;
}

/** How the request of a ticket ended, as far as pacing is concerned: `lost` says nothing about the server's load. */
export type TicketEnd = 'served' | 'throttled' | 'lost';

export interface GateOptions {
  readonly concurrency: number;
  /** Sleeps; rejects when everything has to end. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log?: (event: TransportEvent) => void;
}

interface Waiting {
  readonly admit: (ticket: Ticket) => void;
  readonly refuse: (reason: unknown) => void;
}

/**
 * Bounds the requests in flight and adapts the bound to the server: it halves when the server throttles (429, 503), at
 * most once for all requests that were in flight together, and grows by one after as many successes in a row as it is
 * wide. First come, first served.
 */
export class Gate {
  private limit: number;
  private active = 0;
  private round = 0;
  private successes = 0;
  private pauses = 0;
  private shutFor: { reason: unknown } | undefined;
  private readonly queue: Waiting[] = [];

  constructor(private readonly options: GateOptions) {
    this.limit = options.concurrency;
  }

  /** Waits for a free place. Rejects when the gate is shut. */
  enter(): Promise<Ticket> {
    return new Promise((admit, refuse) => {
      if (this.shutFor !== undefined) return refuse(this.shutFor.reason);
      this.queue.push({ admit, refuse });
      this.admitWaiting();
    });
  }

  leave(ticket: Ticket, end: TicketEnd): void {
    this.active -= 1;
    if (end === 'throttled') this.narrow(ticket);
    else if (end === 'served') this.widen();
    this.admitWaiting();
  }

  /** Lets nobody in for a while: Retry-After concerns all requests. */
  pause(milliseconds: number): void {
    this.pauses += 1;
    this.options.log?.({ type: 'pace', limit: this.limit, waitMs: milliseconds });
    const resume = (): void => {
      this.pauses -= 1;
      this.admitWaiting();
    };
    this.options.wait(milliseconds).then(resume, (reason: unknown) => this.shut(reason));
  }

  /** Turns away everybody who waits, and everybody who comes later. */
  shut(reason: unknown): void {
    this.shutFor = { reason };
    for (const waiting of this.queue.splice(0)) waiting.refuse(reason);
  }

  private admitWaiting(): void {
    while (this.pauses === 0 && this.active < this.limit) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.active += 1;
      next.admit({ round: this.round });
    }
  }

  private narrow(ticket: Ticket): void {
    this.successes = 0;
    if (ticket.round !== this.round) return;
    this.round += 1;
    this.setLimit(Math.max(1, Math.floor(this.limit / 2)));
  }

  private widen(): void {
    if (this.limit >= this.options.concurrency) return;
    this.successes += 1;
    if (this.successes < this.limit) return;
    this.successes = 0;
    this.setLimit(this.limit + 1);
  }

  private setLimit(limit: number): void {
    if (limit === this.limit) return;
    this.limit = limit;
    this.options.log?.({ type: 'pace', limit });
  }
}
