import { isObject, type Json, type JsonObject } from '../../model/json';
import { asObject, textIn, without } from '../fields';
import { created, flagged, noContent, ok, parameter, type Route } from '../http/route';
import { model, required, text } from '../shapes';
import type { World } from '../world';
import { noSuchProvider, withCode } from './failures';
import { providerList } from './listing';
import { certificateModel, claimsModel, patchModel } from './models';
import { isTrustedTokenIssuer, providerDetail } from './reading';
import type { IdentityProviderRecord } from './record';
import { createProvider, deleteProvider, patchProvider } from './writing';

const ISSUERS = '/trusted-token-issuers';
const ISSUER = `${ISSUERS}/:id`;

const issuerModel = model({
  name: required(text),
  description: text,
  image: text,
  templateId: text,
  certificate: required(certificateModel),
  alias: text,
  issuer: required(text),
  claims: claimsModel,
});

/**
 * Trusted token issuers (reference §2.2.1, 7.0): identity providers without authenticators, whose issuer name goes by
 * another field.
 */
export function trustedTokenIssuerRoutes(world: World): Route[] {
  const common = { since: '7.0' } as const;
  const view = ['internal_idp_view'];
  return [
    {
      ...common,
      verb: 'GET',
      path: ISSUERS,
      scopes: view,
      answer: (call) => ok(providerList(world, call, ISSUERS, isTrustedTokenIssuer)),
    },
    {
      ...common,
      verb: 'POST',
      path: ISSUERS,
      scopes: ['internal_idp_create'],
      body: issuerModel,
      answer: (call) => {
        const body = asObject(call.body);
        const provider = { ...without(body, 'issuer'), idpIssuerName: textIn(body, 'issuer') ?? '' };
        const issuer = withCode('IDP-65002', () => createProvider(world, provider));
        world.identityProviders.put({ ...issuer, trustedTokenIssuer: true });
        return created(world.location(`${ISSUERS}/${issuer.id}`), shownIssuer(world, issuer));
      },
    },
    {
      ...common,
      verb: 'GET',
      path: ISSUER,
      scopes: view,
      answer: (call) => ok(shownIssuer(world, issuerAt(world, parameter(call, 'id')))),
    },
    {
      ...common,
      verb: 'PATCH',
      path: ISSUER,
      scopes: ['internal_idp_update'],
      body: patchModel,
      answer: (call) => {
        const { id } = issuerAt(world, parameter(call, 'id'));
        return ok(
          shownIssuer(
            world,
            withCode('IDP-65003', () => patchProvider(world, id, issuerOperations(call.body))),
          ),
        );
      },
    },
    {
      ...common,
      verb: 'DELETE',
      path: ISSUER,
      scopes: ['internal_idp_delete'],
      answer: (call) => {
        deleteProvider(world, issuerAt(world, parameter(call, 'id')).id, flagged(call, 'force'));
        return noContent;
      },
    },
  ];
}

function issuerAt(world: World, id: string): IdentityProviderRecord {
  const found = world.identityProviders.get(id);
  if (!found || !isTrustedTokenIssuer(found)) throw noSuchProvider(id);
  return found;
}

/** An issuer is shown like an identity provider whose issuer name goes by `issuer`. */
function shownIssuer(world: World, record: IdentityProviderRecord): JsonObject {
  const detail = providerDetail(world, record);
  const { idpIssuerName } = detail;
  const shown = without(detail, 'idpIssuerName', 'implicitAssociation');
  return idpIssuerName === undefined ? shown : { ...shown, issuer: idpIssuerName };
}

/** The patch paths of issuers are those of identity providers, but for the issuer name. */
function issuerOperations(operations: Json): Json {
  const list = Array.isArray(operations) ? operations.filter(isObject) : [];
  return list.map((each) => (each.path === '/issuer' ? { ...each, path: '/idpIssuerName' } : each));
}
