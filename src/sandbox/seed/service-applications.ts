import type { JsonObject } from '../../model/json';
import type { SeedRequest } from '../seeding';
import { address, type EnvironmentValues } from './environment-values';
import { credentials } from './oidc-applications';

const FARES = 'urn:aldermere:api:fares';
const VOYAGES = 'urn:aldermere:api:voyages';

/** The company's own API resources; the same identifiers everywhere. */
export function apiResources(): SeedRequest[] {
  const scope = (name: string, displayName: string): JsonObject => ({
    name,
    displayName,
    description: `${displayName} of Aldermere Boats`,
  });
  const bodies: JsonObject[] = [
    {
      name: 'Fares API',
      identifier: FARES,
      description: 'Prices, discounts and quotes',
      requiresAuthorization: true,
      scopes: [
        scope('fares:read', 'Read fares'),
        scope('fares:quote', 'Quote fares'),
        scope('fares:publish', 'Publish fares'),
      ],
    },
    {
      name: 'Voyages API',
      identifier: VOYAGES,
      description: 'Boats, berths and departures',
      requiresAuthorization: false,
      scopes: [scope('voyages:read', 'Read voyages'), scope('voyages:board', 'Board passengers')],
    },
  ];
  return bodies.map((body) => ({ verb: 'POST', path: '/api-resources', since: '7.0', body }));
}

function machine(values: EnvironmentValues, name: string): JsonObject {
  return {
    ...credentials(values, name),
    grantTypes: ['client_credentials'],
    publicClient: false,
    accessToken: {
      type: 'JWT',
      applicationAccessTokenExpiryInSeconds: 600,
      userAccessTokenExpiryInSeconds: 600,
      bindingType: 'None',
    },
    idToken: { expiryInSeconds: 3600, audience: [address(values, 'api'), 'urn:aldermere:machines'] },
  };
}

/** Machine to machine, on a business API. */
export function fareEngine(values: EnvironmentValues): JsonObject {
  return {
    name: 'Fare Engine',
    description: 'Calculates fares every night',
    inboundProtocolConfiguration: { oidc: machine(values, 'fare-engine') },
  };
}

/** Machine to machine, on management APIs of the server. */
export function settlementJob(values: EnvironmentValues): JsonObject {
  return {
    name: 'Settlement Job',
    description: 'Settles what partner companies owe',
    inboundProtocolConfiguration: {
      oidc: {
        ...machine(values, 'settlement-job'),
        clientAuthentication: { tokenEndpointAuthMethod: 'client_secret_post' },
      },
    },
  };
}

function authorization(application: string, api: string, scopes: string[], policyIdentifier = 'RBAC'): SeedRequest {
  return {
    verb: 'POST',
    path: `/applications/{application:${application}}/authorized-apis`,
    since: '7.0',
    body: { id: `{api-resource:${api}}`, policyIdentifier, scopes },
  };
}

/** Which application may call which API. */
export function authorizations(): SeedRequest[] {
  return [
    authorization('Fare Engine', FARES, ['fares:read', 'fares:publish']),
    authorization('Fare Engine', VOYAGES, ['voyages:read'], 'NO POLICY'),
    authorization('Settlement Job', '/scim2/Roles', ['internal_role_mgt_view']),
    authorization('Settlement Job', '/api/server/v1/claim-dialects', ['internal_claim_meta_view']),
    authorization('Deckhand App', VOYAGES, ['voyages:read', 'voyages:board']),
  ];
}
