import { failure } from '../model/problem';
import type { Connection } from './connection';
import type { WireLimits } from './wire';

export interface Settings extends WireLimits {
  readonly concurrency: number;
}

/** Timers of Node.js hold no more and would fire at once. */
const LARGEST = 2_147_483_647;

const DEFAULTS: Settings = {
  concurrency: 8,
  connectTimeoutMs: 10_000,
  readTimeoutMs: 60_000,
  maxResponseBytes: 50 * 1024 * 1024,
};

/**
 * The limits of a connection, defaults filled in.
 * @throws {LiftlockError} `connection-invalid` for anything but whole numbers from 1 to `LARGEST`.
 */
export function settingsOf(connection: Connection): Settings {
  const chosen: Settings = {
    concurrency: connection.concurrency ?? DEFAULTS.concurrency,
    connectTimeoutMs: connection.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs,
    readTimeoutMs: connection.readTimeoutMs ?? DEFAULTS.readTimeoutMs,
    maxResponseBytes: connection.maxResponseBytes ?? DEFAULTS.maxResponseBytes,
  };
  for (const [name, value] of Object.entries(chosen)) {
    if (Number.isSafeInteger(value) && value > 0 && value <= LARGEST) continue;
    throw failure(
      'connection-invalid',
      `${connection.environment}: ${name} must be a whole number from 1 to ${LARGEST}, not ${value}.`,
      {
        environment: connection.environment,
        hint: 'Correct it in the environment file, or leave it out for the default.',
      },
    );
  }
  return chosen;
}
