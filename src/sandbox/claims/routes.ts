import { asObject } from '../fields';
import { encodedName } from '../identifiers';
import { created, noContent, ok, parameter, type Answer, type Call, type Route } from '../http/route';
import { wholeParameter } from '../paging';
import type { World } from '../world';
import {
  allDialects,
  claimsToShow,
  claimToShow,
  createDialect,
  createExternalClaim,
  deleteDialect,
  deleteExternalClaim,
  dialectAt,
  renameDialect,
  replaceExternalClaim,
  shownDialect,
  shownExternalClaim,
} from './dialects';
import { dialectFileRoutes } from './file-routes';
import { notImplemented } from './failures';
import {
  createLocalClaim,
  deleteLocalClaim,
  localClaimAt,
  localClaimList,
  replaceLocalClaim,
  shownLocalClaim,
} from './local-claims';
import { describedLocalClaimModel, dialectModel, externalClaimModel, localClaimModel } from './models';

const VIEW = ['internal_claim_meta_view'];
const CREATE = ['internal_claim_meta_create'];
const UPDATE = ['internal_claim_meta_update'];
const DELETE = ['internal_claim_meta_delete'];

const LOCAL = '/claim-dialects/local/claims';
const DIALECT = '/claim-dialects/:dialect';
const EXTERNAL = `${DIALECT}/claims`;

const UNSUPPORTED: Readonly<Record<string, readonly [code: string, what: string, capability: string]>> = {
  limit: ['CMT-50022', 'Pagination', 'capabilities are'],
  offset: ['CMT-50022', 'Pagination', 'capabilities are'],
  filter: ['CMT-50023', 'Filtering', 'capability is'],
  sort: ['CMT-50024', 'Sorting', 'capability is'],
};

/** The lists of this API come whole or not at all (reference §1.4; quirk 23). */
function refuseListParameters(call: Call): void {
  for (const name of ['limit', 'offset']) wholeParameter(call, name);
  for (const [name, refusal] of Object.entries(UNSUPPORTED)) {
    if (call.query[name] !== undefined) throw notImplemented(...refusal);
  }
}

/** The list of local claims knows one parameter more that it refuses. */
function refuseLocalListParameters(call: Call): void {
  refuseListParameters(call);
  if (call.query.attributes !== undefined) throw notImplemented('CMT-50025', 'Attribute filtering', 'capability is');
}

/** The claim API (reference §2.3.1). */
export function claimRoutes(world: World): Route[] {
  return [...dialectRoutes(world), ...dialectFileRoutes(world), ...localRoutes(world), ...externalRoutes(world)];
}

function dialectRoutes(world: World): Route[] {
  const location = (id: string): string => world.location(`/claim-dialects/${id}`);
  return [
    {
      verb: 'GET',
      path: '/claim-dialects',
      scopes: VIEW,
      answer: (call) => {
        refuseListParameters(call);
        return ok(allDialects(world).map((dialect) => shownDialect(world, dialect)));
      },
    },
    {
      verb: 'POST',
      path: '/claim-dialects',
      scopes: CREATE,
      body: dialectModel,
      answer: (call) => created(location(createDialect(world, asObject(call.body)).id)),
    },
    {
      verb: 'GET',
      path: DIALECT,
      scopes: VIEW,
      answer: (call) => ok(shownDialect(world, dialectAt(world, parameter(call, 'dialect')))),
    },
    {
      verb: 'PUT',
      path: DIALECT,
      scopes: UPDATE,
      body: dialectModel,
      answer: (call): Answer => {
        const id = renameDialect(world, parameter(call, 'dialect'), asObject(call.body));
        return { status: 200, headers: { Location: location(id) } };
      },
    },
    {
      verb: 'DELETE',
      path: DIALECT,
      scopes: DELETE,
      answer: (call) => {
        deleteDialect(world, parameter(call, 'dialect'));
        return noContent;
      },
    },
  ];
}

function localRoutes(world: World): Route[] {
  const shape = world.version === '5.11' ? describedLocalClaimModel : localClaimModel;
  const location = (id: string): string => world.location(`${LOCAL}/${id}`);
  return [
    {
      verb: 'GET',
      path: LOCAL,
      scopes: VIEW,
      answer: (call) => {
        refuseLocalListParameters(call);
        return ok(localClaimList(world, call.query));
      },
    },
    {
      verb: 'POST',
      path: LOCAL,
      scopes: CREATE,
      body: shape,
      answer: (call) => created(location(createLocalClaim(world, asObject(call.body)).id)),
    },
    {
      verb: 'GET',
      path: `${LOCAL}/:claim`,
      scopes: VIEW,
      answer: (call) => ok(shownLocalClaim(world, localClaimAt(world, parameter(call, 'claim')))),
    },
    {
      verb: 'PUT',
      path: `${LOCAL}/:claim`,
      scopes: UPDATE,
      body: shape,
      answer: (call) => {
        replaceLocalClaim(world, parameter(call, 'claim'), asObject(call.body));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: `${LOCAL}/:claim`,
      scopes: DELETE,
      answer: (call) => {
        deleteLocalClaim(world, parameter(call, 'claim'));
        return noContent;
      },
    },
  ];
}

function externalRoutes(world: World): Route[] {
  const ids = (call: Call): [string, string] => [parameter(call, 'dialect'), parameter(call, 'claim')];
  return [
    {
      verb: 'GET',
      path: EXTERNAL,
      scopes: VIEW,
      answer: (call) => {
        refuseListParameters(call);
        return ok(claimsToShow(world, parameter(call, 'dialect')).map((claim) => shownExternalClaim(world, claim)));
      },
    },
    {
      verb: 'POST',
      path: EXTERNAL,
      scopes: CREATE,
      body: externalClaimModel,
      answer: (call) => {
        const claim = createExternalClaim(world, parameter(call, 'dialect'), asObject(call.body));
        return created(world.location(`/claim-dialects/${claim.dialectId}/claims/${encodedName(claim.uri)}`));
      },
    },
    {
      verb: 'GET',
      path: `${EXTERNAL}/:claim`,
      scopes: VIEW,
      answer: (call) => ok(shownExternalClaim(world, claimToShow(world, ...ids(call)))),
    },
    {
      verb: 'PUT',
      path: `${EXTERNAL}/:claim`,
      scopes: UPDATE,
      body: externalClaimModel,
      answer: (call) => {
        replaceExternalClaim(world, ...ids(call), asObject(call.body));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: `${EXTERNAL}/:claim`,
      scopes: DELETE,
      answer: (call) => {
        deleteExternalClaim(world, ...ids(call));
        return noContent;
      },
    },
  ];
}
