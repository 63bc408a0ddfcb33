import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, present, textIn, textsIn, without } from '../fields';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badApplication, badSaml, issuerTaken, noSuchMetadata } from './failures';

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
  return {
    ...upload,
    configuration: isAtLeast(world.version, '7.1')
      ? withDefaults(world, upload.configuration)
      : earlierSaml(world, upload.configuration),
  };
}

function sentConfiguration(body: JsonObject): SamlUpload {
  const manual = objectIn(body, 'manualConfiguration');
  if (manual) return { configuration: manual };
  const file = textIn(body, 'metadataFile');
  if (file !== undefined) return fromMetadata(Buffer.from(file, 'base64').toString('utf8'));
  if (textIn(body, 'metadataURL') !== undefined) throw noSuchMetadata();
  throw badApplication('A SAML configuration needs manualConfiguration, metadataFile or metadataURL.');
}

function fromMetadata(metadata: string): SamlUpload {
  const issuer = /entityID\s*=\s*"([^"]+)"/.exec(metadata)?.[1];
  const consumers = [...metadata.matchAll(/AssertionConsumerService\b[^>]*\bLocation\s*=\s*"([^"]+)"/g)].flatMap(
    (hit) => hit[1] ?? [],
  );
  if (issuer === undefined || consumers.length === 0)
    throw badSaml('The metadata has no entity id or no assertion consumer service.');
  const nameIdFormat = /NameIDFormat>\s*([^<\s]+)\s*</.exec(metadata)?.[1];
  const der = /X509Certificate>([^<]+)</.exec(metadata)?.[1]?.replace(/\s+/g, '');
  return {
    configuration: {
      issuer,
      assertionConsumerUrls: consumers,
      ...(nameIdFormat === undefined ? {} : { singleSignOnProfile: { assertion: { nameIdFormat } } }),
    },
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
    responseSigning: block(sent, 'responseSigning', 'enabled', { signingAlgorithm: defaultSignature(world) }),
    enableAssertionQueryProfile: flagIn(sent, 'enableAssertionQueryProfile') ?? false,
  };
}

/** 7.0 signs with SHA-256 unless it is told otherwise (recorded answers); of later releases nothing is known. */
function defaultSignature({ version }: World): string {
  return version === '7.0' ? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' : `${XMLDSIG}rsa-sha1`;
}

function defaultDigest({ version }: World): string {
  return version === '7.0' ? `${XMLENC}sha256` : `${XMLDSIG}sha1`;
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
      // The model has a default of its own as soon as there is an assertion.
      digestAlgorithm: assertion ? `${XMLDSIG}sha1` : defaultDigest(world),
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

/**
 * The stored form up to 7.0: what is not sent stays absent, names of formats come back with slashes, and there is a
 * service index only with the attribute profile (SAMLSSOConfigAdmin of sso.saml 5.11.6, recorded answers of 6.0 and 7.0).
 */
function earlierSaml(world: World, sent: JsonObject): JsonObject {
  const full = withDefaults(world, sent);
  const profile = objectIn(full, 'singleSignOnProfile') ?? {};
  const assertion = objectIn(profile, 'assertion') ?? {};
  const index = textIn(objectIn(sent, 'singleSignOnProfile'), 'attributeConsumingServiceIndex');
  const hasProfile = flagIn(objectIn(full, 'attributeProfile'), 'enabled') === true;
  return {
    ...without(full, 'serviceProviderQualifier', 'idpEntityIdAlias'),
    ...sentTexts(sent, 'serviceProviderQualifier', 'idpEntityIdAlias'),
    singleSignOnProfile: {
      ...profile,
      attributeConsumingServiceIndex: !hasProfile
        ? ''
        : isBlank(index)
          ? (textIn(profile, 'attributeConsumingServiceIndex') ?? '')
          : (index ?? ''),
      assertion: { ...assertion, nameIdFormat: (textIn(assertion, 'nameIdFormat') ?? '').replaceAll(':', '/') },
    },
    singleLogoutProfile: {
      ...without(objectIn(full, 'singleLogoutProfile') ?? {}, 'logoutRequestUrl', 'logoutResponseUrl'),
      ...sentTexts(objectIn(sent, 'singleLogoutProfile'), 'logoutRequestUrl', 'logoutResponseUrl'),
    },
    requestValidation: {
      ...without(objectIn(full, 'requestValidation') ?? {}, 'signatureValidationCertAlias'),
      ...sentTexts(objectIn(sent, 'requestValidation'), 'signatureValidationCertAlias'),
    },
  };
}

function sentTexts(sent: JsonObject | undefined, ...fields: string[]): JsonObject {
  return present(Object.fromEntries(fields.map((field) => [field, textIn(sent, field)])));
}
