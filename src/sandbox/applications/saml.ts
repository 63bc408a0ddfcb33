import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, textIn, textsIn } from '../fields';
import type { World } from '../world';
import { badSaml, issuerTaken } from './failures';

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
const BASIC_NAMES = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';

/** A SAML configuration, and the application certificate that uploaded metadata brings along. */
export interface SamlUpload {
  readonly configuration: JsonObject;
  readonly certificate?: string;
}

/**
 * The stored form of a SAML configuration from the wrapped request (reference §2.1.5, §2.1.10): manual, or read from
 * base64 metadata. Metadata by address is refused, since the sandbox calls no other server.
 */
export function storedSaml(world: World, body: JsonObject, existing: JsonObject | undefined): SamlUpload {
  const upload = sentConfiguration(body);
  const issuer = textIn(upload.configuration, 'issuer') ?? '';
  if (isBlank(issuer)) throw badSaml('A value for the issuer is needed.');
  if (issuer.includes('@')) throw badSaml('The issuer cannot have an @, which the product keeps for itself.');
  const taken = world.applications.find('issuer', issuer);
  if (taken && issuer !== textIn(existing, 'issuer')) throw issuerTaken(issuer);
  refuseUnusableBindings(upload.configuration);
  return { ...upload, configuration: withDefaults(world, upload.configuration) };
}

function sentConfiguration(body: JsonObject): SamlUpload {
  const manual = objectIn(body, 'manualConfiguration');
  if (manual) return { configuration: manual };
  const file = textIn(body, 'metadataFile');
  if (file !== undefined) return fromMetadata(Buffer.from(file, 'base64').toString('utf8'));
  if (textIn(body, 'metadataURL') !== undefined)
    throw badSaml('The metadata cannot be fetched from the given address.');
  throw badSaml('A SAML configuration needs manualConfiguration, metadataFile or metadataURL.');
}

function fromMetadata(metadata: string): SamlUpload {
  const issuer = /entityID\s*=\s*"([^"]+)"/.exec(metadata)?.[1];
  const consumers = [...metadata.matchAll(/AssertionConsumerService\b[^>]*\bLocation\s*=\s*"([^"]+)"/g)].flatMap(
    (hit) => hit[1] ?? [],
  );
  if (issuer === undefined || consumers.length === 0)
    throw badSaml('The metadata has no entity id or no assertion consumer service.');
  const der = /X509Certificate>([^<]+)</.exec(metadata)?.[1]?.replace(/\s+/g, '');
  return {
    configuration: { issuer, assertionConsumerUrls: consumers },
    ...(der === undefined ? {} : { certificate: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n` }),
  };
}

function refuseUnusableBindings(sent: JsonObject): void {
  const profile = objectIn(sent, 'singleSignOnProfile');
  if (profile?.bindings === undefined) return;
  const bindings = textsIn(profile, 'bindings');
  if (!bindings.includes('HTTP_POST') && !bindings.includes('HTTP_REDIRECT')) {
    throw badSaml('The POST and the redirect binding cannot be disabled.');
  }
}

function withDefaults(world: World, sent: JsonObject): JsonObject {
  const consumers = listIn(sent, 'assertionConsumerUrls') ?? [];
  return {
    issuer: textIn(sent, 'issuer') ?? '',
    serviceProviderQualifier: textIn(sent, 'serviceProviderQualifier') ?? '',
    assertionConsumerUrls: consumers,
    defaultAssertionConsumerUrl: textIn(sent, 'defaultAssertionConsumerUrl') ?? consumers[0] ?? '',
    idpEntityIdAlias: textIn(sent, 'idpEntityIdAlias') ?? '',
    singleSignOnProfile: signOnProfile(world, objectIn(sent, 'singleSignOnProfile')),
    attributeProfile: {
      enabled: false,
      alwaysIncludeAttributesInResponse: false,
      nameFormat: BASIC_NAMES,
      ...objectIn(sent, 'attributeProfile'),
    },
    singleLogoutProfile: logoutProfile(objectIn(sent, 'singleLogoutProfile')),
    // An absent block switches the feature off, a present one without `enabled` switches it on.
    requestValidation: block(sent, 'requestValidation', 'enableSignatureValidation', {
      signatureValidationCertAlias: 'wso2carbon',
    }),
    responseSigning: block(sent, 'responseSigning', 'enabled', { signingAlgorithm: `${XMLDSIG}rsa-sha1` }),
    enableAssertionQueryProfile: flagIn(sent, 'enableAssertionQueryProfile') ?? false,
  };
}

function block(sent: JsonObject, name: string, switchedBy: string, defaults: Record<string, Json>): JsonObject {
  const given = objectIn(sent, name);
  return { [switchedBy]: given !== undefined, ...defaults, ...given };
}

function signOnProfile(world: World, sent: JsonObject | undefined): JsonObject {
  const assertion = objectIn(sent, 'assertion');
  const index = textIn(sent, 'attributeConsumingServiceIndex');
  return {
    // POST and redirect cannot be switched off, whatever was sent; the artifact binding can.
    bindings: ['HTTP_POST', 'HTTP_REDIRECT', ...(textsIn(sent, 'bindings').includes('ARTIFACT') ? ['ARTIFACT'] : [])],
    enableSignatureValidationForArtifactBinding: flagIn(sent, 'enableSignatureValidationForArtifactBinding') ?? false,
    attributeConsumingServiceIndex: isBlank(index) ? world.identifiers.serviceIndex() : (index ?? ''),
    enableIdpInitiatedSingleSignOn: flagIn(sent, 'enableIdpInitiatedSingleSignOn') ?? false,
    assertion: {
      nameIdFormat: UNSPECIFIED,
      audiences: [],
      recipients: [],
      digestAlgorithm: `${XMLDSIG}sha1`,
      ...assertion,
      encryption: {
        enabled: false,
        assertionEncryptionAlgorithm: `${XMLENC}aes256-cbc`,
        keyEncryptionAlgorithm: `${XMLENC}rsa-oaep-mgf1p`,
        ...objectIn(assertion, 'encryption'),
      },
    },
  };
}

function logoutProfile(sent: JsonObject | undefined): JsonObject {
  return {
    enabled: sent !== undefined,
    logoutRequestUrl: '',
    logoutResponseUrl: '',
    logoutMethod: 'BACKCHANNEL',
    ...sent,
    idpInitiatedSingleLogout: { enabled: false, returnToUrls: [], ...objectIn(sent, 'idpInitiatedSingleLogout') },
  };
}
