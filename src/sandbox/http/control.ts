import type { ServerResponse } from 'node:http';
import type { Json } from '../../model/json';
import type * as Schema from '../fault-rules/schema';
import type { Faults } from '../faults';
import type { Journal } from '../journal';
import type { Listener, Received } from './listener';
import type { Answer } from './route';
import { send } from './send';

/*
 * What the sandbox offers beside the product's own paths, without authentication, since it only listens on the loopback:
 *
 *   GET    /sandbox/journal   every request received so far
 *   DELETE /sandbox/journal   forget them
 *   POST   /sandbox/reset     back to the seed
 *   GET    /sandbox/state     everything that the server holds, secrets included
 *   POST   /sandbox/state     write the state file now
 *   GET    /sandbox/faults    the fault rules, the seed of their chances, and how often each has matched and struck
 *   PUT    /sandbox/faults    set the fault rules: a JSON list; ?seed=N sets the seed
 *   DELETE /sandbox/faults    no more faults
 */

export interface Controls {
  readonly journal: Journal;
  readonly faults: Faults;
  snapshot(): Json;
  reset(): void;
  /** Writes the state file, if there is one. */
  save(): void;
}

/** Registers the control paths. */
export function registerControls(listener: Listener, controls: Controls): void {
  const { journal, faults } = controls;
  const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));
  const shown = (value: () => unknown) => (_request: Received, response: ServerResponse) =>
    send(response, { status: 200, body: plain(value()) });
  const done = (work: () => void) => (_request: Received, response: ServerResponse) => {
    work();
    send(response, { status: 204 });
  };
  listener.route(
    'GET',
    '/sandbox/journal',
    shown(() => journal.entries()),
  );
  listener.route(
    'DELETE',
    '/sandbox/journal',
    done(() => journal.clear()),
  );
  listener.route(
    'POST',
    '/sandbox/reset',
    done(() => controls.reset()),
  );
  listener.route(
    'GET',
    '/sandbox/state',
    shown(() => controls.snapshot()),
  );
  listener.route(
    'POST',
    '/sandbox/state',
    done(() => controls.save()),
  );
  const { seed } = faults;
  listener.route(
    'GET',
    '/sandbox/faults',
    shown(() => ({ seed: faults.seed, rules: faults.rules(), counts: faults.counts() })),
  );
  listener.route(
    'DELETE',
    '/sandbox/faults',
    done(() => faults.set([], seed)),
  );
  listener.route('PUT', '/sandbox/faults', (request, response) => send(response, setFaults(faults, request)));
}

/** The schema is loaded when rules are sent for the first time: most sandboxes never need it. */
function schema(): typeof Schema {
  return module.require('../fault-rules/schema') as typeof Schema;
}

function setFaults(faults: Faults, request: Received): Answer {
  const seed = new URLSearchParams(request.url.split('?')[1] ?? '').get('seed');
  if (seed !== null && !/^\d{1,9}$/.test(seed)) return refused(['seed: must be a whole number']);
  const sent = parsed(request.body.toString('utf8'));
  if ('mistake' in sent) return refused([sent.mistake]);
  const read = schema().readFaultRules(sent.value);
  if ('mistakes' in read) return refused(read.mistakes);
  faults.set(read.rules, seed === null ? faults.seed : Number(seed));
  return { status: 204 };
}

function parsed(text: string): { value: unknown } | { mistake: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { mistake: `the body: is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
}

function refused(mistakes: string[]): Answer {
  return { status: 400, body: { error: 'The fault rules were not taken.', mistakes } };
}
