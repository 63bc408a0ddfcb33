import type { Version } from '../../src/sandbox/versions';
import { differences, type Difference } from './answers/comparison';
import { compared } from './answers/frame';
import { hasNewerFields, withoutNewerFields } from './answers/newer-fields';
import { normalised } from './answers/normalised';
import { pathTemplate } from './path-template';
import type { Answer, Server } from './server';
import { Session, type Exchange } from './session';
import type { Step } from './step';

/** A sandbox that stands in for a release. */
export interface Candidate {
  readonly release: Version;
  readonly server: Server;
}

/** A difference, and the exchange in which it was seen. */
export interface Found extends Difference {
  readonly release: Version;
  readonly step: Step;
  /** Path without the query, ids as `{name}`. */
  readonly path: string;
}

/** Sends the same steps to a real server and to sandboxes, one after the other, and compares each answer. */
export async function compareServers(
  steps: readonly Step[],
  real: Server,
  candidates: readonly Candidate[],
): Promise<Found[]> {
  const judge = new Session(real);
  const others = candidates.map((candidate) => ({ ...candidate, session: new Session(candidate.server) }));
  const found: Found[] = [];
  for (const step of steps) {
    const [expected, ...answers] = await Promise.all([
      judge.take(step),
      ...others.map(({ session }) => session.take(step)),
    ]);
    const wanted = reduced(expected, judge, real);
    for (const [index, exchange] of answers.entries()) {
      const other = others[index];
      if (other === undefined || (step.onlyFor ?? other.release) !== other.release) continue;
      const given = forRelease(reduced(exchange, other.session, other.server), other.release);
      found.push(...differences(wanted, given).map((each) => inContext(each, other.release, step)));
    }
  }
  return found;
}

function inContext(difference: Difference, release: Version, step: Step): Found {
  return { ...difference, release, step, path: pathTemplate(step.path) };
}

function forRelease(answer: Answer, release: Version): Answer {
  return hasNewerFields(release) ? { ...answer, body: withoutNewerFields(answer.body) } : answer;
}

function reduced(exchange: Exchange, session: Session, { address }: Server): Answer {
  const operation = { method: exchange.step.method, path: pathTemplate(exchange.step.path) };
  return compared(normalised(exchange.answer, session.kept, address.url), operation);
}
