import type { JsonObject } from '../../../model/json';
import type { Entry } from '../../../service-provider-files/translation/ledger';
import { IMPORTED_AUTHENTICATORS, RESIDENT } from '../resident';

/** True for the file of the resident identity provider, which has the form of any other (reference, 2.2.6). */
export function isResidentFile(root: Entry): boolean {
  return root.text('identityProviderName') === RESIDENT;
}

/** What an import of it changes: the settings, and how the server speaks SAML and passive STS. Secrets are in clear. */
export function residentFromFile(root: Entry): JsonObject {
  const homeRealmId = root.text('homeRealmId');
  const authenticators = root.each('federatedAuthenticatorConfigs').flatMap((entry) => {
    const name = entry.text('name') ?? '';
    if (!IMPORTED_AUTHENTICATORS.includes(name)) {
      entry.leave('', OF_THE_SERVER, true);
      return [];
    }
    for (const field of ['enabled', 'definedByType']) entry.leave(field, OF_THE_SERVER, true);
    return [{ name, properties: propertiesOf(entry, 'properties') }];
  });
  for (const field of ['primary', 'enable', 'certificate', 'certificateInfoArray', 'alias', 'displayName'])
    root.leave(field, OF_THE_SERVER, true);
  return {
    identityProviderName: RESIDENT,
    ...(homeRealmId === undefined ? {} : { homeRealmId }),
    idpProperties: propertiesOf(root, 'idpProperties'),
    federatedAuthenticatorConfigs: authenticators,
  };
}

const OF_THE_SERVER = 'it belongs to the server itself';

function propertiesOf(entry: Entry, list: string): JsonObject[] {
  return entry.each(list).flatMap((property) => {
    const [name, value] = [property.text('name'), property.get('value')];
    return name === undefined ? [] : [{ name, ...(value === undefined ? {} : { value }) }];
  });
}
