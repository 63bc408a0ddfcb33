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
  /** Since when servers import such a file: in XML, and in YAML, JSON and the XML of `exportFile`. */
  readonly importedSince: { readonly export: string; readonly other: string };
  /** What the product calls it. */
  readonly title: string;
}

/**
 * The kinds of files that the product exports (reference, 2.2.6, 2.3.4, 3.1). Their shapes are the table of names by
 * release: name and order of every element, and since when there is one, are those of the classes of the product
 * (`org.wso2.carbon.identity.application.common` 5.18.187 for 5.11, 5.23.8 for 6.0, 5.25.92 for 6.1, 7.0.80 for 7.0,
 * 7.7.80 and 7.8.0 for 7.1, 7.8.614 for 7.2; `OAuthAppDO` of 6.4.112, 6.11.23 and 7.0.46, of later ones its public
 * source; `SAMLSSOServiceProviderDTO` of 5.11.6 and 5.11.9). No name ever changed: elements were only added. Claim
 * dialects have no such classes; their names are those of the API.
 */
export const FILE_KINDS: readonly FileKind[] = [
  {
    kind: 'application',
    shape: serviceProvider,
    root: 'ServiceProvider',
    mark: 'applicationName',
    importedSince: { export: '5.11', other: '7.0' },
    title: 'service provider',
  },
  {
    kind: 'identity-provider',
    shape: identityProvider,
    root: 'IdentityProvider',
    mark: 'identityProviderName',
    importedSince: { export: '7.0', other: '7.0' },
    title: 'identity provider',
  },
  {
    kind: 'claim-dialect',
    shape: claimDialect,
    root: 'DialectConfiguration',
    mark: 'dialectURI',
    importedSince: { export: '7.0', other: '7.0' },
    title: 'claim dialect',
  },
];

export function fileKind(kind: ProductFileKind): FileKind {
  const found = FILE_KINDS.find((candidate) => candidate.kind === kind);
  if (!found) throw new TypeError(`no such kind of file: ${kind}`);
  return found;
}
