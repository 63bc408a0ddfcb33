import { createHash } from 'node:crypto';
import { artifactText, type ArtifactName } from '../model/artifact';
import { formatPath, isField, type Path } from '../model/path';

/** What else is called, so that no two secrets get one name. */
export interface NamesInUse {
  /** Names of other secrets, in the form of `secretVariable`. */
  readonly taken: { has(name: string): boolean };
  /** Another artifact's key reads the same once it is simplified (`keySlug`). */
  readonly isAmbiguous?: boolean;
}

/**
 * A name for the secret at a path of an artifact, such as `travel-portal-clientSecret`. Readable where it can be; with a
 * digest where two keys or fields would get one name.
 */
export function secretName(artifact: ArtifactName, path: Path, inUse: NamesInUse): string {
  const slug = keySlug(artifact.key);
  const label = labelOf(path);
  const property = label.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  const name = `${slug === '' ? artifact.kind : slug}-${property}`;
  const isLossless = slug === simplified(artifact.key) && property === label;
  const isClear = isLossless && !inUse.isAmbiguous && !inUse.taken.has(secretVariable(name));
  return isClear ? name : `${name}-${digest(artifact, path)}`;
}

/** The start of the names of an artifact's secrets. */
export function keySlug(key: string): string {
  return simplified(key)
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function simplified(key: string): string {
  return key.toLowerCase().replaceAll(' ', '-');
}

/** The form in which names of secrets must differ: that of process variables. */
export function secretVariable(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}

/** The field's name; for `properties[ClientSecret].value` the name of the property. */
function labelOf(path: Path): string {
  const [before, last] = [path.at(-2), path.at(-1)];
  if (last && !isField(last)) return last.item;
  if (before && !isField(before) && last?.field === 'value') return before.item;
  return last?.field ?? '';
}

function digest(artifact: ArtifactName, path: Path): string {
  return createHash('sha256')
    .update(`${artifactText(artifact)}\n${formatPath(path)}`)
    .digest('hex')
    .slice(0, 6);
}
