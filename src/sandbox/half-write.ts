import { isObject, type Json, type JsonObject } from '../model/json';
import { undo, withChanges } from './changes';
import type { HalfWrite } from './fault-rules/rule';
import type { Received } from './http/listener';
import type { Outcome, Work } from './http/work';
import type { World } from './world';

/**
 * Does a write in part. What the server would refuse as a whole is refused, and nothing is done. Of the rest the first
 * half of the fields is stored, as sent; where the server does not take that alone (a required field is missing), as
 * few more as it takes. The answer is that of the whole write, or the status that the fault asks for.
 */
export function halfDone(world: World, work: Work, request: Received, fault: HalfWrite): Outcome {
  const { result: whole, changes } = withChanges(world, () => work(request));
  if (whole.answer.status >= 300) return whole;
  undo(changes);
  const done = firstAccepted(work, request, partsOf(sentObject(request), fault));
  if (fault.status !== undefined) return { ...whole, answer: { status: fault.status } };
  // What was created has an id that only its own answer knows.
  return done?.answer.status === 201 ? done : whole;
}

function firstAccepted(work: Work, request: Received, parts: readonly JsonObject[]): Outcome | undefined {
  for (const part of parts) {
    if (Object.keys(part).length === 0) return undefined;
    const outcome = work({ ...request, body: Buffer.from(JSON.stringify(part)) });
    if (outcome.answer.status < 300) return outcome;
  }
  return undefined;
}

/** What to try, the smallest part first. */
function partsOf(body: JsonObject, { without }: HalfWrite): JsonObject[] {
  const fields = Object.keys(body);
  if (without) return [only(body, (field) => !without.includes(field))];
  const [single = ''] = fields;
  const inner = body[single];
  if (fields.length === 1 && isObject(inner)) return partsOf(inner, {}).map((part) => ({ [single]: part }));
  const half = Math.floor(fields.length / 2);
  const sizes = Array.from({ length: Math.max(fields.length - half, 1) }, (_, index) => half + index);
  return sizes.map((size) => only(body, (field) => fields.indexOf(field) < size));
}

function only(body: JsonObject, isKept: (field: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([field]) => isKept(field)));
}

function sentObject(request: Received): JsonObject {
  try {
    const body: Json = JSON.parse(request.body.toString('utf8'));
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}
