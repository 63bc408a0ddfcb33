import { artifactText } from '../model/artifact';
import { errorProblem, type Problem } from '../model/problem';
import { referencesOf, type Step } from '../planning/order';
import type { DesiredState } from './desired';

/** References that the server would refuse: the target is neither there nor planned, or is about to be deleted. */
export function danglingReferences(
  environment: string,
  desired: DesiredState,
  steps: readonly Step[],
  listed: ReadonlyMap<string, Pick<ReadonlyMap<string, unknown>, 'has'>>,
): Problem[] {
  const created = new Set(
    steps.filter((step) => step.action === 'create').map((step) => `${step.kind.name}/${step.key}`),
  );
  const deleted = new Set(
    steps.filter((step) => step.action === 'delete').map((step) => `${step.kind.name}/${step.key}`),
  );
  const files = new Map(desired.artifacts.map((artifact) => [artifactText(artifact), artifact.file]));
  return steps.flatMap((step) =>
    referencesOf(step.kind, step.desired)
      .filter((reference) => reference.mustExist)
      .filter((reference) => {
        const target = artifactText(reference);
        const present = listed.get(reference.kind)?.has(reference.key) ?? true;
        return deleted.has(target) || (!present && !created.has(target));
      })
      .map((reference) => {
        const artifact = `${step.kind.name}/${step.key}`;
        const file = files.get(artifact);
        return errorProblem(
          'missing-reference',
          `${artifact} refers to ${artifactText(reference)}, which ${environment} does not have and no file adds`,
          {
            artifact,
            environment,
            ...(file ? { place: { file } } : {}),
            hint: `Export or write the ${reference.kind} first, or correct ${reference.path}.`,
          },
        );
      }),
  );
}
