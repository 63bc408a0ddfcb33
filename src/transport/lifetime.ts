import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from './fault';

/** How long a transport lives: until it is closed, or the user interrupts. */
export interface Lifetime {
  readonly signal: AbortSignal;
  /** Sleeps. Rejects with the fault of `endOf` as soon as the life ends. */
  wait(milliseconds: number): Promise<void>;
  close(): void;
}

type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** A life that ends with the outer signal or by `close`, whichever comes first. */
export function beginLife(outer: AbortSignal | undefined, sleep: Sleep = realSleep): Lifetime {
  const controller = new AbortController();
  const { signal } = controller;
  // Every request in flight and every sleep listens; the default limit would print a warning at eleven.
  setMaxListeners(0, signal);
  const interrupt = (): void => controller.abort('interrupted');
  if (outer?.aborted) interrupt();
  else outer?.addEventListener('abort', interrupt, { once: true });
  return {
    signal,
    wait: (milliseconds) => interruptible(sleep(milliseconds, signal), signal),
    close() {
      outer?.removeEventListener('abort', interrupt);
      controller.abort('transport-closed');
    },
  };
}

/** Why an ended life ended. */
export function endOf(signal: AbortSignal): Fault {
  return new Fault(signal.reason === 'transport-closed' ? 'transport-closed' : 'interrupted', 'connecting');
}

/** Ends the waiting for `work` (not the work) when the signal comes. */
async function interruptible(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(endOf(signal));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    await Promise.race([ended, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function realSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
