import type { JsonObject } from '../../model/json';
import { ApiFailure } from '../failures';
import { asObject, isBlank, present, textIn, textsIn } from '../fields';
import { created, noContent, ok, parameter, type Route } from '../http/route';
import { encodedName } from '../identifiers';
import { hashOfText, hashOrder } from '../java-hash';
import type { OidcScopeRecord } from './record';
import { listOf, model, required, text } from '../shapes';
import { isAtLeast } from '../versions';
import type { World } from '../world';

const PATH = '/oidc/scopes';
const OIDC_DIALECT = encodedName('http://wso2.org/oidc/claim');
const texts = { displayName: required(text), description: text };
/** Up to 6.1 a scope needs no claims (measured on 6.x); what later releases say without them is not established. */
const CLAIMS = { optional: { claims: listOf(text) }, needed: { claims: required(listOf(text)) } };

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
      answer: () => ok(listedScopes(world).map(shownScope)),
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
      answer: (call) => ok(shownScope(scopeAt(world, parameter(call, 'name')))),
    },
    {
      verb: 'PUT',
      path: `${PATH}/:name`,
      scopes: scopes('update'),
      body: model(fieldsOf(world)),
      answer: (call) => {
        const { id } = scopeAt(world, parameter(call, 'name'));
        world.oidcScopes.put(sentScope(world, id, asObject(call.body)));
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

/** Up to 6.1 the list is that of a hash table (measured on 6.x), from 7.0 on that of the rows (recorded on 7.0). */
function listedScopes(world: World): readonly OidcScopeRecord[] {
  const scopes = [...world.oidcScopes.all()];
  return isAtLeast(world.version, '7.0') ? scopes : hashOrder(scopes, ({ id }) => hashOfText(id));
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
  world.oidcScopes.put(sentScope(world, name, body));
  return encodeURIComponent(name);
}

function sentScope(world: World, id: string, body: JsonObject): OidcScopeRecord {
  const displayName = textIn(body, 'displayName') ?? '';
  if (isBlank(displayName)) {
    throw new ApiFailure(400, 'OAUTH-60001', 'Invalid scope.', 'A scope needs a display name.');
  }
  const description = textIn(body, 'description');
  return {
    id,
    displayName,
    ...(description === undefined ? {} : { description }),
    claims: hashOrder(knownClaims(world, textsIn(body, 'claims')), hashOfText),
  };
}

/** Up to 6.1 names that the OIDC dialect does not have are dropped (measured on 6.x). */
function knownClaims(world: World, names: readonly string[]): readonly string[] {
  if (isAtLeast(world.version, '7.0')) return names;
  return names.filter((name) => world.externalClaims.get(`${OIDC_DIALECT}/${encodedName(name)}`) !== undefined);
}

function shownScope({ id, displayName, description, claims }: OidcScopeRecord): JsonObject {
  return present({ name: id, displayName, description, claims: [...claims] });
}

const PROFILE = [
  ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
  ...['website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
];
const OPENID = [
  ...['sub', 'email', 'email_verified', 'name', 'family_name', 'given_name', 'middle_name', 'nickname'],
  ...[
    'preferred_username',
    'upn',
    'groups',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
  ],
  ...['updated_at', 'phone_number', 'phone_number_verified', 'address', 'street_address', 'country', 'formatted'],
  ...['postal_code', 'locality', 'region'],
];
const SHIPPED: Readonly<Record<string, readonly string[]>> = {
  openid: OPENID,
  email: ['email', 'email_verified'],
  profile: PROFILE,
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address', 'street_address'],
};
/** Measured up to 7.0, which have none of them; not established for later releases. */
const LATER: Readonly<Record<string, readonly string[]>> = { groups: ['groups'], roles: ['roles'] };

/** The scopes that every server has; nothing protects them (reference §2.5). `sub` came into `openid` with 7.0. */
export function addShippedScopes(world: World): void {
  const isHashed = !isAtLeast(world.version, '7.0');
  const shipped = isAtLeast(world.version, '7.1') ? { ...SHIPPED, ...LATER } : SHIPPED;
  for (const [id, all] of Object.entries(shipped)) {
    const claims = isHashed
      ? hashOrder(
          all.filter((name) => name !== 'sub'),
          hashOfText,
        )
      : all;
    world.oidcScopes.put({ id, displayName: id, claims });
  }
}
