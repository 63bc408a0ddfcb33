import { canonicalise } from '../compare/canonical';
import { artifactText, type Artifact } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { errorProblem, type Problem } from '../model/problem';
import type { ProductKind } from '../products/product';
import type { FindingPlaces } from './finding-places';

/** Artifacts by `kind/key`, canonical. */
export type Values = ReadonlyMap<string, JsonObject>;

/** Desired artifacts in canonical form, by name. */
export function canonicalValues(
  kinds: readonly ProductKind[],
  version: string,
  artifacts: readonly Artifact[],
): Map<string, JsonObject> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return new Map(
    artifacts.flatMap((artifact): [string, JsonObject][] => {
      const kind = byName.get(artifact.kind);
      return kind ? [[artifactText(artifact), canonicalise(kind, artifact.value, version)]] : [];
    }),
  );
}

/** What one artifact expects of others and they are not: an error for each, at the place where it names them. */
export function unmetExpectations(
  kind: ProductKind,
  key: string,
  value: JsonObject,
  targets: Values,
  places: FindingPlaces,
  rest: Partial<Problem> = {},
): Problem[] {
  const name = artifactText({ kind: kind.name, key });
  return (kind.expects?.(value) ?? []).flatMap((expectation): Problem[] => {
    const target = artifactText(expectation);
    const found = targets.get(target);
    const why = found && expectation.unmet(found);
    if (why === undefined) return [];
    const place = places.ofField(kind, key, expectation.path);
    return [
      errorProblem('unmet-reference', `${name} uses ${target}, ${why}`, {
        ...rest,
        artifact: name,
        ...(place ? { place } : {}),
        hint: `Nobody could use it there any more. Change ${expectation.path}, or ${target}.`,
      }),
    ];
  });
}
