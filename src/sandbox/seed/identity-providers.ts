import type { JsonObject } from '../../model/json';
import { encodedName } from '../identifiers';
import type { SeedRequest } from '../seeding';
import { allianceOneCertificate, allianceTwoCertificate, base64OfPem, canalAuthorityCertificate } from './certificates';
import { localClaim } from './claims';
import { address, sampleSecret, type EnvironmentValues } from './environment-values';

function properties(values: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function authenticator(name: string, values: Readonly<Record<string, string>>): JsonObject {
  const authenticatorId = encodedName(name);
  return {
    defaultAuthenticatorId: authenticatorId,
    authenticators: [{ authenticatorId, isEnabled: true, properties: properties(values) }],
  };
}

function client(
  values: EnvironmentValues,
  name: string,
): { ClientId: string; ClientSecret: string; callbackUrl: string } {
  return {
    ClientId: values.providerClientIds[name] ?? '',
    ClientSecret: sampleSecret(values.environment, name),
    callbackUrl: address(values, 'id', '/commonauth'),
  };
}

function mapping(idpClaim: string, uri: string): JsonObject {
  return { idpClaim, localClaim: { uri } };
}

const NO_CLAIMS: JsonObject = { userIdClaim: { uri: '' }, roleClaim: { uri: '' }, provisioningClaims: [] };

/** Enterprise login over OIDC. The release changes what provisioning does to local profiles. */
function harbourTrust(values: EnvironmentValues, released: boolean): JsonObject {
  const trust = `https://login.${values.trustDomain}`;
  return {
    name: 'Harbour Trust',
    description: 'Staff of the companies of the Harbour Trust',
    templateId: 'enterprise-oidc-idp',
    image: address(values, 'static', '/logos/harbour-trust.svg'),
    homeRealmIdentifier: values.trustDomain,
    alias: address(values, 'id', '/oauth2/token'),
    idpIssuerName: trust,
    certificate: { jwksUri: `${trust}/oauth2/jwks` },
    claims: {
      userIdClaim: { uri: 'sub' },
      roleClaim: { uri: 'groups' },
      mappings: [
        mapping('sub', localClaim('username')),
        mapping('email', localClaim('emailaddress')),
        mapping('given_name', localClaim('givenname')),
        mapping('family_name', localClaim('lastname')),
        mapping('groups', localClaim('roles')),
        mapping('crew_no', localClaim('crewNumber')),
      ],
      provisioningClaims: [{ claim: { uri: 'crew_no' }, defaultValue: 'AB-00000' }],
    },
    roles: {
      mappings: [
        { idpRole: 'trust-officers', localRole: 'Internal/admin' },
        { idpRole: 'trust-dispatch', localRole: 'Internal/everyone' },
      ],
      outboundProvisioningRoles: [],
    },
    federatedAuthenticators: authenticator('OpenIDConnectAuthenticator', {
      ...client(values, 'harbour-trust'),
      OAuth2AuthzEPUrl: `${trust}/oauth2/authorize`,
      OAuth2TokenEPUrl: `${trust}/oauth2/token`,
      OIDCLogoutEPUrl: `${trust}/oidc/logout`,
      UserInfoUrl: `${trust}/oauth2/userinfo`,
      Scopes: 'openid profile email groups',
      IsUserIdInClaims: 'true',
      IsBasicAuthEnabled: 'true',
    }),
    provisioning: {
      jit: {
        isEnabled: true,
        scheme: 'PROVISION_SILENTLY',
        userstore: 'PRIMARY',
        associateLocalUser: true,
        attributeSyncMethod: released ? 'PRESERVE_LOCAL' : 'OVERRIDE_ALL',
      },
    },
  };
}

/** Enterprise login over SAML. */
function canalAuthority(values: EnvironmentValues): JsonObject {
  const sso = 'https://sso.canalauthority.example';
  return {
    name: 'Canal Authority',
    description: 'Lock keepers and inspectors',
    templateId: 'enterprise-saml-idp',
    image: address(values, 'static', '/logos/canal-authority.svg'),
    homeRealmIdentifier: 'canalauthority.example',
    certificate: { certificates: [base64OfPem(canalAuthorityCertificate)] },
    claims: NO_CLAIMS,
    federatedAuthenticators: authenticator('SAMLSSOAuthenticator', {
      SPEntityId: address(values, 'id', '/saml/canal-authority'),
      IdPEntityId: `${sso}/metadata`,
      SSOUrl: `${sso}/login`,
      LogoutReqUrl: `${sso}/logout`,
      SelectMode: 'Manual Configuration',
      NameIDType: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      RequestMethod: 'post',
      ISAuthnReqSigned: 'true',
      IsAuthnRespSigned: 'true',
      IsLogoutEnabled: 'true',
      SignatureAlgorithm: 'RSA with SHA256',
      DigestAlgorithm: 'SHA256',
      IsUserIdInClaims: 'false',
    }),
    provisioning: { jit: { isEnabled: false, scheme: 'PROVISION_SILENTLY', userstore: 'PRIMARY' } },
  };
}

function google(values: EnvironmentValues): JsonObject {
  return {
    name: 'Google',
    description: 'Passengers with a Google account',
    templateId: 'google-idp',
    image: 'assets/images/logos/google.svg',
    claims: NO_CLAIMS,
    federatedAuthenticators: authenticator('GoogleOIDCAuthenticator', {
      ...client(values, 'google'),
      AdditionalQueryParameters: 'scope=openid email profile',
    }),
    provisioning: { jit: { isEnabled: true, scheme: 'PROMPT_CONSENT', userstore: 'PRIMARY' } },
  };
}

function github(values: EnvironmentValues): JsonObject {
  return {
    name: 'GitHub',
    description: 'Developers of partner companies',
    templateId: 'github-idp',
    image: 'assets/images/logos/github.svg',
    claims: NO_CLAIMS,
    federatedAuthenticators: authenticator('GithubAuthenticator', {
      ...client(values, 'github'),
      scope: 'user:email',
      UsePrimaryEmail: 'true',
    }),
  };
}

/** A partner over OIDC whose keys we hold ourselves, with groups and with accounts matched by their mail address. */
function ferryAlliance(values: EnvironmentValues): JsonObject {
  const partner = 'https://id.ferryalliance.example';
  return {
    name: 'Ferry Alliance',
    description: 'Members of the alliance of ferry companies',
    templateId: 'enterprise-oidc-idp',
    isFederationHub: false,
    idpIssuerName: partner,
    certificate: { certificates: [allianceOneCertificate, allianceTwoCertificate].map(base64OfPem) },
    claims: {
      userIdClaim: { uri: 'member' },
      roleClaim: { uri: '' },
      mappings: [
        mapping('member', localClaim('loyaltyNumber')),
        mapping('mail', localClaim('emailaddress')),
        mapping('tier', localClaim('loyaltyTier')),
      ],
      provisioningClaims: [],
    },
    groups: [{ name: 'alliance-captains' }, { name: 'alliance-pursers' }],
    implicitAssociation: { isEnabled: true, lookupAttribute: [localClaim('emailaddress')] },
    federatedAuthenticators: authenticator('OpenIDConnectAuthenticator', {
      ...client(values, 'ferry-alliance'),
      OAuth2AuthzEPUrl: `${partner}/authorize`,
      OAuth2TokenEPUrl: `${partner}/token`,
      Scopes: 'openid membership',
      commonAuthQueryParams: 'prompt=select_account',
    }),
    provisioning: {
      jit: { isEnabled: true, scheme: 'PROVISION_SILENTLY', userstore: 'PRIMARY', attributeSyncMethod: 'NONE' },
    },
  };
}

/** No login, only a place to which accounts are provisioned. */
function payrollTarget(values: EnvironmentValues): JsonObject {
  return {
    name: PAYROLL,
    description: 'Accounts for the payroll system',
    claims: NO_CLAIMS,
    roles: { mappings: [], outboundProvisioningRoles: ['Internal/everyone'] },
    federatedAuthenticators: { defaultAuthenticatorId: '', authenticators: [] },
    provisioning: {
      outboundConnectors: {
        defaultConnectorId: SCIM,
        connectors: [{ connectorId: SCIM, ...payrollConnector(values) }],
      },
    },
  };
}

const PAYROLL = 'Payroll';
const SCIM = encodedName('scim');

function payrollConnector(values: EnvironmentValues): JsonObject {
  return {
    isEnabled: true,
    properties: properties({
      'scim-username': 'identity-provisioning',
      'scim-password': sampleSecret(values.environment, 'payroll'),
      'scim-user-ep': address(values, 'payroll', '/scim/Users'),
      'scim-group-ep': address(values, 'payroll', '/scim/Groups'),
      'scim-enable-pwd-provisioning': 'false',
    }),
  };
}

/** Whether a connector blocks is taken from a PUT of its own only. */
export function blockingPayroll(values: EnvironmentValues): SeedRequest {
  const path = `/identity-providers/{identity-provider:${PAYROLL}}/provisioning/outbound-connectors/${SCIM}`;
  const body = { ...payrollConnector(values), isDefault: true, blockingEnabled: true, rulesEnabled: false };
  return { verb: 'PUT', path, body };
}

/** The company's identity providers. */
export function identityProviders(values: EnvironmentValues, released: boolean): SeedRequest[] {
  const bodies = [
    harbourTrust(values, released),
    canalAuthority(values),
    google(values),
    github(values),
    ferryAlliance(values),
    payrollTarget(values),
  ];
  return bodies.map((body) => ({ verb: 'POST', path: '/identity-providers', body }));
}
