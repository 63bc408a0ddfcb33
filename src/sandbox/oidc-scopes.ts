import type { JsonObject } from '../model/json';
import { ApiFailure } from './failures';
import { asObject, isBlank, present, textIn, textsIn } from './fields';
import { created, noContent, ok, parameter, type Route } from './http/route';
import { LOCAL_DIALECT } from './claims/record';
import type { OidcScopeRecord } from './oidc-scope-record';
import { listOf, model, required, text } from './shapes';
import type { World } from './world';

const PATH = '/oidc/scopes';
const changeFields = { displayName: required(text), description: text, claims: required(listOf(text)) };
const creationModel = model({ name: required(text), ...changeFields });
const changeModel = model(changeFields);

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
      answer: () => ok([...world.oidcScopes.all()].map(shownScope)),
    },
    {
      verb: 'POST',
      path: PATH,
      scopes: scopes('create'),
      body: creationModel,
      answer: (call) => created(world.location(`${PATH}/${createScope(world, asObject(call.body))}`)),
    },
    {
      verb: 'GET',
      path: `${PATH}/:name`,
      scopes: scopes('view'),
      answer: (call) => ok(shownScope(scopeAt(world, parameter(call, 'name')))),
    },
    {
      verb: 'PUT',
      path: `${PATH}/:name`,
      scopes: scopes('update'),
      body: changeModel,
      answer: (call) => {
        const { id } = scopeAt(world, parameter(call, 'name'));
        world.oidcScopes.put(sentScope(id, asObject(call.body)));
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: `${PATH}/:name`,
      scopes: scopes('delete'),
      answer: (call) => {
        world.oidcScopes.remove(parameter(call, 'name'));
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

function createScope(world: World, body: JsonObject): string {
  const name = textIn(body, 'name') ?? '';
  if (isBlank(name) || /\s/.test(name)) {
    throw new ApiFailure(400, 'OAUTH-60001', 'Invalid scope.', 'A scope needs a name without white space.');
  }
  // Scope names are unique in the tenant, those of API resources included (reference §5, quirk 31).
  if (world.oidcScopes.get(name) || world.apiResources.find('scope', name)) {
    throw new ApiFailure(409, '41004', 'Scope exists.', `The scope ${name} is there already.`);
  }
  world.oidcScopes.put(sentScope(name, body));
  return encodeURIComponent(name);
}

function sentScope(id: string, body: JsonObject): OidcScopeRecord {
  const displayName = textIn(body, 'displayName') ?? '';
  if (isBlank(displayName)) {
    throw new ApiFailure(400, 'OAUTH-60001', 'Invalid scope.', 'A scope needs a display name.');
  }
  const description = textIn(body, 'description');
  return { id, displayName, ...(description === undefined ? {} : { description }), claims: textsIn(body, 'claims') };
}

function shownScope({ id, displayName, description, claims }: OidcScopeRecord): JsonObject {
  return present({ name: id, displayName, description, claims: [...claims] });
}

const SHIPPED: Readonly<Record<string, readonly [displayName: string, ...claims: string[]]>> = {
  openid: ['OpenID', 'userid'],
  profile: ['User Profile', 'fullname', 'givenname', 'lastname', 'nickname', 'displayName', 'photourl', 'local'],
  email: ['Email', 'emailaddress', 'identity/emailVerified'],
  address: ['Address', 'addresses', 'country', 'locality'],
  phone: ['Phone', 'mobile', 'identity/phoneVerified'],
  groups: ['Groups', 'groups'],
  roles: ['Roles', 'roles'],
};

/** The scopes that every server has; nothing protects them (reference §2.5). */
export function addShippedScopes(world: World): void {
  for (const [id, [displayName, ...claims]] of Object.entries(SHIPPED)) {
    world.oidcScopes.put({ id, displayName, claims: claims.map((name) => `${LOCAL_DIALECT}/${name}`) });
  }
}
