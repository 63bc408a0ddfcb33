import type { JsonObject } from '../../model/json';
import type { FileFormat } from '../exported-files/formats';
import { objectsIn, textIn } from '../fields';
import type { World } from '../world';
import { fileFor, masked } from './file-writing';

/** The id under which the resident identity provider is exported and imported, and nothing else (reference §2.2.1). */
export const RESIDENT_ID = 'LOCAL';

/** The authenticators of the resident provider that an import changes; it leaves the others alone. */
const IMPORTED_AUTHENTICATORS = new Set(['samlsso', 'passivests']);

/** The settings that a stock server has for itself. */
export function shippedResidentProvider(): JsonObject {
  const property = (name: string, value: string): JsonObject => ({ name, value, confidential: false });
  const authenticator = (name: string, ...properties: JsonObject[]): JsonObject => ({
    name,
    displayName: name,
    enabled: true,
    definedByType: 'SYSTEM',
    properties,
  });
  return {
    identityProviderName: RESIDENT_ID,
    identityProviderDescription: null,
    alias: null,
    displayName: null,
    primary: true,
    federationHub: false,
    homeRealmId: 'localhost',
    provisioningRole: null,
    enable: true,
    certificate: '',
    certificateInfoArray: [],
    federatedAuthenticatorConfigs: [
      authenticator('samlsso', property('IdPEntityId', 'localhost'), property('SAMLMetadataValidityPeriod', '60')),
      authenticator('passivests', property('IdPEntityId', 'localhost')),
      authenticator('openidconnect', property('IdPEntityId', 'https://localhost:9443/oauth2/token')),
    ],
    provisioningConnectorConfigs: [],
    idPGroupConfig: [],
    idpProperties: [
      { name: 'SessionIdleTimeout', value: '15', displayName: null },
      { name: 'RememberMeTimeout', value: '20160', displayName: null },
      { name: 'account.lock.handler.enable', value: 'true', displayName: null },
      { name: '__secret__recaptcha.secret.key', value: 'sandbox-recaptcha-secret', displayName: null },
    ],
  };
}

/** What an export of the resident provider writes. */
export function residentFileContents(world: World, excludeSecrets: boolean, format: FileFormat): JsonObject {
  const stored = world.residentProvider;
  const properties = objectsIn(stored, 'idpProperties').map((property) => ({ displayName: null, ...property }));
  const idpProperties = masked(properties, excludeSecrets);
  return fileFor(format, { ...stored, idpProperties });
}

/** PUT /identity-providers/LOCAL/import: properties by name, two of the authenticators, the home realm. */
export function replaceResident(world: World, file: JsonObject): void {
  const stored = world.residentProvider;
  const sent = objectsIn(file, 'federatedAuthenticatorConfigs').filter((each) =>
    IMPORTED_AUTHENTICATORS.has(textIn(each, 'name') ?? ''),
  );
  world.residentProvider = {
    ...stored,
    homeRealmId: textIn(file, 'homeRealmId') ?? stored.homeRealmId ?? null,
    federatedAuthenticatorConfigs: merged(objectsIn(stored, 'federatedAuthenticatorConfigs'), sent),
    idpProperties: merged(objectsIn(stored, 'idpProperties'), objectsIn(file, 'idpProperties')),
  };
}

/** The stored objects, those with a name that was sent replaced, and what is new behind them. */
function merged(stored: readonly JsonObject[], sent: readonly JsonObject[]): JsonObject[] {
  const byName = new Map(sent.map((each) => [textIn(each, 'name'), each]));
  const known = new Set(stored.map((each) => textIn(each, 'name')));
  return [
    ...stored.map((each) => byName.get(textIn(each, 'name')) ?? each),
    ...sent.filter((each) => !known.has(textIn(each, 'name'))),
  ];
}
