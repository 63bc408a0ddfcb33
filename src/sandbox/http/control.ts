import type { FastifyInstance, FastifyReply } from 'fastify';
import { isObject, type Json } from '../../model/json';
import type { FaultAction, FaultRule, Faults } from '../faults';
import type { Journal } from '../journal';
import { send } from './pipeline';

/*
 * What the sandbox offers beside the product's own paths, without authentication, since it only listens on the loopback:
 *
 *   GET    /sandbox/journal   every request received so far
 *   DELETE /sandbox/journal   forget them
 *   POST   /sandbox/reset     back to the seed
 *   GET    /sandbox/state     everything that the server holds, secrets included
 *   POST   /sandbox/state     write the state file now
 *   PUT    /sandbox/faults    set the fault rules: a JSON list
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
export function registerControls(app: FastifyInstance, controls: Controls): void {
  const { journal, faults } = controls;
  const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));
  app.get('/sandbox/journal', (_request, reply) => send(reply, { status: 200, body: plain(journal.entries()) }));
  app.delete('/sandbox/journal', (_request, reply) => done(reply, () => journal.clear()));
  app.post('/sandbox/reset', (_request, reply) => done(reply, () => controls.reset()));
  app.get('/sandbox/state', (_request, reply) => send(reply, { status: 200, body: controls.snapshot() }));
  app.post('/sandbox/state', (_request, reply) => done(reply, () => controls.save()));
  app.delete('/sandbox/faults', (_request, reply) => done(reply, () => faults.clear()));
  app.put('/sandbox/faults', (request, reply) => {
    const rules = sentRules(request.body);
    if (!rules) return send(reply, { status: 400, body: { error: 'The body has to be a JSON list of fault rules.' } });
    done(reply, () => faults.set(rules));
  });
}

function done(reply: FastifyReply, work: () => void): void {
  work();
  send(reply, { status: 204 });
}

function sentRules(body: unknown): FaultRule[] | undefined {
  try {
    const rules: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    if (!Array.isArray(rules)) return undefined;
    const valid = rules.filter(isRule);
    for (const rule of valid) new RegExp(rule.match.path ?? '');
    return valid.length === rules.length ? valid : undefined;
  } catch {
    return undefined;
  }
}

const ACTIONS = ['status', 'reset', 'delayMs', 'html', 'truncate'];

function isRule(rule: unknown): rule is FaultRule {
  return isObject(rule) && isObject(rule.match) && isAction(rule.action);
}

function isAction(action: unknown): action is FaultAction {
  return isObject(action) && ACTIONS.some((kind) => Object.hasOwn(action, kind));
}
