import fc from '../../fast-check';
import { canonicalise, minimise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import { isObject, type Json, type JsonObject } from '../../../src/model/json';
import type { ProductKind } from '../../../src/products/product';
import { computedId } from '../../../src/products/wso2-is/claim-ids';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import {
  encodeCertificate,
  encodeClaims,
  encodeRoles,
} from '../../../src/products/wso2-is/kinds/identity-provider-wire';
import { localClaim } from '../../../src/products/wso2-is/kinds/local-claim';

/* Whatever a file or a server holds: the canonical form is one, and comparing has no opinion about order or defaults. */

const VERSION = fc.constantFrom('5.11', '6.0', '6.1', '7.0', '7.1', '7.2', '7.3');
const word = fc.constantFrom('a', 'b', 'c', 'Google', 'x y', 'Ünïcode', 'https://a.example.com/x?y=z', '');
const name = fc.constantFrom('OpenIDConnectAuthenticator', 'SAMLSSOAuthenticator', 'custom', 'scim', 'Ünïcode');
const uri = fc.constantFrom('http://wso2.org/claims/emailaddress', 'http://wso2.org/claims/tier', 'email', 'sub');
const flag = fc.boolean();
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const map = (fields: Record<string, fc.Arbitrary<unknown>>, required: string[] = []): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: required }).map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const listBy = (
  element: fc.Arbitrary<JsonObject>,
  identity: (element: JsonObject) => string,
): fc.Arbitrary<JsonObject[]> => fc.uniqueArray(element, { maxLength: 4, selector: identity });

