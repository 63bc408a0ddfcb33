import { serviceProvider } from './application-shapes';
import { claimDialect } from './claim-shapes';
import { identityProvider } from './identity-provider-shapes';
import type { MapShape } from './shape';

export type ProductFileKind = 'application' | 'identity-provider' | 'claim-dialect';

interface FileKind {
  readonly kind: ProductFileKind;
  readonly shape: MapShape;
  /** Name of the XML document. */
  readonly root: string;
  /** The field that only this kind has, by which JSON and YAML files are told apart. */
  readonly mark: string;
  /** What the product calls it. */
  readonly title: string;
}

/** The kinds of files that the product exports (reference, 2.2.6, 2.3.4, 3.1). */
export const FILE_KINDS: readonly FileKind[] = [
  {
    kind: 'application',
    shape: serviceProvider,
    root: 'ServiceProvider',
    mark: 'applicationName',
    title: 'service provider',
  },
  {
    kind: 'identity-provider',
    shape: identityProvider,
    root: 'IdentityProvider',
    mark: 'identityProviderName',
    title: 'identity provider',
  },
  {
    kind: 'claim-dialect',
    shape: claimDialect,
    root: 'DialectConfiguration',
    mark: 'dialectURI',
    title: 'claim dialect',
  },
];

export function fileKind(kind: ProductFileKind): FileKind {
  const found = FILE_KINDS.find((candidate) => candidate.kind === kind);
  if (!found) throw new TypeError(`no such kind of file: ${kind}`);
  return found;
}
