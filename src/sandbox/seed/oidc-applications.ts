import type { JsonObject } from '../../model/json';
import { localClaim } from './claims';
import { address, anyOf, sampleSecret, type EnvironmentValues } from './environment-values';
import { crewRosterScript } from './scripts';

/** Client id and secret of an application. */
export function credentials(values: EnvironmentValues, name: string): { clientId: string; clientSecret: string } {
  return { clientId: values.clientIds[name] ?? '', clientSecret: sampleSecret(values.environment, name) };
}

/** Requested claims of a LOCAL dialect application. */
export function requests(...names: string[]): JsonObject[] {
  return names.map((name, index) => ({ claim: { uri: localClaim(name) }, mandatory: index === 0 }));
}

/** A login sequence; each step is a list of `idp/authenticator`. */
export function sequence(steps: readonly (readonly string[])[], script?: string): JsonObject {
  return {
    type: 'USER_DEFINED',
    steps: steps.map((options, index) => ({
      id: index + 1,
      options: options.map((option) => {
        const [idp = '', authenticator = ''] = option.split('/');
        return { idp, authenticator };
      }),
    })),
    ...(script === undefined ? {} : { script }),
    subjectStepId: 1,
    attributeStepId: 1,
  };
}

function tokens(user: number, refresh: number): JsonObject {
  return {
    accessToken: {
      type: 'JWT',
      userAccessTokenExpiryInSeconds: user,
      applicationAccessTokenExpiryInSeconds: 3600,
      bindingType: 'sso-session',
      revokeTokensWhenIDPSessionTerminated: true,
      validateTokenBinding: false,
      accessTokenAttributes: ['email', 'groups'],
    },
    refreshToken: { expiryInSeconds: refresh, renewRefreshToken: true },
  };
}

/** The OIDC configuration of the booking portal, which somebody changed by hand in prod: no PKCE there. */
export function bookingPortalOidc(values: EnvironmentValues, pkceMandatory: boolean): JsonObject {
  return {
    ...credentials(values, 'booking-portal'),
    grantTypes: ['authorization_code', 'refresh_token'],
    callbackURLs: anyOf(
      address(values, 'booking', '/callback'),
      address(values, 'booking', '/silent'),
      address(values, 'm', '/callback'),
    ),
    allowedOrigins: [address(values, 'booking'), address(values, 'm')],
    publicClient: false,
    pkce: { mandatory: pkceMandatory, supportPlainTransformAlgorithm: false },
    ...tokens(1800, 86400),
    idToken: { expiryInSeconds: 3600, audience: [address(values, 'api')], idTokenSignedResponseAlg: 'PS256' },
    logout: { backChannelLogoutUrl: address(values, 'booking', '/logout/backchannel'), frontChannelLogoutUrl: '' },
    clientAuthentication: { tokenEndpointAuthMethod: 'client_secret_basic' },
  };
}

/** Confidential web application with PKCE and back-channel logout. */
export function bookingPortal(values: EnvironmentValues): JsonObject {
  return {
    name: 'Booking Portal',
    description: 'Passengers book ferries and canal boats',
    imageUrl: address(values, 'static', '/apps/booking.svg'),
    accessUrl: address(values, 'booking'),
    templateId: 'b9c5e11e-fc78-484b-9bec-015d247561b8',
    inboundProtocolConfiguration: { oidc: bookingPortalOidc(values, true) },
    claimConfiguration: {
      dialect: 'LOCAL',
      requestedClaims: requests('emailaddress', 'givenname', 'lastname', 'loyaltyTier', 'dietaryNeeds'),
      subject: { claim: { uri: localClaim('userid') }, includeUserDomain: false, includeTenantDomain: false },
    },
    authenticationSequence: sequence([
      ['LOCAL/BasicAuthenticator', 'LOCAL/FIDOAuthenticator', 'Google/GoogleOIDCAuthenticator'],
    ]),
    advancedConfigurations: { discoverableByEndUsers: true, skipLoginConsent: true, skipLogoutConsent: true },
  };
}

/** Web application with two steps and an adaptive script. */
export function crewRoster(values: EnvironmentValues, released: boolean, isRecent = true): JsonObject {
  return {
    name: 'Crew Roster',
    description: 'Who is on which boat, and when',
    imageUrl: address(values, 'static', '/apps/roster.svg'),
    accessUrl: address(values, 'roster'),
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'crew-roster'),
        grantTypes: ['authorization_code', 'refresh_token'],
        callbackURLs: [address(values, 'roster', '/signin-oidc')],
        allowedOrigins: [address(values, 'roster')],
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        ...tokens(values.crewTokenLifetime, 28800),
        logout: { backChannelLogoutUrl: address(values, 'roster', '/signout-oidc'), frontChannelLogoutUrl: '' },
      },
    },
    claimConfiguration: {
      dialect: 'LOCAL',
      requestedClaims: requests('crewNumber', 'watchGroup', 'dutyStatus', 'licenceExpiry'),
    },
    authenticationSequence: sequence(
      [
        ['LOCAL/BasicAuthenticator', 'Harbour Trust/OpenIDConnectAuthenticator'],
        isRecent
          ? ['LOCAL/totp', 'LOCAL/email-otp-authenticator']
          : ['LOCAL/totp', 'LOCAL/x509CertificateAuthenticator'],
      ],
      crewRosterScript(values, released),
    ),
    advancedConfigurations: { discoverableByEndUsers: true, skipLoginConsent: true, returnAuthenticatedIdpList: true },
  };
}

