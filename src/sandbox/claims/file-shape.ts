import { textIn } from '../fields';
import type { FileModel } from '../exported-files/formats';
import type { XmlElement } from '../exported-files/xml';

const PACKAGE = 'org.wso2.carbon.identity.rest.api.server.claim.management.v1';

const LOCAL_KIND = 'LocalClaim';
export const EXTERNAL_KIND = 'ExternalClaim';

/** The kind of a claim in a file; JSON files name it in `type`. */
export function claimKind(isLocal: boolean): string {
  return isLocal ? LOCAL_KIND : EXTERNAL_KIND;
}

function flags(...names: string[]): Record<string, XmlElement> {
  return Object.fromEntries(names.map((name) => [name, { name, type: 'flag' }]));
}

function profile(name: string): XmlElement {
  return { name, fields: flags('readOnly', 'required', 'supportedByDefault') };
}

const claimFields: Record<string, XmlElement> = {
  ...flags('readOnly', 'required', 'supportedByDefault', 'multiValued', 'managedInUserStore', 'extendedValued'),
  displayOrder: { name: 'displayOrder', type: 'whole' },
  attributeMapping: { name: 'attributeMapping', list: 'repeated', fields: {} },
  properties: { name: 'properties', list: 'repeated', fields: {} },
  canonicalValues: { name: 'canonicalValues', list: 'repeated', fields: {} },
  subAttributes: { name: 'subAttributes', list: 'repeated' },
  inputFormat: { name: 'inputFormat', fields: {} },
  profiles: {
    name: 'profiles',
    fields: {
      console: profile('console'),
      endUser: profile('endUser'),
      selfRegistration: profile('selfRegistration'),
    },
  },
};

/** The file of a claim dialect: id, URI and the claims under the field names of the REST API (reference §2.3.4). */
export const dialectFile: FileModel = {
  tags: {
    root: `${PACKAGE}.model.ClaimDialectConfiguration`,
    item: (field, claim) => (field === 'claims' ? `${PACKAGE}.dto.${kindOf(claim)}ResDTO` : undefined),
  },
  xml: {
    name: 'DialectConfiguration',
    fields: {
      link: { name: 'link', fields: {} },
      claims: {
        name: 'claims',
        list: 'wrapped',
        item: (claim) => `${kindOf(claim)}Configuration`,
        kinds: {
          LocalClaimConfiguration: { type: LOCAL_KIND },
          ExternalClaimConfiguration: { type: EXTERNAL_KIND },
        },
        fields: claimFields,
      },
    },
  },
};

/** In YAML and XML the kind is a tag and an element name; what a claim is mapped to gives it away as well. */
function kindOf(claim: Parameters<typeof textIn>[0]): string {
  return claimKind(textIn(claim, 'mappedLocalClaimURI') === undefined);
}
