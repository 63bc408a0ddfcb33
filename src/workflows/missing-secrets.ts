import { artifactText } from '../model/artifact';
import type { Kind } from '../model/kind';
import type { Difference } from '../model/difference';
import { isWithin, parsePath } from '../model/path';
import type { Remark } from '../model/plan';
import { errorProblem, type Problem } from '../model/problem';
import { secretVariable } from '../substitution/secret-names';
import type { DesiredArtifact } from './desired';

/** The same for what is new in an artifact that is there, such as another authenticator: it has no secret yet either. */
export function missingAddedSecrets(
  environment: string,
  kind: Kind,
  artifact: DesiredArtifact,
  differences: readonly Difference[],
): ReturnType<typeof missingSecrets> {
  const added = differences.filter(({ change }) => change === 'add').map(({ path }) => parsePath(path));
  const unknownSecrets = artifact.unknownSecrets.filter((secret) =>
    added.some((path) => isWithin(parsePath(secret), path)),
  );
  return missingSecrets(environment, kind, { ...artifact, unknownSecrets }, 'gets a new part');
}

/**
 * What it means that secrets of a new artifact are not available: some the server makes for itself, which is named;
 * without the others the artifact would not work, which is an error.
 */
export function missingSecrets(
  environment: string,
  kind: Kind,
  artifact: DesiredArtifact,
  event = 'is new',
): { remarks: Remark[]; problems: Problem[] } {
  const { kind: kindName, key, unknownSecrets } = artifact;
  const made = unknownSecrets.filter((path) => kind.chosenByServer.includes(path));
  const why = 'the secret is not available here; the server makes one of its own';
  return {
    remarks: made.map((path) => ({ kind: kindName, key, path, why })),
    problems: unknownSecrets
      .filter((path) => !made.includes(path))
      .map((path) => missingSecret(environment, artifact, path, event)),
  };
}

function missingSecret(environment: string, artifact: DesiredArtifact, path: string, event: string): Problem {
  const names = artifact.missingSecretNames ?? [];
  const what = names.length > 0 ? `Missing here: ${names.join(', ')}. ` : '';
  const message = `${artifactText(artifact)} ${event} in ${environment} and needs the secret of ${path}, which is not available here`;
  return errorProblem('missing-secret', message, {
    artifact: artifactText(artifact),
    environment,
    place: { file: artifact.file },
    hint: `${what}Set a process variable such as ${exampleVariable(names[0])}, or name another source under "secrets" in environments/${environment}.yaml.`,
  });
}

function exampleVariable(name = 'NAME'): string {
  return `LIFTLOCK_SECRET_${secretVariable(name)} (or with the prefix of that file)`;
}
