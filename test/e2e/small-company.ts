import type { JsonObject } from '../../src/model/json';
import type { Seed, SeedRequest } from '../../src/sandbox/seeding';

/** A company that is quickly read: three applications and an identity provider. */

const FERRY_SECRET = 'ferry-Zk3pQ8sLw1Yb6TnV';
const HARBOUR_SECRET = 'harbour-Rt7mC2xHd9Ge4JqU';
const PARTNER_SECRET = 'partner-Nf5vB0aKs8Wi3MyP';
export const SMALL_SECRETS: readonly string[] = [FERRY_SECRET, HARBOUR_SECRET, PARTNER_SECRET];

/** The request that makes an application. */
export function application(name: string, body: JsonObject = {}): SeedRequest {
  return { verb: 'POST', path: '/applications', body: { name, ...body } };
}

/** An OpenID Connect block with a confidential client. */
export function oidc(clientId: string, clientSecret: string): JsonObject {
  return {
    inboundProtocolConfiguration: {
      oidc: {
        clientId,
        clientSecret,
        grantTypes: ['authorization_code', 'refresh_token'],
        callbackURLs: [`https://${clientId}.example/callback`],
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
      },
    },
  };
}

const GOOGLE = 'R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I';

const partner: SeedRequest = {
  verb: 'POST',
  path: '/identity-providers',
  body: {
    name: 'Partner',
    federatedAuthenticators: {
      defaultAuthenticatorId: GOOGLE,
      authenticators: [
        {
          authenticatorId: GOOGLE,
          isEnabled: true,
          properties: [
            { key: 'ClientId', value: 'partner-client' },
            { key: 'ClientSecret', value: PARTNER_SECRET },
          ],
        },
      ],
    },
  },
};

/** Three applications, one of which signs in with the identity provider. */
export const smallCompany: Seed = {
  random: 7,
  requests: [
    partner,
    application('Ferry', {
      description: 'Crossings',
      accessUrl: 'https://ferry.example',
      ...oidc('ferry', FERRY_SECRET),
      authenticationSequence: {
        type: 'USER_DEFINED',
        steps: [
          {
            id: 1,
            options: [
              { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
              { idp: 'Partner', authenticator: 'GoogleOIDCAuthenticator' },
            ],
          },
        ],
      },
    }),
    application('Harbour', { description: 'Berths', ...oidc('harbour', HARBOUR_SECRET) }),
    application('Lighthouse', { description: 'Lights', accessUrl: 'https://lighthouse.example' }),
  ],
};

/** The secrets as the process variables that `{{secret:…}}` is looked up in. */
export const smallSecrets: Readonly<Record<string, string>> = {
  LIFTLOCK_SECRET_FERRY_CLIENTSECRET: FERRY_SECRET,
  LIFTLOCK_SECRET_HARBOUR_CLIENTSECRET: HARBOUR_SECRET,
  LIFTLOCK_SECRET_PARTNER_CLIENTSECRET: PARTNER_SECRET,
};
