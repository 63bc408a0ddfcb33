import type { JsonObject } from '../../model/json';
import type { SeedRequest } from '../seeding';
import { localClaim } from './claims';
import { address, anyOf, type EnvironmentValues } from './environment-values';
import { credentials, requests, sequence } from './oidc-applications';

/** Passive STS. */
export function fleetMaintenance(values: EnvironmentValues): JsonObject {
  return {
    name: 'Fleet Maintenance',
    description: 'Docks, engines and spare parts',
    accessUrl: address(values, 'fleet'),
    inboundProtocolConfiguration: {
      passiveSts: {
        realm: address(values, 'fleet', '/wsfed'),
        replyTo: address(values, 'fleet', '/wsfed/signin'),
        replyToLogout: address(values, 'fleet', '/wsfed/signout'),
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('username', 'boatingLicence') },
  };
}

/** WS-Trust. */
export function lockKeeperService(values: EnvironmentValues): JsonObject {
  return {
    name: 'Lock Keeper Service',
    description: 'Opens and closes the gates',
    inboundProtocolConfiguration: {
      wsTrust: { audience: address(values, 'locks', '/services/gates'), certificateAlias: 'wso2carbon' },
    },
  };
}

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Roles of its own. */
export function shoreOperations(values: EnvironmentValues, isRecent = true): JsonObject {
  return {
    name: 'Shore Operations',
    description: 'Berths, cranes and shifts on land',
    accessUrl: address(values, 'shore'),
    associatedRoles: { allowedAudience: 'APPLICATION', roles: [] },
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'shore-operations'),
        grantTypes: ['authorization_code', 'refresh_token', ...(isRecent ? [TOKEN_EXCHANGE] : [])],
        callbackURLs: anyOf(
          address(values, 'shore', '/oidc/callback'),
          address(values, 'shore', '/admin/oidc/callback'),
        ),
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        scopeValidators: ['Role based scope validator'],
        hybridFlow: { enable: true, responseType: 'code id_token' },
        idToken: {
          expiryInSeconds: 1800,
          audience: [],
          encryption: { enabled: true, algorithm: 'RSA-OAEP', method: 'A256GCM' },
        },
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('roles', 'groups', 'homePort') },
    advancedConfigurations: { discoverableByEndUsers: true, skipLogoutConsent: true },
  };
}

/** The roles of the shore application, and their association with it. */
export function shoreRoles(): SeedRequest[] {
  const application = '{application:Shore Operations}';
  const roles: Readonly<Record<string, string[]>> = {
    'Berth Planner': ['voyages:read'],
    'Duty Manager': ['voyages:read', 'voyages:board'],
  };
  const names = Object.keys(roles);
  return [
    ...names.map((displayName): SeedRequest => ({
      verb: 'POST',
      mount: '/scim2/v2',
      path: '/Roles',
      since: '7.0',
      body: {
        displayName,
        audience: { type: 'application', value: application },
        permissions: (roles[displayName] ?? []).map((value) => ({ value })),
      },
    })),
    {
      verb: 'PATCH',
      path: `/applications/${application}`,
      since: '7.0',
      body: {
        associatedRoles: { allowedAudience: 'APPLICATION', roles: names.map((name) => ({ id: `{role:${name}}` })) },
      },
    },
  ];
}

/** Provisioning in both directions, and no login of its own. */
export function crewDirectory(values: EnvironmentValues): JsonObject {
  return {
    name: 'Crew Directory',
    description: 'Feeds accounts in and hands them on to payroll',
    accessUrl: address(values, 'directory'),
    provisioningConfigurations: {
      inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: 'PRIMARY' },
      outboundProvisioningIdps: [{ idp: 'Payroll', connector: 'scim', blocking: true, rules: false, jit: false }],
    },
  };
}

