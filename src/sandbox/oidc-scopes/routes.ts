import type { JsonObject } from '../../model/json';
import { ApiFailure, UncodedFailure } from '../failures';
import { asObject, isBlank, textIn, textsIn } from '../fields';
import { created, noContent, ok, parameter, type Route } from '../http/route';
import { defaulted, listOf, model, required, text } from '../shapes';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import type { OidcScopeRecord } from './record';
import { listedScopes, shownScope, storedClaims } from './stored';

const PATH = '/oidc/scopes';
const texts = { displayName: required(text), description: text };
/** Up to 6.1 a scope needs no claims, but null is no list of them (measured on 6.x); for later ones the contract counts. */
const CLAIMS = {
  optional: { claims: defaulted(listOf(text), 'violation') },
  needed: { claims: required(listOf(text)) },
};

function fieldsOf(world: World): typeof CLAIMS.optional & typeof texts {
  return { ...texts, ...(isAtLeast(world.version, '7.0') ? CLAIMS.needed : CLAIMS.optional) };
}

/** The APIs of applications may be asked with their scopes, which is what the contract says (reference §1.2). */
function scopes(verb: string): string[] {
  return [`internal_oidc_scope_mgt_${verb}`, `internal_application_mgt_${verb}`];
}

function noSuchScope(name: string): ApiFailure {
  return new ApiFailure(404, '41003', 'Scope not found.', `There is no OIDC scope ${name}.`);
}

/** The OIDC scope API (reference §2.5); names stand in the path, so they are URL-encoded there. */
export function oidcScopeRoutes(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: PATH,
      scopes: scopes('view'),
      answer: () => ok(listedScopes(world).map((scope) => shownScope(world, scope))),
    },
    {
      verb: 'POST',
      path: PATH,
      scopes: scopes('create'),
      body: model({ name: required(text), ...fieldsOf(world) }),
      answer: (call) => created(world.location(`${PATH}/${createScope(world, asObject(call.body))}`)),
    },
    {
      verb: 'GET',
      path: `${PATH}/:name`,
      scopes: scopes('view'),
      answer: (call) => ok(shownScope(world, scopeAt(world, parameter(call, 'name')))),
    },
    {
      verb: 'PUT',
      path: `${PATH}/:name`,
      scopes: scopes('update'),
      body: model(fieldsOf(world)),
      answer: (call) => {
        replaceScope(world, parameter(call, 'name'), asObject(call.body));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: `${PATH}/:name`,
      scopes: scopes('delete'),
      answer: (call) => {
        deleteScope(world, parameter(call, 'name'));
        return noContent;
      },
    },
  ];
}

function scopeAt(world: World, name: string): OidcScopeRecord {
  const found = world.oidcScopes.get(name);
  if (!found) throw noSuchScope(name);
  return found;
}

const NOT_IN_A_NAME = /[?#/()]/;
/** Columns of the table of scopes (scripts of the product's databases). */
const LONGEST = { name: 255, displayName: 255, description: 512 };

function createScope(world: World, body: JsonObject): string {
  const name = textIn(body, 'name') ?? '';
  refuseBadName(name);
  refuseBlankDisplayName(body);
  world.servesConfiguredScopes = false;
  // Scope names are unique in the tenant, those of API resources included (reference §5, quirk 31).
  if (world.oidcScopes.get(name) || world.apiResources.find('scope', name)) {
    throw new ApiFailure(409, '41004', 'Scope exists.', `The scope ${name} is there already.`);
  }
  refuseUnstorable(body);
  world.oidcScopes.put(sentScope(world, name, body));
  return encodeURIComponent(name);
}

/** PUT: the display name is looked at before the scope is looked for. */
function replaceScope(world: World, name: string, body: JsonObject): void {
  refuseBlankDisplayName(body);
  const { id } = scopeAt(world, name);
  refuseUnstorable(body);
  world.servesConfiguredScopes = false;
  world.oidcScopes.put(sentScope(world, id, body));
}

function deleteScope(world: World, name: string): void {
  if (!world.oidcScopes.get(name)) return;
  world.servesConfiguredScopes = false;
  world.oidcScopes.remove(name);
}

function refuseBadName(name: string): void {
  if (isBlank(name) || /\s/.test(name)) throw invalidScope('A scope needs a name without white space.');
  if (NOT_IN_A_NAME.test(name)) throw invalidScope('The name of a scope has none of the characters ? # / ( ).');
}

function refuseBlankDisplayName(body: JsonObject): void {
  if (isBlank(textIn(body, 'displayName') ?? '')) throw invalidScope('A scope needs a display name.');
}

function invalidScope(description: string): ApiFailure {
  return new ApiFailure(400, 'OAUTH-60001', 'Invalid scope.', description);
}

function refuseUnstorable(body: JsonObject): void {
  const isTooLong = Object.entries(LONGEST).some(([field, longest]) => (textIn(body, field) ?? '').length > longest);
  if (isTooLong) throw new UncodedFailure(500, 'The scope could not be stored.');
}

function sentScope(world: World, id: string, body: JsonObject): OidcScopeRecord {
  const displayName = textIn(body, 'displayName') ?? '';
  const description = textIn(body, 'description');
  const claims = storedClaims(world, textsIn(body, 'claims'));
  return { id, displayName, ...(description === undefined ? {} : { description }), claims };
}
