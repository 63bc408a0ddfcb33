import type { Json } from '../../model/json';
import { asObject } from '../fields';
import { created, flagged, noContent, ok, parameter, type Call, type Route } from '../http/route';
import type { Shape } from '../shapes';
import type { Gate } from '../versions';
import type { World } from '../world';
import {
  refuseBadAssociation,
  refuseBadClaims,
  sentAssociation,
  sentClaims,
  sentGroups,
  sentJit,
  sentRoles,
  shownAssociation,
  shownClaims,
  shownJit,
  shownRoles,
} from './attributes';
import {
  refuseTakenNames,
  replacedAuthenticator,
  sentAuthenticators,
  shownAuthenticator,
  shownAuthenticators,
} from './authenticators';
import { catalogueRoutes } from './catalogue-routes';
import { replacedConnector, sentConnectors, shownConnector, shownConnectors } from './connectors';
import { providerFileRoutes } from './file-routes';
import {
  associationModel,
  authenticatorModel,
  authenticatorsModel,
  claimsModel,
  connectorModel,
  connectorsModel,
  groupsModel,
  identityProviderModel,
  jitModel,
  patchModel,
  rolesModel,
} from './models';
import { connectedApplications, providerDetail, providerList, shownProvisioning } from './reading';
import type { IdentityProviderRecord } from './record';
import { providerTemplateRoutes } from './templates';
import { trustedTokenIssuerRoutes } from './trusted-token-issuers';
import { createProvider, deleteProvider, patchProvider, providerAt, putChanged } from './writing';

const VIEW = ['internal_idp_view'];
const CREATE = ['internal_idp_create'];
const UPDATE = ['internal_idp_update'];
const DELETE = ['internal_idp_delete'];

const PROVIDERS = '/identity-providers';
const PROVIDER = `${PROVIDERS}/:id`;

/** The identity provider API (reference §2.2.1). */
export function identityProviderRoutes(world: World): Route[] {
  return [
    ...ownRoutes(world),
    ...partRoutes(world),
    ...catalogueRoutes(world),
    ...providerFileRoutes(world),
    ...providerTemplateRoutes(world),
    ...trustedTokenIssuerRoutes(world),
  ];
}

function ownRoutes(world: World): Route[] {
  const find = (call: Call): IdentityProviderRecord => providerAt(world, parameter(call, 'id'));
  return [
    { verb: 'GET', path: PROVIDERS, scopes: VIEW, answer: (call) => ok(providerList(world, call)) },
    {
      verb: 'POST',
      path: PROVIDERS,
      scopes: CREATE,
      body: identityProviderModel,
      answer: (call) => {
        const provider = createProvider(world, asObject(call.body));
        return created(world.location(`${PROVIDERS}/${provider.id}`), providerDetail(world, provider));
      },
    },
    { verb: 'GET', path: PROVIDER, scopes: VIEW, answer: (call) => ok(providerDetail(world, find(call))) },
    {
      verb: 'PATCH',
      path: PROVIDER,
      scopes: UPDATE,
      body: patchModel,
      answer: (call) => ok(providerDetail(world, patchProvider(world, parameter(call, 'id'), call.body))),
    },
    {
      verb: 'DELETE',
      path: PROVIDER,
      scopes: DELETE,
      answer: (call) => {
        deleteProvider(world, parameter(call, 'id'), flagged(call, 'force'));
        return noContent;
      },
    },
    {
      verb: 'GET',
      path: `${PROVIDER}/provisioning`,
      scopes: VIEW,
      answer: (call) => ok(shownProvisioning(world, find(call))),
    },
    {
      verb: 'GET',
      path: `${PROVIDER}/connected-apps`,
      scopes: VIEW,
      answer: (call) => ok(connectedApplications(world, find(call), call)),
    },
  ];
}

/** A part of an identity provider that has a path of its own: GET shows it, PUT replaces it and shows the result. */
interface Part extends Gate {
  readonly path: string;
  readonly shape: Shape;
  show(provider: IdentityProviderRecord, call: Call): Json;
  replace(provider: IdentityProviderRecord, body: Json, call: Call): Partial<IdentityProviderRecord>;
}

function partRoutes(world: World): Route[] {
  return [...attributeParts(world), ...connectionParts(world)].flatMap((part): Route[] => {
    const { path, since, until } = part;
    const find = (call: Call): IdentityProviderRecord => providerAt(world, parameter(call, 'id'));
    return [
      {
        verb: 'GET',
        path: `${PROVIDER}${path}`,
        scopes: VIEW,
        since,
        until,
        answer: (call) => ok(part.show(find(call), call)),
      },
      {
        verb: 'PUT',
        path: `${PROVIDER}${path}`,
        scopes: UPDATE,
        since,
        until,
        body: part.shape,
        answer: (call) => {
          const stored = find(call);
          const replaced = { ...stored, ...part.replace(stored, call.body, call) };
          refuseTakenNames(world, stored.id, replaced);
          putChanged(world, stored, replaced);
          return ok(part.show(replaced, call));
        },
      },
    ];
  });
}

function attributeParts(world: World): Part[] {
  return [
    {
      path: '/claims',
      shape: claimsModel,
      show: (provider) => shownClaims(world, provider),
      replace: (_provider, body) => {
        const claims = sentClaims(asObject(body));
        refuseBadClaims(world, claims);
        return claims;
      },
    },
    {
      path: '/roles',
      shape: rolesModel,
      show: (provider) => shownRoles(provider.roles),
      replace: (_provider, body) => ({ roles: sentRoles(asObject(body)) }),
    },
    {
      path: '/groups',
      since: '7.0',
      shape: groupsModel,
      show: (provider) => provider.groups.map(({ name, id }) => ({ name, id })),
      replace: (provider, body) => ({ groups: sentGroups(world, Array.isArray(body) ? body : [], provider.groups) }),
    },
    {
      path: '/implicit-association',
      since: '7.0',
      shape: associationModel,
      show: shownAssociation,
      replace: (_provider, body) => {
        refuseBadAssociation(asObject(body));
        return { implicitAssociation: sentAssociation(asObject(body)) };
      },
    },
    {
      path: '/provisioning/jit',
      shape: jitModel,
      show: (provider) => shownJit(world, provider),
      replace: (_provider, body) => ({ jit: sentJit(world, asObject(body)) }),
    },
  ];
}

function connectionParts(world: World): Part[] {
  return [
    {
      path: '/federated-authenticators',
      shape: authenticatorsModel,
      show: (provider) => shownAuthenticators(world, provider),
      replace: (_provider, body) => sentAuthenticators(asObject(body)),
    },
    {
      path: '/federated-authenticators/:authenticator',
      shape: authenticatorModel,
      show: (provider, call) => shownAuthenticator(world, provider, parameter(call, 'authenticator')),
      replace: (provider, body, call) =>
        replacedAuthenticator(provider, parameter(call, 'authenticator'), asObject(body)),
    },
    {
      path: '/provisioning/outbound-connectors',
      shape: connectorsModel,
      show: (provider) => shownConnectors(world, provider),
      replace: (provider, body) => sentConnectors(world, asObject(body), provider.connectors),
    },
    {
      path: '/provisioning/outbound-connectors/:connector',
      shape: connectorModel,
      show: (provider, call) => shownConnector(world, provider, parameter(call, 'connector')),
      replace: (provider, body, call) =>
        replacedConnector(world, provider, parameter(call, 'connector'), asObject(body)),
    },
  ];
}
