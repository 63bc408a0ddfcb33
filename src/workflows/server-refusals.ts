import { artifactText } from '../model/artifact';
import type { JsonObject } from '../model/json';
import type { Kind, Need } from '../model/kind';
import { didYouMean } from '../model/nearest';
import { errorProblem, warningProblem, type Problem } from '../model/problem';
import type { Step } from '../planning/order';
import type { Available, Server } from '../products/product';
import type { DesiredState } from './desired';
import { FindingPlaces } from './finding-places';
import type { Session } from './session';

type About = Pick<Problem, 'artifact' | 'environment' | 'place'>;
type AboutField = (kind: Kind, key: string, path: string) => About;

/** What servers of a release refuse in a canonical value, each as an error of the artifact. */
export function refusalsIn(kind: Kind, key: string, value: JsonObject, release: string, about: AboutField): Problem[] {
  const name = artifactText({ kind: kind.name, key });
  const refused = kind.refusals?.(value, release) ?? [];
  return refused.map(({ path, message, hint }) =>
    errorProblem('server-refuses', `${name}: ${path}: ${message}`, { ...about(kind, key, path), hint }),
  );
}

/**
 * What the server would refuse, or leave out without a word, in the creations and updates of a plan: combinations of
 * fields, and names of what it does not have. It is asked once for each kind of thing that a change newly names, and not
 * at all when there are none. What it does not tell is a warning that says so.
 */
export async function serverRefusals(
  session: Session,
  desired: DesiredState,
  steps: readonly Step[],
): Promise<Problem[]> {
  const about = aboutFields(session, desired);
  const writes = steps.flatMap(({ kind, key, desired: value, live }) => (value ? [{ kind, key, value, live }] : []));
  const release = session.server.version;
  const needs = writes.flatMap(({ kind, key, value, live }) =>
    newNeeds(kind, value, live, release).map((need) => ({ ...need, of: kind, by: key })),
  );
  const problems: Problem[] = [];
  for (const kind of new Set(needs.map((need) => need.kind))) {
    const named = needs.filter((need) => need.kind === kind);
    const available = await session.product.referents.available(session.server, kind);
    problems.push(...lacking(session.server, available, named, about));
  }
  return [...writes.flatMap(({ kind, key, value }) => refusalsIn(kind, key, value, release, about)), ...problems];
}

interface OwnNeed extends Need {
  readonly of: Kind;
  readonly by: string;
}

/** What live names already is there, or was taken away by something else than this change. */
function newNeeds(kind: Kind, value: JsonObject, live: JsonObject | undefined, release: string): readonly Need[] {
  const needs = kind.needs?.(value, release) ?? [];
  const known = new Set((live ? (kind.needs?.(live, release) ?? []) : []).map(nameOfNeed));
  return needs.filter((need) => !known.has(nameOfNeed(need)));
}

const nameOfNeed = ({ path, kind, key }: Need): string => JSON.stringify([path, kind, key]);

function lacking(
  { environment }: Server,
  available: Available,
  needs: readonly OwnNeed[],
  about: AboutField,
): Problem[] {
  if ('untold' in available) return [unchecked(environment, available.untold, needs)];
  return needs.flatMap((need) => {
    const { of, by, path, kind, key } = need;
    const found = available.found.get(key);
    const name = artifactText({ kind: of.name, key: by });
    const rest = about(of, by, path);
    if (found === undefined) {
      const meant = didYouMean(key, [...available.found.keys()]);
      return errorProblem('missing-referent', `${name}: ${path}: ${environment} has no ${words(kind)} "${key}"`, {
        ...rest,
        hint: `${meant}Set it up on the server first, or name one that it has.`,
      });
    }
    const why = need.unfit?.(found);
    return why === undefined
      ? []
      : errorProblem('server-refuses', `${name}: ${path}: ${words(kind)} ${key} ${why}`, rest);
  });
}

const NAMED = 3;

function unchecked(environment: string, why: string, needs: readonly OwnNeed[]): Problem {
  const names = [...new Set(needs.map(({ of, by }) => artifactText({ kind: of.name, key: by })))];
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const [need] = needs;
  return warningProblem(
    'not-checked',
    `${environment}: not checked whether each ${words(need?.kind ?? '')} exists that ${names.slice(0, NAMED).join(', ')}${more} name: ${why}`,
    { environment, hint: 'Make sure that they exist: the server refuses others, or leaves them out.' },
  );
}

const words = (kind: string): string => kind.replaceAll('-', ' ');

function aboutFields(session: Session, desired: DesiredState): AboutField {
  const places = new FindingPlaces(desired);
  const files = new Map(desired.artifacts.map((artifact) => [artifactText(artifact), artifact.file]));
  return (kind, key, path) => {
    const artifact = artifactText({ kind: kind.name, key });
    const file = files.get(artifact);
    const place = places.ofField(kind, key, path) ?? (file === undefined ? undefined : { file });
    return { artifact, environment: session.environment, ...(place ? { place } : {}) };
  };
}
