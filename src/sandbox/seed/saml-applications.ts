import type { JsonObject } from '../../model/json';
import { base64OfPem, freightLedgerCertificate, ticketOfficeCertificate } from './certificates';
import { localClaim } from './claims';
import { address, type EnvironmentValues } from './environment-values';
import { requests, sequence } from './oidc-applications';

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const MAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

/** SAML with a certificate and with signatures in both directions. */
export function ticketOffice(values: EnvironmentValues): JsonObject {
  return {
    name: 'Ticket Office',
    description: 'Counters at the quays',
    accessUrl: address(values, 'tickets'),
    inboundProtocolConfiguration: {
      saml: {
        manualConfiguration: {
          issuer: address(values, 'tickets', '/saml/metadata'),
          assertionConsumerUrls: [address(values, 'tickets', '/saml/acs'), address(values, 'counter', '/saml/acs')],
          defaultAssertionConsumerUrl: address(values, 'tickets', '/saml/acs'),
          singleSignOnProfile: {
            bindings: ['HTTP_POST', 'HTTP_REDIRECT'],
            enableIdpInitiatedSingleSignOn: true,
            assertion: {
              nameIdFormat: MAIL,
              audiences: [address(values, 'tickets')],
              recipients: [],
              digestAlgorithm: SHA256,
            },
          },
          attributeProfile: { enabled: true, alwaysIncludeAttributesInResponse: true },
          requestValidation: { enableSignatureValidation: true, signatureValidationCertAlias: 'wso2carbon' },
          responseSigning: { enabled: true, signingAlgorithm: RSA_SHA256 },
        },
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('emailaddress', 'fullname', 'homePort') },
    advancedConfigurations: {
      discoverableByEndUsers: true,
      certificate: { type: 'PEM', value: base64OfPem(ticketOfficeCertificate) },
    },
  };
}

/** SAML with encryption, single logout, and claims under names of its own. */
export function freightLedger(values: EnvironmentValues): JsonObject {
  const own = (name: string): string => `https://ledger.ferryalliance.example/attributes/${name}`;
  const mapped = { mail: 'emailaddress', surname: 'lastname', port: 'homePort', company: 'organization' };
  return {
    name: 'Freight Ledger',
    description: 'Cargo accounts, run by a partner company',
    accessUrl: address(values, 'freight'),
    inboundProtocolConfiguration: {
      saml: {
        manualConfiguration: {
          issuer: 'urn:aldermere:freight-ledger',
          assertionConsumerUrls: [address(values, 'freight', '/sso/consume')],
          idpEntityIdAlias: address(values, 'id', '/saml/freight'),
          singleSignOnProfile: {
            bindings: ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT'],
            enableSignatureValidationForArtifactBinding: true,
            assertion: { nameIdFormat: MAIL, digestAlgorithm: SHA256, encryption: { enabled: true } },
          },
          attributeProfile: { enabled: true, alwaysIncludeAttributesInResponse: false },
          singleLogoutProfile: {
            enabled: true,
            logoutRequestUrl: address(values, 'freight', '/slo'),
            logoutResponseUrl: address(values, 'freight', '/slo/done'),
            logoutMethod: 'FRONTCHANNEL_HTTP_POST',
            idpInitiatedSingleLogout: { enabled: true, returnToUrls: [address(values, 'freight', '/bye')] },
          },
          responseSigning: { enabled: true, signingAlgorithm: RSA_SHA256 },
        },
      },
    },
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: Object.entries(mapped).map(([name, local]) => ({
        applicationClaim: own(name),
        localClaim: { uri: localClaim(local) },
      })),
      requestedClaims: [
        { claim: { uri: own('mail') }, mandatory: true },
        { claim: { uri: own('company') }, mandatory: false },
      ],
      subject: { claim: { uri: own('mail') }, includeUserDomain: false, includeTenantDomain: false },
    },
    authenticationSequence: sequence([
      ['LOCAL/BasicAuthenticator', 'Canal Authority/SAMLSSOAuthenticator'],
      ['LOCAL/totp'],
    ]),
    advancedConfigurations: { saas: true, certificate: { type: 'PEM', value: base64OfPem(freightLedgerCertificate) } },
  };
}
