import type { Json } from '../../model/json';
import { asObject } from '../fields';
import { created, flagged, noContent, ok, parameter, type Call, type Route } from '../http/route';
import type { Shape } from '../shapes';
import type { Gate } from '../versions';
import type { World } from '../world';
import { refuseBadAssociation, sentAssociation, sentGroups, sentJit, shownAssociation, shownJit } from './attributes';
import {
  refuseTakenNames,
  replacedAuthenticator,
  sentAuthenticators,
  shownAuthenticator,
  shownAuthenticators,
} from './authenticators';
import { catalogueRoutes } from './catalogue-routes';
import { refuseBadClaims, sentClaims, shownClaims } from './claims';
import { replacedConnector, sentConnectors, shownConnector, shownConnectors } from './connectors';
import { withCode } from './failures';
import { providerFileRoutes } from './file-routes';
import { connectedApplications, providerList } from './listing';
import { sentRoles, shownRoles } from './local-roles';
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
import { providerDetail, shownProvisioning } from './reading';
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
const UPDATE_FAILED = 'IDP-65005';

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
        const provider = withCode('IDP-65002', () => createProvider(world, asObject(call.body)));
        return created(world.location(`${PROVIDERS}/${provider.id}`), providerDetail(world, provider));
      },
    },
    { verb: 'GET', path: PROVIDER, scopes: VIEW, answer: (call) => ok(providerDetail(world, find(call))) },
    {
      verb: 'PATCH',
      path: PROVIDER,
      scopes: UPDATE,
      body: patchModel,
      answer: (call) => {
        const patched = withCode('IDP-65003', () => patchProvider(world, parameter(call, 'id'), call.body));
        return ok(providerDetail(world, patched));
      },
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
  /** The code of failures that have none of their own. */
  readonly failureCode: string;
  /** A body that is empty or null replaces the part by nothing; other parts fail over it. */
  readonly bodyOptional?: boolean;
  /** Looks at the body before the identity provider is looked for. */
  check?(body: Json): void;
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
        bodyOptional: part.bodyOptional,
        answer: (call) => {
          const replaced = withCode(part.failureCode, () => {
            part.check?.(call.body);
            const stored = find(call);
            const changed = { ...stored, ...part.replace(stored, call.body, call) };
            refuseTakenNames(world, stored.id, changed);
            putChanged(world, stored, changed);
            return changed;
          });
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
      failureCode: 'IDP-65035',
      check: (body) => refuseBadClaims(world, body),
      show: (provider) => shownClaims(world, provider),
      replace: (_provider, body) => sentClaims(asObject(body), world.version),
    },
    {
      path: '/roles',
      shape: rolesModel,
      bodyOptional: true,
      failureCode: 'IDP-65036',
      show: (provider) => shownRoles(provider.roles),
      replace: (_provider, body) => ({ roles: sentRoles(world, asObject(body)) }),
    },
    {
      path: '/groups',
      since: '7.0',
      shape: groupsModel,
      failureCode: UPDATE_FAILED,
      show: (provider) => provider.groups.map(({ name, id }) => ({ name, id })),
      replace: (provider, body) => ({ groups: sentGroups(world, Array.isArray(body) ? body : [], provider.groups) }),
    },
    {
      path: '/implicit-association',
      since: '7.0',
      shape: associationModel,
      failureCode: UPDATE_FAILED,
      show: shownAssociation,
      replace: (_provider, body) => {
        refuseBadAssociation(asObject(body));
        return { implicitAssociation: sentAssociation(asObject(body)) };
      },
    },
    {
      path: '/provisioning/jit',
      shape: jitModel,
      failureCode: 'IDP-65037',
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
      failureCode: UPDATE_FAILED,
      show: (provider) => shownAuthenticators(world, provider),
      replace: (_provider, body) => sentAuthenticators(world.version, asObject(body)),
    },
    {
      path: '/federated-authenticators/:authenticator',
      shape: authenticatorModel,
      failureCode: 'IDP-65033',
      show: (provider, call) => shownAuthenticator(world, provider, parameter(call, 'authenticator')),
      replace: (provider, body, call) =>
        replacedAuthenticator(world.version, provider, parameter(call, 'authenticator'), asObject(body)),
    },
    {
      path: '/provisioning/outbound-connectors',
      shape: connectorsModel,
      failureCode: UPDATE_FAILED,
      show: (provider) => shownConnectors(world, provider),
      replace: (provider, body) => sentConnectors(world, asObject(body), provider.connectors),
    },
    {
      path: '/provisioning/outbound-connectors/:connector',
      shape: connectorModel,
      failureCode: 'IDP-65034',
      show: (provider, call) => shownConnector(world, provider, parameter(call, 'connector')),
      replace: (provider, body, call) =>
        replacedConnector(world, provider, parameter(call, 'connector'), asObject(body)),
    },
  ];
}
