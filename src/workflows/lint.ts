import { canonicalise } from '../compare/canonical';
import { artifactText, type ArtifactName } from '../model/artifact';
import { isSystemKey } from '../model/kind';
import { didYouMean } from '../model/nearest';
import type { Problem } from '../model/problem';
import { warningProblem, errorProblem } from '../model/problem';
import { referencesOf, type Reference } from '../planning/order';
import type { ProductKind } from '../products/product';
import { rules } from '../rules/rules';
import type { JsonObject } from '../model/json';
import type { DesiredArtifact, DesiredState } from './desired';
import { FindingPlaces } from './finding-places';
import { refusalsIn } from './server-refusals';
import { canonicalValues, unmetExpectations } from './unmet-expectations';

/** What the security rules and references say about the files rendered for one environment. */
export function lintDesired(
  kinds: readonly ProductKind[],
  environment: { name: string; version: string },
  desired: DesiredState,
): Problem[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const inFiles = new Set(desired.artifacts.map(artifactText));
  const places = new FindingPlaces(desired);
  const keysOf = (kind: string): string[] =>
    desired.artifacts.filter((artifact) => artifact.kind === kind).map(({ key }) => key);
  const values = canonicalValues(kinds, environment.version, desired.artifacts);
  return desired.artifacts.flatMap((artifact) => {
    const kind = byName.get(artifact.kind);
    if (!kind) return [];
    const value = canonicalise(kind, artifact.value, environment.version);
    const about = { artifact: artifactText(artifact), place: { file: artifact.file } };
    const findings = rules
      .filter((rule) => rule.kind === artifact.kind)
      .flatMap((rule) => rule.check({ ...artifact, value }).map((finding) => ({ rule, finding })));
    return [
      ...findings.map(({ rule, finding }): Problem => ({
        ...about,
        place: places.ofField(kind, artifact.key, finding.path) ?? about.place,
        code: rule.id,
        severity: rule.severity,
        message: `${finding.path}: ${finding.message}`,
        hint: `${rule.why} ${rule.mend}`,
      })),
      ...refusalsIn(kind, artifact.key, value, environment.version, (of, key, path) => ({
        ...about,
        place: places.ofField(of, key, path) ?? about.place,
      })),
      ...unmetExpectations(kind, artifact.key, value, values, places, { environment: environment.name }),
      ...danglingNames(byName, artifact, value, inFiles).map((reference) =>
        warningProblem(
          'reference-not-in-files',
          `${artifactText(artifact)} refers to ${artifactText(reference)}, which is in no file`,
          {
            ...about,
            place: places.ofReference(kind, artifact.key, reference) ?? about.place,
            hint: `${didYouMean(reference.key, keysOf(reference.kind))}It has to exist on every server already; otherwise export or write it.`,
          },
        ),
      ),
    ];
  });
}

/** References whose target no file has. Names of the product's own artifacts, where they can be told offline, are left out. */
function danglingNames(
  kinds: ReadonlyMap<string, ProductKind>,
  artifact: DesiredArtifact,
  value: JsonObject,
  inFiles: ReadonlySet<string>,
): Reference[] {
  const kind = kinds.get(artifact.kind);
  if (!kind) return [];
  return referencesOf(kind, value).filter((reference) => {
    const target = kinds.get(reference.kind);
    const mayBeShipped = target === undefined || target.isSystem !== undefined || isSystemKey(target, reference.key);
    return reference.mustExist && !mayBeShipped && !inFiles.has(artifactText(reference));
  });
}

/** The same finding in several environments is one finding that names them. */
export function mergeFindings(found: readonly { environment: string; problems: readonly Problem[] }[]): Problem[] {
  const merged = new Map<string, { problem: Problem; environments: string[] }>();
  for (const { environment, problems } of found) {
    for (const problem of problems) {
      const key = JSON.stringify([problem.code, problem.message, problem.place ?? null]);
      const entry = merged.get(key) ?? { problem, environments: [] };
      if (!entry.environments.includes(environment)) entry.environments.push(environment);
      merged.set(key, entry);
    }
  }
  return [...merged.values()].map(({ problem, environments }) =>
    environments.length === found.length
      ? withoutEnvironment(problem)
      : { ...problem, environment: environments.join(', ') },
  );
}

function withoutEnvironment(problem: Problem): Problem {
  const { environment: _all, ...rest } = problem;
  return rest;
}

/** Literal secrets in files: they would be committed. */
export function literalSecret(
  artifact: ArtifactName & { file: string },
  path: string,
  place: Problem['place'],
): Problem {
  return errorProblem('literal-secret', `${artifactText(artifact)}: ${path} holds a secret in clear`, {
    artifact: artifactText(artifact),
    ...(place ? { place } : {}),
    hint: 'Put {{secret:NAME}} there, provide the value by a source under "secrets" in the environment files, and change the secret: it may be in the history of git.',
  });
}
