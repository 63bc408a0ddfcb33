import { artifactText } from '../model/artifact';
import { didYouMean } from '../model/nearest';
import { errorProblem, type Problem } from '../model/problem';
import { referencesOf, type Reference, type Step } from '../planning/order';
import type { DesiredState } from './desired';
import { FindingPlaces } from './finding-places';

type Listings = ReadonlyMap<string, Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>>;

/** References that the server would refuse: the target is neither there nor planned, or is about to be deleted. */
export function danglingReferences(
  environment: string,
  desired: DesiredState,
  steps: readonly Step[],
  listed: Listings,
): Problem[] {
  const created = namesOf(steps.filter((step) => step.action === 'create'));
  const deleted = namesOf(steps.filter((step) => step.action === 'delete'));
  const places = new FindingPlaces(desired);
  const files = new Map(desired.artifacts.map((artifact) => [artifactText(artifact), artifact.file]));
  const isDangling = (reference: Reference): boolean => {
    const target = artifactText(reference);
    const present = listed.get(reference.kind)?.has(reference.key) ?? true;
    return reference.mustExist && (deleted.has(target) || (!present && !created.has(target)));
  };
  return steps.flatMap((step) =>
    referencesOf(step.kind, step.desired)
      .filter(isDangling)
      .map((reference) => {
        const artifact = nameOf(step);
        const file = files.get(artifact);
        const meant = didYouMean(reference.key, othersOf(reference, steps, listed));
        const place = places.ofReference(step.kind, step.key, reference) ?? (file === undefined ? undefined : { file });
        return errorProblem(
          'missing-reference',
          `${artifact} refers to ${artifactText(reference)}, which ${environment} does not have and no file adds`,
          {
            artifact,
            environment,
            ...(place ? { place } : {}),
            hint: `${meant}Export or write the ${reference.kind} first, or correct ${reference.path}.`,
          },
        );
      }),
  );
}

/** The other artifacts of the kind that are there or planned. */
function othersOf({ kind, key }: Reference, steps: readonly Step[], listed: Listings): string[] {
  const planned = steps.filter((step) => step.kind.name === kind).map((step) => step.key);
  return [...(listed.get(kind)?.keys() ?? []), ...planned].filter((name) => name !== key);
}

function nameOf({ kind, key }: Step): string {
  return artifactText({ kind: kind.name, key });
}

function namesOf(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.map(nameOf));
}
