import { failure, type LiftlockError } from '../../model/problem';
import type { Server } from '../product';

/** An answer that is not what its API promises: nothing is read from it, least of all that something is not there. */
export function malformed(server: Server, what: string): LiftlockError {
  const { environment } = server;
  return failure('answer-malformed', `${environment}: the server answered ${what}.`, {
    environment,
    hint: 'Check url and the version of the server.',
  });
}