/** Single-page application. The release adds silent renewal: one more callback, and refresh tokens. */
export function timetable(values: EnvironmentValues, released: boolean): JsonObject {
  const callback = address(values, 'timetable', '/');
  return {
    name: 'Timetable',
    description: 'Departures and arrivals',
    accessUrl: address(values, 'timetable'),
    templateId: '6a90e4b0-fbff-42d7-bfde-1efd98f07cd7',
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'timetable'),
        grantTypes: released ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
        callbackURLs: released ? anyOf(callback, address(values, 'timetable', '/silent-renew')) : [callback],
        allowedOrigins: [address(values, 'timetable'), address(values, 'www'), address(values, 'kiosk')],
        publicClient: true,
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        accessToken: { type: 'JWT', userAccessTokenExpiryInSeconds: 900, bindingType: 'None' },
        refreshToken: { expiryInSeconds: 14400, renewRefreshToken: true },
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('displayName') },
    advancedConfigurations: { discoverableByEndUsers: true, skipLoginConsent: true },
  };
}

/** Mobile application. The release asks for the new claim. */
export function deckhandApp(values: EnvironmentValues, released: boolean, isRecent = true): JsonObject {
  return {
    name: 'Deckhand App',
    description: 'Boarding and berths on the phone',
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'deckhand-app'),
        grantTypes: ['authorization_code', 'refresh_token'],
        callbackURLs: anyOf('aldermere-deckhand://oauth2/callback', address(values, 'deckhand', '/app/callback')),
        publicClient: true,
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        ...tokens(3600, 2592000),
      },
    },
    claimConfiguration: {
      dialect: 'LOCAL',
      requestedClaims: requests('crewNumber', 'homePort', ...(released ? ['berthPreference'] : [])),
    },
    authenticationSequence: sequence([
      ['LOCAL/IdentifierExecutor'],
      isRecent
        ? ['LOCAL/FIDOAuthenticator', 'LOCAL/MagicLinkAuthenticator']
        : ['LOCAL/FIDOAuthenticator', 'LOCAL/totp'],
    ]),
    advancedConfigurations: {
      enableAPIBasedAuthentication: true,
      attestationMetaData: {
        enableClientAttestation: true,
        androidPackageName: 'example.aldermere.deckhand',
        appleAppId: 'A1B2C3D4E5.example.aldermere.deckhand',
      },
      trustedAppConfiguration: {
        isFIDOTrustedApp: true,
        isConsentGranted: true,
        androidPackageName: 'example.aldermere.deckhand',
        androidThumbprints: ['AA:11:BB:22:CC:33:DD:44:EE:55:FF:66:77:88:99:00:12:34:56:78'],
        appleAppId: 'A1B2C3D4E5.example.aldermere.deckhand',
      },
    },
  };
}

/** Login through others only. */
export function partnerLounge(values: EnvironmentValues): JsonObject {
  return {
    name: 'Partner Lounge',
    description: 'Statistics and contracts for partner companies',
    accessUrl: address(values, 'partners'),
    inboundProtocolConfiguration: {
      oidc: {
        ...credentials(values, 'partner-lounge'),
        grantTypes: ['authorization_code'],
        callbackURLs: [address(values, 'partners', '/oauth/callback')],
        pkce: { mandatory: false, supportPlainTransformAlgorithm: false },
        ...tokens(3600, 86400),
        requestObject: { requestObjectSigningAlg: 'PS256', encryption: { algorithm: '', method: '' } },
        pushAuthorizationRequest: { requirePushAuthorizationRequest: true },
        subject: { subjectType: 'pairwise', sectorIdentifierUri: address(values, 'partners', '/sector.json') },
      },
    },
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: requests('emailaddress', 'organization') },
    authenticationSequence: sequence([
      [
        'Harbour Trust/OpenIDConnectAuthenticator',
        'Canal Authority/SAMLSSOAuthenticator',
        'GitHub/GithubAuthenticator',
        'Ferry Alliance/OpenIDConnectAuthenticator',
      ],
    ]),
    advancedConfigurations: {
      discoverableByEndUsers: true,
      certificate: { type: 'JWKS', value: address(values, 'partners', '/jwks.json') },
    },
  };
}
