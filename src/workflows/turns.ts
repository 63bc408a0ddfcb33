import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Hands out turns of the event loop, one at a time and in order: between two of them Node sees to the network, so that
 * work on artifacts that arrived together does not keep the next requests waiting.
 */
export function turnTaker(): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = last.then(() => nextTurn());
    last = turn;
    return turn;
  };
}
