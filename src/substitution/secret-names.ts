import { createHash } from 'node:crypto';
import { artifactText, type ArtifactName } from '../model/artifact';
import { formatPath, isField, type Path } from '../model/path';

/**
 * A name for the secret at a path of an artifact, such as `travel-portal-clientSecret`. Readable where it can be; with a
 * digest where two keys or fields would get one name. `taken` are the names that other secrets have.
 */
export function secretName(artifact: ArtifactName, path: Path, taken: ReadonlySet<string>): string {
  const wanted = artifact.key.toLowerCase().replaceAll(' ', '-');
  const slug = wanted.replaceAll(/[^a-z0-9_]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const label = labelOf(path);
  const property = label.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  const name = `${slug === '' ? artifact.kind : slug}-${property}`;
  const inUse = new Set([...taken].map(secretVariable));
  const isClear = slug === wanted && property === label && !inUse.has(secretVariable(name));
  return isClear ? name : `${name}-${digest(artifact, path)}`;
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
