import { Gate, type Ticket } from '../../src/transport/gate';
import { backoffMs, retryAfterMs } from '../../src/transport/pacing';
import type { TransportEvent } from '../../src/transport/transport';
import { giveJson, startServer } from './fake-server';
import { errorOf, setUp, told } from './setting';

function gateOf(concurrency: number): { gate: Gate; limit: () => number; resume: () => void } {
  const events: TransportEvent[] = [];
  const resumes: (() => void)[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => resumes.push(resolve));
  const gate = new Gate({ concurrency, wait, log: (event) => events.push(event) });
  const limit = (): number => {
    const last = events.filter((event) => event.type === 'pace').at(-1);
    return last?.limit ?? concurrency;
  };
  return { gate, limit, resume: () => resumes.shift()?.() };
}

const enter = (gate: Gate, count: number): Promise<Ticket[]> =>
  Promise.all(Array.from({ length: count }, () => gate.enter()));

async function serve(gate: Gate, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) gate.leave(await gate.enter(), 'served');
}

test('the limit halves once for all requests that were in flight together', async () => {
  const { gate, limit } = gateOf(8);
  for (const ticket of await enter(gate, 8)) gate.leave(ticket, 'throttled');
  expect(limit()).toBe(4);
});

test('the limit halves again for requests that began after it halved, down to one', async () => {
  const { gate, limit } = gateOf(8);
  const seen: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    gate.leave(await gate.enter(), 'throttled');
    seen.push(limit());
  }
  expect(seen).toEqual([4, 2, 1, 1, 1]);
});

test('the limit grows by one after as many successes in a row as it is wide, and not beyond the start', async () => {
  const { gate, limit } = gateOf(4);
  gate.leave(await gate.enter(), 'throttled');
  expect(limit()).toBe(2);
  await serve(gate, 2);
  expect(limit()).toBe(3);
  await serve(gate, 2);
  expect(limit()).toBe(3);
  await serve(gate, 1);
  expect(limit()).toBe(4);
  await serve(gate, 50);
  expect(limit()).toBe(4);
});

test('being throttled begins the count of successes anew', async () => {
  const { gate, limit } = gateOf(8);
  const [first, second] = await enter(gate, 2);
  if (first) gate.leave(first, 'throttled');
  await serve(gate, 3);
  if (second) gate.leave(second, 'throttled');
  await serve(gate, 3);
  expect(limit()).toBe(4);
  await serve(gate, 1);
  expect(limit()).toBe(5);
});

test('requests enter in the order in which they came', async () => {
  const { gate } = gateOf(1);
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const ticket = await gate.enter();
      order.push(number);
      gate.leave(ticket, 'served');
    }),
  );
  expect(order).toEqual([1, 2, 3, 4]);
});

test('nobody enters during a pause', async () => {
  const { gate, resume } = gateOf(2);
  gate.pause(1000);
  let entered = false;
  const entering = gate.enter().then(() => {
    entered = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(entered).toBe(false);
  resume();
  await entering;
  expect(entered).toBe(true);
});

test('a shut gate turns away those who wait and those who come', async () => {
  const { gate } = gateOf(1);
  await gate.enter();
  const waiting = gate.enter();
  gate.shut(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
  await expect(gate.enter()).rejects.toThrow('over');
});

test('reads Retry-After as seconds and as a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(retryAfterMs('7', now)).toBe(7000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('soon', now)).toBeUndefined();
  expect(retryAfterMs('-1', now)).toBeUndefined();
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});

test('the backoff doubles up to eight seconds and is drawn from zero', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((tries) => backoffMs(tries, 1))).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000]);
  expect(backoffMs(3, 0)).toBe(0);
});

test.each([429, 503])('Retry-After of a %i holds back all requests and replaces the backoff', async (status) => {
  const server = await startServer((_request, response, count) =>
    count === 1 ? giveJson(response, {}, status, { 'retry-after': '30' }) : giveJson(response, { count }),
  );
  const gates: (() => void)[] = [];
  const slept: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    slept.push(milliseconds);
    return new Promise((resolve) => gates.push(resolve));
  };
  const { transport } = await setUp({ url: server.url, concurrency: 1 }, { sleep });
  const both = Promise.all([
    transport.send({ method: 'GET', path: ['a'] }),
    transport.send({ method: 'GET', path: ['b'] }),
  ]);
  while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.received).toHaveLength(1);
  gates.shift()?.();
  await both;
  expect(slept).toEqual([30_000]);
  expect(server.received).toHaveLength(3);
});

test('Retry-After as a date is obeyed', async () => {
  const server = await startServer((_request, response, count) =>
    count === 1
      ? giveJson(response, {}, 503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:45 GMT' })
      : giveJson(response, {}),
  );
  const { transport, slept } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['a'] });
  expect(slept).toEqual([45_000]);
});

test('a Retry-After longer than two minutes is told to the user', async () => {
  const server = await startServer((_request, response) =>
    giveJson(response, { code: 'T-1', message: 'Slow down' }, 429, { 'retry-after': '3600' }),
  );
  const { transport, slept } = await setUp({ url: server.url });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('http-429');
  expect(error.message).toContain('Slow down. The server asked to wait 3600 seconds.');
  expect(slept).toEqual([]);
});

test('a server that throttles sees fewer requests at a time and all of them are served in the end', async () => {
  let inFlight = 0;
  let refused = 0;
  const held: (() => void)[] = [];
  const server = await startServer((_request, response, count) => {
    inFlight += 1;
    const tooMany = inFlight > 4;
    if (tooMany) refused += 1;
    const answer = (): void => {
      inFlight -= 1;
      giveJson(response, {}, tooMany ? 429 : 200);
    };
    // The first ones wait for each other, so that there are too many for certain.
    if (count > 8) setTimeout(answer, 3);
    else if (held.push(answer) === 8) for (const each of held) each();
  });
  const { transport } = await setUp(
    { url: server.url, concurrency: 8 },
    { sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) },
  );
  const all = await Promise.all(Array.from({ length: 60 }, () => transport.send({ method: 'GET', path: ['x'] })));
  expect(all.every(({ status }) => status === 200)).toBe(true);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(40);
});

test('Retry-After of zero does not replace the backoff', async () => {
  const server = await startServer((_request, response, count) =>
    giveJson(response, {}, count === 1 ? 503 : 200, { 'retry-after': '0' }),
  );
  const { transport, slept } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['a'] });
  expect(slept).toEqual([250]);
});
