import { artifactText, type ArtifactName } from './artifact';

/** Which artifacts a command works on. Patterns are of the form `kind/key`, with `*` for any text and `?` for one character. */
export interface Selection {
  readonly kinds?: readonly string[];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Turns a name pattern into a test. `*` also matches slashes, because keys are often URIs; case counts. */
function namePattern(pattern: string): (name: ArtifactName) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(artifactText(name));
}

/** True when any of the patterns matches; false for no patterns. */
export function anyPattern(patterns: readonly string[] = []): (name: ArtifactName) => boolean {
  const tests = patterns.map(namePattern);
  return (name) => tests.some((test) => test(name));
}

/** The test for a selection: in the kinds, matched by `only` if given, and not matched by `except`. */
export function selects(selection: Selection): (name: ArtifactName) => boolean {
  const only = anyPattern(selection.only);
  const except = anyPattern(selection.except);
  return (name) =>
    (!selection.kinds?.length || selection.kinds.includes(name.kind)) &&
    (!selection.only?.length || only(name)) &&
    !except(name);
}

/** True when the selection leaves anything out. */
export function isNarrowed(selection: Selection): boolean {
  return Boolean(selection.kinds?.length || selection.only?.length || selection.except?.length);
}
