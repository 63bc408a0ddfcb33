import type { Json } from '../../../../src/model/json';
import { get, patch, type Step } from '../../step';

const QUAY = '/applications/{quay}';
const claim = (name: string): { uri: string } => ({ uri: `http://wso2.org/claims/${name}` });

/** A change, and what the application is afterwards. */
function changed(what: string, body: Json): Step[] {
  return [patch(what, QUAY, body), get(`${what}, read`, QUAY)];
}

/** What a PATCH of an application takes, keeps and refuses, but for sign-in steps and protocols. */
export const APPLICATION_CHANGES: readonly Step[] = [
  ...changed('a description', { description: 'Tells which boat leaves where.' }),
  ...changed('nothing', {}),
  ...changed('null as description', { description: null }),
  ...changed('an empty description', { description: '' }),
  ...changed('another name', { name: 'quay-board-2' }),
  patch('a name that another has', QUAY, { name: 'quay-id' }),
  patch('an empty name', QUAY, { name: '' }),
  patch('broken JSON', QUAY, { raw: '{"name"' }),
  patch('an empty body', QUAY, { raw: '' }),
  ...changed('addresses and a template', {
    imageUrl: 'https://pictures.quay.example/board.png',
    accessUrl: 'https://board.quay.example/',
    templateId: 'custom-application',
  }),
  ...changed('all advanced settings', {
    advancedConfigurations: {
      saas: true,
      discoverableByEndUsers: true,
      skipLoginConsent: true,
      skipLogoutConsent: true,
      returnAuthenticatedIdpList: true,
      enableAuthorization: true,
    },
  }),
  ...changed('one advanced setting', { advancedConfigurations: { saas: false } }),
  ...changed('properties of the operator', {
    advancedConfigurations: { additionalSpProperties: [{ name: 'pier', value: '7', displayName: 'Pier' }] },
  }),
  ...changed('claims of the local dialect', {
    claimConfiguration: {
      dialect: 'LOCAL',
      requestedClaims: [{ claim: claim('emailaddress'), mandatory: true }, { claim: claim('country') }],
      subject: { claim: claim('emailaddress'), includeTenantDomain: true, includeUserDomain: false },
    },
  }),
  ...changed('claims of a dialect of its own', {
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [
        { applicationClaim: 'mail', localClaim: claim('emailaddress') },
        { applicationClaim: 'surname', localClaim: claim('lastname') },
      ],
      requestedClaims: [{ claim: { uri: 'mail' }, mandatory: true }],
      subject: { claim: { uri: 'mail' }, useMappedLocalSubject: true },
      role: { claim: { uri: 'mail' }, includeUserDomain: true },
    },
  }),
  ...changed('a custom dialect without mappings', { claimConfiguration: { dialect: 'CUSTOM' } }),
  ...changed('back to the local dialect', { claimConfiguration: { dialect: 'LOCAL' } }),
  patch('a claim that is not there', QUAY, {
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: [{ claim: claim('tonnage') }] },
  }),
  patch('a mapping to a claim that is not there', QUAY, {
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [{ applicationClaim: 'tonnage', localClaim: claim('tonnage') }],
    },
  }),
  ...changed('mappings of roles', {
    claimConfiguration: {
      role: {
        claim: claim('role'),
        includeUserDomain: false,
        mappings: [{ localRole: 'admin', applicationRole: 'harbour-master' }],
      },
    },
  }),
  ...changed('no mappings of roles', { claimConfiguration: { role: { mappings: [] } } }),
  patch('a mapping of a role that is not there', QUAY, {
    claimConfiguration: { role: { mappings: [{ localRole: 'pilot', applicationRole: 'p' }] } },
  }),
  patch('a certificate that is none', QUAY, {
    advancedConfigurations: { certificate: { type: 'PEM', value: 'driftwood' } },
  }),
  ...changed('keys by address', {
    advancedConfigurations: { certificate: { type: 'JWKS', value: 'https://keys.quay.example/jwks' } },
  }),
  patch('provisioning to nobody', QUAY, {
    provisioningConfigurations: { outboundProvisioningIdps: [{ idp: 'Nobody', connector: 'scim', blocking: false }] },
  }),
  ...changed('provisioning from outside', {
    provisioningConfigurations: { inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: 'PRIMARY' } },
  }),
];
