import type { JsonObject } from '../../../../src/model/json';
import { get, patch, put, queries, remove, type Step } from '../../step';

const PROTOCOLS = '/applications/{quay}/inbound-protocols';
const SAML = `${PROTOCOLS}/saml`;
const ACS = 'https://board.quay.example/acs';

function manual(fields: JsonObject): JsonObject {
  return { manualConfiguration: { issuer: 'quay-board', assertionConsumerUrls: [ACS], ...fields } };
}
function replaced(what: string, body: JsonObject): Step[] {
  return [put(what, SAML, body), get(`${what}, read`, SAML)];
}

const FULL: JsonObject = manual({
  singleSignOnProfile: {
    bindings: ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT'],
    enableSignatureValidationForArtifactBinding: true,
    enableIdpInitiatedSingleSignOn: true,
    assertion: {
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      audiences: ['https://audience.quay.example'],
      recipients: ['https://recipient.quay.example'],
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      encryption: {
        enabled: false,
        assertionEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5',
      },
    },
  },
  attributeProfile: { enabled: true, alwaysIncludeAttributesInResponse: true },
  singleLogoutProfile: {
    enabled: true,
    logoutRequestUrl: `${ACS}/out`,
    logoutResponseUrl: `${ACS}/done`,
    logoutMethod: 'FRONTCHANNEL_HTTP_REDIRECT',
    idpInitiatedSingleLogout: { enabled: true, returnToUrls: [`${ACS}/back`] },
  },
  requestValidation: { enableSignatureValidation: false },
  responseSigning: { enabled: true, signingAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' },
  enableAssertionQueryProfile: true,
});

const METADATA = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="quay-metadata"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="false" WantAssertionsSigned="true"><NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat><AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ACS}" index="0" isDefault="true"/></SPSSODescriptor></EntityDescriptor>`;

/** SAML, passive STS, WS-Trust and protocols that nobody plugged in; then all of them together. */
export const OTHER_PROTOCOLS: readonly Step[] = [
  ...replaced(
    'SAML of two addresses',
    manual({ assertionConsumerUrls: [ACS, `${ACS}2`], defaultAssertionConsumerUrl: `${ACS}2` }),
  ),
  ...replaced('SAML of one address', manual({})),
  ...replaced('every setting of SAML', FULL),
  ...replaced('another issuer', manual({ issuer: 'quay-board-renamed' })),
  put('SAML without issuer', SAML, { manualConfiguration: { assertionConsumerUrls: [ACS] } }),
  put('SAML without addresses', SAML, { manualConfiguration: { issuer: 'quay-board' } }),
  put('SAML without anything', SAML, {}),
  put(
    'SAML whose default address is none of its own',
    SAML,
    manual({ defaultAssertionConsumerUrl: 'https://elsewhere.example/' }),
  ),
  put('SAML by metadata that is none', SAML, { metadataFile: Buffer.from('driftwood').toString('base64') }),
  put('SAML by metadata', SAML, { metadataFile: Buffer.from(METADATA).toString('base64') }),
  get('SAML by metadata, read', SAML),
  put('SAML by metadata that cannot be fetched', SAML, { metadataURL: 'http://127.0.0.1:9/metadata' }),
  ...replaced(
    'an index of attributes',
    manual({ singleSignOnProfile: { attributeConsumingServiceIndex: '23' }, attributeProfile: { enabled: true } }),
  ),
  ...replaced('attributes off', manual({ attributeProfile: { enabled: false } })),
  ...replaced(
    'logout by the back channel',
    manual({ singleLogoutProfile: { enabled: true, logoutMethod: 'BACKCHANNEL' } }),
  ),
  put(
    'a signature that wants a certificate',
    SAML,
    manual({ requestValidation: { enableSignatureValidation: true, signatureValidationCertAlias: 'wso2carbon' } }),
  ),
  get('a signature that wants a certificate, read', SAML),
  put('SAML with an unknown binding', SAML, manual({ singleSignOnProfile: { bindings: ['FLAGS'] } })),
  put('SAML with an unknown logout', SAML, manual({ singleLogoutProfile: { enabled: true, logoutMethod: 'FLAGS' } })),
  put('SAML with a number as issuer', SAML, manual({ issuer: 12 })),
  put('SAML in broken JSON', SAML, { raw: '{' }),
  put('passive STS', `${PROTOCOLS}/passive-sts`, { realm: 'quay-realm', replyTo: 'https://board.quay.example/reply' }),
  get('passive STS, read', `${PROTOCOLS}/passive-sts`),
  put('passive STS without a reply address', `${PROTOCOLS}/passive-sts`, { realm: 'quay-realm' }),
  put('passive STS without a realm', `${PROTOCOLS}/passive-sts`, { replyTo: 'https://board.quay.example/reply' }),
  put('WS-Trust', `${PROTOCOLS}/ws-trust`, {
    audience: 'https://board.quay.example/trust',
    certificateAlias: 'wso2carbon',
  }),
  get('WS-Trust, read', `${PROTOCOLS}/ws-trust`),
  put('WS-Trust without an alias', `${PROTOCOLS}/ws-trust`, { audience: 'https://board.quay.example/trust' }),
  put('a protocol that nobody plugged in', `${PROTOCOLS}/semaphore`, { name: 'semaphore', properties: [] }),
  get('a protocol that nobody plugged in, read', `${PROTOCOLS}/semaphore`),
  get('all protocols', PROTOCOLS),
  get('an application with all protocols', '/applications/{quay}'),
  ...queries('an application with all protocols, listed', '/applications', ['limit=10', 'filter=name+eq+quay-board-2']),
  get('an application with all protocols as file', '/applications/{quay}/export', {
    accept: 'application/octet-stream',
  }),
  get('an application with all protocols as file with secrets', '/applications/{quay}/export?exportSecrets=true', {
    accept: '*/*',
  }),
  patch('an application with all protocols, changed', '/applications/{quay}', { description: 'Everything at once.' }),
  get('an application with all protocols, after the change', '/applications/{quay}'),
  ...['passive-sts', 'saml', 'ws-trust', 'oidc'].flatMap((protocol) => [
    remove(`${protocol} deleted`, `${PROTOCOLS}/${protocol}`),
    remove(`${protocol} deleted again`, `${PROTOCOLS}/${protocol}`),
  ]),
  remove('a protocol deleted that nobody plugged in', `${PROTOCOLS}/semaphore`),
  get('no protocols any more', PROTOCOLS),
];
