import type { Caller } from '../access/gatekeeper';
import type { Received } from './listener';
import type { Answer } from './route';

/** What a request is answered with, and who turned out to have sent it. */
export interface Outcome {
  readonly answer: Answer;
  readonly caller?: Caller;
}

export type Work = (request: Received) => Outcome;
