import type { JsonObject } from './json';

/** What names an artifact in every environment: `application/Travel Portal` in text form. */
export interface ArtifactName {
  readonly kind: string;
  readonly key: string;
}

/** One configured object in file vocabulary. */
export interface Artifact extends ArtifactName {
  readonly value: JsonObject;
}

/** The text form of a name, used in reports, selection and dependency lists. */
export function artifactText(name: ArtifactName): string {
  return `${name.kind}/${name.key}`;
}