/** Claims under names of its own, and role names too. */
export function loyaltyClub(values: EnvironmentValues): JsonObject {
  const mapped = {
    email: 'emailaddress',
    tier: 'loyaltyTier',
    card: 'loyaltyNumber',
    deck: 'preferredDeck',
    news: 'marketingConsent',
    rank: 'roles',
  };
  return {
    name: 'Loyalty Club',
    description: 'Points, vouchers and cabin upgrades',
    accessUrl: address(values, 'club'),
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'loyalty-club'),
        grantTypes: ['authorization_code', 'implicit'],
        callbackURLs: [address(values, 'club', '/login/oauth2/code/aldermere')],
        allowedOrigins: [address(values, 'club')],
        pkce: { mandatory: false, supportPlainTransformAlgorithm: true },
        accessToken: {
          type: 'Default',
          userAccessTokenExpiryInSeconds: 3600,
          applicationAccessTokenExpiryInSeconds: 3600,
        },
        logout: { backChannelLogoutUrl: '', frontChannelLogoutUrl: address(values, 'club', '/logout') },
      },
    },
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: Object.entries(mapped).map(([applicationClaim, local]) => ({
        applicationClaim,
        localClaim: { uri: localClaim(local) },
      })),
      requestedClaims: ['email', 'tier', 'card', 'news'].map((uri) => ({ claim: { uri }, mandatory: uri === 'email' })),
      subject: {
        claim: { uri: 'email' },
        useMappedLocalSubject: true,
        includeUserDomain: false,
        includeTenantDomain: true,
      },
      role: {
        claim: { uri: 'rank' },
        includeUserDomain: false,
        mappings: [
          { localRole: 'Internal/everyone', applicationRole: 'member' },
          { localRole: 'Internal/admin', applicationRole: 'auditor' },
        ],
      },
    },
    authenticationSequence: sequence([
      ['LOCAL/BasicAuthenticator', 'Google/GoogleOIDCAuthenticator', 'Ferry Alliance/OpenIDConnectAuthenticator'],
    ]),
    advancedConfigurations: { discoverableByEndUsers: true, skipLoginConsent: false, skipLogoutConsent: true },
  };
}

/** The new application of the release. */
export function harbourKiosk(values: EnvironmentValues): JsonObject {
  return {
    name: 'Harbour Kiosk',
    description: 'Self-service terminals at the quays',
    accessUrl: address(values, 'kiosk'),
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'harbour-kiosk'),
        grantTypes: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        callbackURLs: [address(values, 'kiosk', '/callback')],
        allowedOrigins: [address(values, 'kiosk')],
        publicClient: true,
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('loyaltyNumber', 'berthPreference') },
    authenticationSequence: sequence([['LOCAL/BasicAuthenticator', 'Ferry Alliance/OpenIDConnectAuthenticator']]),
    advancedConfigurations: { discoverableByEndUsers: true, skipLoginConsent: true },
  };
}

/** An experiment that never left dev. */
export function fareLab(values: EnvironmentValues): JsonObject {
  return {
    name: 'Fare Lab',
    description: 'Experiments with prices',
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'fare-lab'),
        grantTypes: ['authorization_code', 'password', 'client_credentials'],
        callbackURLs: anyOf(address(values, 'lab', '/callback'), 'http://localhost:3000/callback'),
        allowedOrigins: ['http://localhost:3000', address(values, 'lab')],
      },
    },
  };
}

/** Addresses to return to after logout: only a change can set them, a creation drops them (reference §5, quirk 9). */
export function logoutAddresses(values: EnvironmentValues): SeedRequest[] {
  const addresses: Readonly<Record<string, string>> = {
    'Booking Portal': address(values, 'booking', '/goodbye'),
    'Loyalty Club': address(values, 'club', '/goodbye'),
  };
  return Object.entries(addresses).map(([name, logoutReturnUrl]) => ({
    verb: 'PATCH',
    path: `/applications/{application:${name}}`,
    since: '7.0',
    body: { logoutReturnUrl },
  }));
}
