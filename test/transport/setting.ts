import type { Connection } from '../../src/transport/connection';
import {
  createTransport,
  type Transport,
  type TransportEvent,
  type TransportOptions,
} from '../../src/transport/transport';
import { LiftlockError } from '../../src/model/problem';
import { stopServers } from './fake-server';

export const PASSWORD = 'pass-word-1234';

/** A transport with a clock that only sleeping moves, and what it did. */
export interface Setting {
  readonly transport: Transport;
  readonly slept: number[];
  readonly events: TransportEvent[];
  readonly clock: { now: number };
}

const open: Transport[] = [];

afterEach(async () => {
  for (const transport of open.splice(0)) transport.close();
  await stopServers();
});

/** Basic authentication, tenant carbon.super, no real sleeping, no jitter (the longest wait). */
export async function setUp(
  connection: Partial<Connection> & { url: string },
  options: Partial<TransportOptions> = {},
): Promise<Setting> {
  const slept: number[] = [];
  const events: TransportEvent[] = [];
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') };
  const transport = await createTransport(
    {
      environment: 'prod',
      tenant: 'carbon.super',
      auth: { type: 'basic', username: 'alice', password: PASSWORD },
      ...connection,
    },
    {
      scopes: [],
      log: (event) => events.push(event),
      now: () => clock.now,
      random: () => 0.999999,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        clock.now += milliseconds;
      },
      ...options,
    },
  );
  open.push(transport);
  return { transport, slept, events, clock };
}

/** The LiftlockError that the promise fails with. */
export async function errorOf(promise: Promise<unknown>): Promise<LiftlockError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`did not fail but gave ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof LiftlockError)) throw outcome.error;
  return outcome.error;
}

/** Everything that a user or a log could get to see of an error. */
export function allTextOf(error: LiftlockError): string {
  return [
    error.message,
    error.stack,
    JSON.stringify(error.problems),
    JSON.stringify(error),
    String(error.cause ?? ''),
  ].join('\n');
}

/** Message and hint of the only problem. */
export function told(error: LiftlockError): { code: string; message: string; hint: string; environment: string } {
  expect(error.problems).toHaveLength(1);
  const [problem] = error.problems;
  return {
    code: problem?.code ?? '',
    message: problem?.message ?? '',
    hint: problem?.hint ?? '',
    environment: problem?.environment ?? '',
  };
}