const pem = fc
  .constantFrom('one', 'two', 'three')
  .map((text) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(text).toString('base64')}\n-----END CERTIFICATE-----`);
const anyPem = fc.oneof(
  pem,
  pem.map((text) => Buffer.from(`${text}\r\n`).toString('base64')),
  fc.constant(''),
);
const property = map({ key: word, value: fc.oneof(word, fc.constant('********')) }, ['key']);
const properties = listBy(property, (element) => String(element.key));
const element = fc
  .record({ name, rest: map({ isEnabled: flag, properties, tags: fc.array(word) }), byId: flag })
  .map(({ name: own, rest, byId }): JsonObject => ({
    ...rest,
    ...(byId ? { authenticatorId: computedId(own) } : { name: own }),
  }));
const claim = map({ uri: fc.oneof(uri, fc.constant('')), id: word, displayName: word }, ['uri']);
const elementName = (each: JsonObject): string => String(each.authenticatorId ?? computedId(String(each.name)));

const provider: fc.Arbitrary<JsonObject> = map(
  {
    id: word,
    name: fc.constantFrom('A', 'B'),
    description: word,
    alias: word,
    image: word,
    idpIssuerName: word,
    templateId: word,
    isEnabled: flag,
    isPrimary: flag,
    isFederationHub: flag,
    certificate: map({ certificates: fc.array(anyPem, { maxLength: 3 }), jwksUri: word }),
    federatedAuthenticators: listBy(element, elementName).chain((list) =>
      some(fc.constantFrom('', ...list.map(elementName))).map((defaultAuthenticatorId) => ({
        defaultAuthenticatorId,
        authenticators: list,
      })),
    ),
    claims: map({
      userIdClaim: fc.oneof(claim, fc.constant({})),
      roleClaim: claim,
      mappings: listBy(map({ idpClaim: uri, localClaim: claim }, ['idpClaim', 'localClaim']), (each) =>
        String(each.idpClaim),
      ),
      provisioningClaims: listBy(map({ claim, defaultValue: word }, ['claim', 'defaultValue']), (each) =>
        JSON.stringify(each.claim),
      ),
    }),
    roles: map({
      mappings: listBy(
        map({ idpRole: word, localRole: fc.constantFrom('admin', 'Internal/x') }, ['idpRole', 'localRole']),
        (each) => String(each.idpRole),
      ),
      outboundProvisioningRoles: fc.uniqueArray(fc.constantFrom('admin', 'Internal/x', 'b')),
    }),
    groups: listBy(map({ name: fc.constantFrom('g', 'h', 'i'), id: word }, ['name']), (each) => String(each.name)),
    provisioning: map({
      jit: map({ isEnabled: flag, userstore: word, attributeSyncMethod: fc.constantFrom('NONE', 'OVERRIDE_ALL') }),
    }),
    implicitAssociation: map({ isEnabled: flag, lookupAttribute: fc.array(word, { maxLength: 2 }) }),
  },
  ['name'],
);

const local: fc.Arbitrary<JsonObject> = map(
  {
    id: word,
    claimURI: uri,
    displayName: word,
    description: word,
    displayOrder: fc.nat(9),
    dataType: fc.constantFrom('string', 'boolean', 'data_time', 'date_time'),
    multiValued: flag,
    regEx: word,
    required: flag,
    uniquenessScope: fc.constantFrom('NONE', 'WITHIN_USERSTORE'),
    attributeMapping: listBy(
      map({ userstore: fc.constantFrom('PRIMARY', 'ldap', 'Jdbc'), mappedAttribute: word }, [
        'userstore',
        'mappedAttribute',
      ]),
      (each) => String(each.userstore),
    ),
    properties,
    subAttributes: fc.uniqueArray(uri),
    inputFormat: map({ inputType: fc.constantFrom('checkbox', 'text_input') }),
    profiles: fc.dictionary(
      fc.constantFrom('console', 'endUser', '__proto__'),
      map({ required: flag, readOnly: flag }),
    ),
  },
  ['claimURI', 'displayName', 'attributeMapping'],
);

const external: fc.Arbitrary<JsonObject> = map(
  { id: word, claimDialectURI: uri, claimURI: word, mappedLocalClaimURI: uri, properties },
  ['claimDialectURI', 'claimURI', 'mappedLocalClaimURI'],
);

const kinds: [string, ProductKind, fc.Arbitrary<JsonObject>][] = [
  ['identity providers', identityProvider, provider],
  ['local claims', localClaim, local],
  ['external claims', externalClaim, external],
];

/** Lists without a rule are in an order that means something; those with an identity are shuffled. */
function shuffled(value: Json, ordered = new Set(['lookupAttribute'])): Json {
  if (Array.isArray(value)) return value.map((item) => shuffled(item)).reverse();
  if (!isObject(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([field, inner]) => [field, ordered.has(field) ? inner : shuffled(inner)]));
}

describe.each(kinds)('%s', (_name, kind, values) => {
  it('have one canonical form', () => {
    fc.assert(
      fc.property(values, VERSION, (value, version) => {
        const canonical = canonicalise(kind, value, version);
        expect(canonicalise(kind, canonical, version)).toEqual(canonical);
      }),
    );
  });

  it('mean the same after defaults are left out, and stay short', () => {
    fc.assert(
      fc.property(values, VERSION, (value, version) => {
        const canonical = canonicalise(kind, value, version);
        const short = minimise(kind, canonical, version);
        const again = canonicalise(kind, short, version);
        expect(again).toEqual(canonical);
        expect(minimise(kind, again, version)).toEqual(short);
      }),
    );
  });

  it('are equal in whatever order they come', () => {
    fc.assert(
      fc.property(values, VERSION, (value, version) => {
        const [one, other] = [value, shuffled(value) as JsonObject].map((each) => canonicalise(kind, each, version));
        expect(compareCanonical(kind, one ?? {}, other ?? {})).toEqual([]);
        expect(JSON.stringify(one)).toBe(JSON.stringify(canonicalise(kind, value, version)));
      }),
    );
  });

  it('differ in the same places seen from either side', () => {
    fc.assert(
      fc.property(values, values, VERSION, (left, right, version) => {
        const [a, b] = [canonicalise(kind, left, version), canonicalise(kind, right, version)];
        const paths = (from: JsonObject, to: JsonObject): string[] =>
          compareCanonical(kind, from, to).map((difference) => difference.path);
        expect(paths(a, b)).toEqual(paths(b, a));
      }),
    );
  });
});

describe('identity providers on the wire', () => {
  it('never hold a mask as a value', () => {
    fc.assert(
      fc.property(provider, VERSION, (value, version) => {
        expect(JSON.stringify(canonicalise(identityProvider, value, version))).not.toContain('****');
      }),
    );
  });

  it('mean the same when what is sent is read', () => {
    fc.assert(
      fc.property(provider, (value) => {
        const canonical = canonicalise(identityProvider, value, '7.3');
        const { certificate, claims, roles } = canonical as Record<string, JsonObject | undefined>;
        const sent = JSON.parse(
          JSON.stringify({
            ...canonical,
            claims: encodeClaims(claims),
            roles: encodeRoles(roles),
            certificate: encodeCertificate(certificate),
          }),
        ) as JsonObject;
        const read = canonicalise(identityProvider, sent, '7.3');
        // Of several sources of certificates the server takes one.
        const expected =
          certificate?.jwksUri === undefined
            ? canonical
            : { ...canonical, certificate: { jwksUri: certificate.jwksUri } };
        expect(read).toEqual(expected);
      }),
    );
  });
});
