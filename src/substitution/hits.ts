import type { ArtifactName } from '../model/artifact';
import { nearest } from '../model/nearest';
import { anyPattern } from '../model/selection';
import type { OriginFile, Place, RenderProblem, Scope } from './scope';

/** What the rendering of one artifact used. */
export interface VariableUse extends ArtifactName {
  readonly variables: ReadonlySet<string>;
}

/** Override patterns that match none of the artifacts: most probably misspelt. */
export function unmatchedOverrides(scope: Pick<Scope, 'overrides'>, names: readonly ArtifactName[]): RenderProblem[] {
  return unmatched(Object.keys(scope.overrides), names).map((pattern) => ({
    code: 'override-unmatched',
    message: `The override for "${pattern}" matches no artifact`,
    ...nearestArtifact(pattern, names),
    severity: 'warning',
    origin: 'environment',
    path: ['overrides', pattern],
  }));
}

/** Patterns under `artifacts` that match none. */
export function unmatchedArtifacts(
  patterns: readonly string[],
  names: readonly ArtifactName[],
  origin: OriginFile,
): RenderProblem[] {
  return unmatched(patterns, names).map((pattern) => ({
    code: 'unmatched-artifact',
    message: `"${pattern}" under "artifacts" matches no artifact`,
    ...nearestArtifact(pattern, names),
    severity: 'warning',
    origin,
    path: ['artifacts', pattern],
  }));
}

function unmatched(patterns: readonly string[], names: readonly ArtifactName[]): string[] {
  return patterns.filter((pattern) => !names.some(anyPattern([pattern])));
}

/** The artifact that a misspelt pattern probably means. */
export function nearestArtifact(pattern: string, names: readonly ArtifactName[]): { hint?: string } {
  const kind = pattern.slice(0, pattern.indexOf('/'));
  const ofKind = names.filter((name) => name.kind === kind).map(({ key }) => key);
  const near = nearest(pattern.slice(kind.length + 1), ofKind);
  return near === undefined ? {} : { hint: `Did you mean "${kind}/${near}"?` };
}

/** Variables that no artifact uses: of all artifacts, and of those that `artifacts` names. */
export function unusedVariables(
  scope: Pick<Scope, 'variables' | 'origins' | 'perArtifact'>,
  uses: readonly VariableUse[],
): RenderProblem[] {
  const common = Object.keys(scope.variables).map((name) => {
    const origin = scope.origins?.get(name) ?? { origin: 'environment' as const, path: ['variables', name] };
    return { name, ...origin, uses, of: 'no artifact' };
  });
  const own = (scope.perArtifact ?? []).flatMap(({ pattern, variables, origin, path }) =>
    Object.keys(variables).map((name) => ({
      name,
      origin,
      path: [...path, name] as Place,
      uses: uses.filter(anyPattern([pattern])),
      of: `no artifact that "${pattern}" matches`,
    })),
  );
  return [...common, ...own].flatMap(({ name, origin, path, uses: near, of }): RenderProblem[] => {
    if (near.some(({ variables }) => variables.has(name))) return [];
    const message = `Variable "${name}" is used by ${of}`;
    const unknown = near.flatMap(({ variables }) => [...variables].filter((used) => !isKnown(scope, used)));
    const wanted = nearest(name, unknown);
    const hint = wanted === undefined ? {} : { hint: `Did you mean "${wanted}", which is not set?` };
    return [{ code: 'unused-variable', message, ...hint, severity: 'warning', origin, path }];
  });
}

function isKnown({ variables, perArtifact }: Pick<Scope, 'variables' | 'perArtifact'>, name: string): boolean {
  return Object.hasOwn(variables, name) || perArtifact?.some((layer) => Object.hasOwn(layer.variables, name)) === true;
}
