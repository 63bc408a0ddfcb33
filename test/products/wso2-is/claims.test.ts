import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalise, minimise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { JsonObject } from '../../../src/model/json';
import { isSystemKey, keyOf } from '../../../src/model/kind';
import type { Change, ProductKind, WriteRequest } from '../../../src/products/product';
import { systemClaimTest } from '../../../src/products/wso2-is/claim-lists';
import { claimDialect } from '../../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { localClaim } from '../../../src/products/wso2-is/kinds/local-claim';
import { isDefaultLocalClaim, isStandardAttribute } from '../../../src/products/wso2-is/standard-claims';

const FIXTURES = path.join(__dirname, '../../../../shared/fixtures/wso2-is/claims');
const withFixtures = existsSync(FIXTURES) ? describe : describe.skip;
const fixture = (name: string): JsonObject =>
  JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')) as JsonObject;

const tier: JsonObject = {
  claimURI: 'http://wso2.org/claims/tier',
  displayName: 'Tier',
  attributeMapping: [{ userstore: 'PRIMARY', mappedAttribute: 'tier' }],
};
const OIDC = 'http://wso2.org/oidc/claim';

const minimal = (kind: ProductKind, value: JsonObject, version = '7.2'): JsonObject =>
  minimise(kind, canonicalise(kind, value, version), version);

function change(kind: ProductKind, value: JsonObject, version: string, current?: JsonObject): Change {
  const desired = canonicalise(kind, value, version);
  const live = current && canonicalise(kind, current, version);
  const differences = compareCanonical(kind, live ?? {}, desired);
  const key = keyOf(kind, value) ?? '';
  return { kind: kind.name, key, desired, live, current, differences, version, ids: new Map() };
}

const create = (kind: ProductKind, value: JsonObject, version = '7.2'): WriteRequest =>
  one(kind.calls.create(change(kind, value, version)));
const update = (kind: ProductKind, current: JsonObject, value: JsonObject, version = '7.2'): WriteRequest =>
  one(kind.calls.update(change(kind, value, version, current)));
const one = (requests: readonly WriteRequest[]): WriteRequest => {
  expect(requests).toHaveLength(1);
  return requests[0] ?? { method: 'PUT', path: [] };
};

describe('a local claim', () => {
  const read: JsonObject = {
    id: 'aHR0',
    dialectURI: 'http://wso2.org/claims',
    ...tier,
    description: '',
    displayOrder: 0,
    regEx: '',
    required: false,
    readOnly: false,
    supportedByDefault: false,
    uniquenessScope: 'NONE',
    sharedProfileValueResolvingMethod: 'FromOrigin',
    dataType: 'string',
    subAttributes: [],
    canonicalValues: [],
    multiValued: false,
    properties: [],
  };

  it('is short in a file, and the same again on the server', () => {
    expect(minimal(localClaim, read)).toEqual(tier);
    expect(canonicalise(localClaim, tier, '7.2')).toEqual(canonicalise(localClaim, read, '7.2'));
  });

  it('knows user stores in upper case, and its lists in any order (reference, 2.3.2)', () => {
    const mappings = [
      { mappedAttribute: 'b', userstore: 'ldap-corp' },
      { mappedAttribute: 'a', userstore: 'PRIMARY' },
    ];
    const properties = [
      { key: 'b', value: '2' },
      { key: 'a', value: '1' },
    ];
    const value = { ...tier, attributeMapping: mappings, properties };
    const other = { ...tier, attributeMapping: [...mappings].reverse(), properties: [...properties].reverse() };
    expect(minimal(localClaim, value)).toEqual(minimal(localClaim, other));
    expect(minimal(localClaim, value).attributeMapping).toContainEqual({
      userstore: 'LDAP-CORP',
      mappedAttribute: 'b',
    });
  });

  it('has a checkbox when it is a boolean', () => {
    const boolean = { ...tier, dataType: 'boolean' };
    expect(minimal(localClaim, { ...boolean, inputFormat: { inputType: 'checkbox' } })).toEqual(boolean);
  });

  it('is created with what is mandatory and not the default', () => {
    expect(create(localClaim, tier)).toMatchObject({
      method: 'POST',
      path: ['api', 'server', 'v1', 'claim-dialects', 'local', 'claims'],
      body: tier,
      creates: true,
    });
    expect(create(localClaim, tier).body).toEqual(tier);
  });

  it('has a description on 5.11 even when it has none (quirk 48)', () => {
    expect(create(localClaim, tier, '5.11').body).toMatchObject({ description: '' });
  });

  it('is replaced whole, without what only answers have (quirk 1)', () => {
    const request = update(localClaim, read, { ...tier, displayName: 'Level' });
    expect(request).toMatchObject({ method: 'PUT', path: [...PATH, '{id}'] });
    const { id: _id, dialectURI: _dialect, subAttributes, canonicalValues, properties, ...rest } = read;
    expect(request.body).toEqual({ ...rest, displayName: 'Level', subAttributes, canonicalValues, properties });
  });

  it('gives back what the server has beyond its version', () => {
    const patched = { ...read, dataType: 'integer', profiles: { console: { required: true } } };
    const body = update(localClaim, patched, { ...tier, displayName: 'Level' }, '7.0').body;
    expect(body).toMatchObject({ dataType: 'integer', profiles: { console: { required: true } } });
  });

  it('does not send what the server neither shows nor needs', () => {
    const { uniquenessScope: _scope, sharedProfileValueResolvingMethod: _method, ...older } = read;
    const body = update(localClaim, older, { ...tier, displayName: 'Level' }).body;
    expect(body).not.toHaveProperty('uniquenessScope');
    expect(update(localClaim, older, { ...tier, uniquenessScope: 'WITHIN_USERSTORE' }).body).toMatchObject({
      uniquenessScope: 'WITHIN_USERSTORE',
    });
  });

  it('sends an empty list for one that goes', () => {
    const had = { ...read, properties: [{ key: 'a', value: '1' }], profiles: { console: { required: true } } };
    expect(update(localClaim, had, tier).body).toMatchObject({ properties: [], profiles: {} });
  });

  it('sends a date type as the server spells it', () => {
    const spelled = { ...read, dataType: 'data_time' };
    expect(minimal(localClaim, spelled)).toEqual({ ...tier, dataType: 'date_time' });
    const file = { ...tier, displayName: 'Level', dataType: 'date_time' };
    expect(update(localClaim, spelled, file).body).toMatchObject({ dataType: 'data_time' });
    expect(update(localClaim, read, file).body).toMatchObject({ dataType: 'date_time' });
  });

  it('leaves out fields that the version does not have', () => {
    const value = { ...tier, uniquenessScope: 'WITHIN_USERSTORE', dataType: 'integer', managedInUserStore: true };
    expect(minimal(localClaim, value, '7.0')).toEqual(tier);
    expect(minimal(localClaim, value, '7.1')).toEqual({ ...tier, uniquenessScope: 'WITHIN_USERSTORE' });
    expect(minimal(localClaim, value, '7.3')).toEqual(value);
    expect(create(localClaim, value, '6.1').body).not.toHaveProperty('dataType');
  });

  it('is the product’s own when it says so', () => {
    const marked = (value: string): JsonObject => ({ ...tier, properties: [{ key: 'isSystemClaim', value }] });
    expect(
      [marked('true'), marked('TRUE'), marked('false'), tier].map((claim) => localClaim.isSystem?.(claim)),
    ).toEqual([true, true, false, false]);
  });

  it('needs an attribute for the PRIMARY user store (CMT-50030)', () => {
    const blank = { ...tier, attributeMapping: [{ userstore: 'primary', mappedAttribute: ' ' }] };
    expect(localClaim.check?.(blank)).toHaveLength(1);
    expect(localClaim.check?.(tier)).toEqual([]);
    expect(localClaim.schema.safeParse({ ...tier, attributeMapping: [] }).success).toBe(false);
  });

  const PATH = ['api', 'server', 'v1', 'claim-dialects', 'local', 'claims'];
});

describe('a claim dialect', () => {
  it('is its URI', () => {
    expect(minimal(claimDialect, { id: 'x', dialectURI: 'urn:a', link: { href: '/x', rel: 'claims' } })).toEqual({
      dialectURI: 'urn:a',
    });
  });

  it('is created and deleted, and never renamed (quirk 20)', () => {
    const value = { dialectURI: 'urn:a' };
    expect(create(claimDialect, value)).toMatchObject({ method: 'POST', body: value, creates: true });
    expect(claimDialect.calls.update(change(claimDialect, value, '7.2', value))).toEqual([]);
    expect(claimDialect.calls.remove(change(claimDialect, value, '7.2', value))[0]?.method).toBe('DELETE');
  });

  it('is the product’s own by name', () => {
    const dialects = ['http://wso2.org/claims', OIDC, 'urn:scim:wso2:schema', 'http://axschema.org', 'urn:boats'];
    const system = (release: string): string[] => dialects.filter((uri) => isSystemKey(claimDialect, uri, release));
    expect(system('6.0')).toEqual(['http://wso2.org/claims', OIDC, 'http://axschema.org']);
    expect(system('7.1')).toEqual(['http://wso2.org/claims', OIDC, 'urn:scim:wso2:schema']);
  });
});

describe('an external claim', () => {
  const value = {
    claimDialectURI: 'urn:a',
    claimURI: 'tier level',
    mappedLocalClaimURI: 'http://wso2.org/claims/tier',
  };

  it('is three URIs; its properties cannot be written (reference, 2.3.2)', () => {
    expect(minimal(externalClaim, { id: 'x', ...value, properties: [{ key: 'a', value: 'b' }] })).toEqual(value);
    expect(keyOf(externalClaim, value)).toBe('urn:a tier level');
  });

  it('sends exactly two of them, to its dialect (quirk 19)', () => {
    const claims = ['api', 'server', 'v1', 'claim-dialects', 'dXJuOmE', 'claims'];
    const body = { claimURI: 'tier level', mappedLocalClaimURI: 'http://wso2.org/claims/tier' };
    expect(create(externalClaim, value)).toEqual({ method: 'POST', path: claims, body, creates: true });
    const other = { ...value, mappedLocalClaimURI: 'http://wso2.org/claims/title' };
    expect(update(externalClaim, other, value)).toEqual({ method: 'PUT', path: [...claims, '{id}'], body });
    // A deletion may have nothing but the key.
    const remove = externalClaim.calls.remove({ ...change(externalClaim, value, '7.2'), desired: {} });
    expect(remove).toEqual([{ method: 'DELETE', path: [...claims, '{id}'] }]);
  });

  it.each<[string, string, string, string, boolean]>([
    ['a standard OIDC claim', OIDC, 'email', 'emailaddress', true],
    ['a standard OIDC claim mapped to a claim of one’s own', OIDC, 'email', 'tier', false],
    ['another name in the OIDC dialect', OIDC, 'customer_tier', 'emailaddress', false],
    [
      'a SCIM attribute',
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:core:2.0:User:title',
      'title',
      true,
    ],
    [
      'a SCIM attribute mapped to a claim of one’s own',
      'urn:scim:wso2:schema',
      'urn:scim:wso2:schema:tier',
      'tier',
      false,
    ],
    [
      'one in the product’s SCIM schema',
      'urn:scim:wso2:schema',
      'urn:scim:wso2:schema:accountLocked',
      'identity/accountLocked',
      true,
    ],
    ['an axschema attribute', 'http://axschema.org', 'http://axschema.org/namePerson/first', 'givenname', true],
    ['anything in a dialect of one’s own', 'urn:a', 'email', 'emailaddress', false],
  ])('%s', (_what, claimDialectURI, claimURI, mapped, expected) => {
    const mappedLocalClaimURI = `http://wso2.org/claims/${mapped}`;
    expect(externalClaim.isSystem?.({ claimDialectURI, claimURI, mappedLocalClaimURI })).toBe(expected);
  });
});

describe('what is the product’s own', () => {
  const marked = (name: string): JsonObject => ({
    claimURI: `http://wso2.org/claims/${name}`,
    properties: [{ key: 'isSystemClaim', value: 'true' }],
  });

  it('is what the server marks', () => {
    const isSystem = systemClaimTest([marked('email'), { claimURI: 'http://wso2.org/claims/givenname' }], '7.1');
    expect([isSystem('http://wso2.org/claims/email'), isSystem('http://wso2.org/claims/givenname')]).toEqual([
      true,
      false,
    ]);
  });

  it('is what ships with the product where the server marks nothing', () => {
    const isSystem = systemClaimTest([{ claimURI: 'http://wso2.org/claims/givenname' }], '6.0');
    const names = ['givenname', 'identity/accountLocked', 'tier'];
    expect(names.map((name) => isSystem(`http://wso2.org/claims/${name}`))).toEqual([true, true, false]);
    expect(isDefaultLocalClaim('urn:x')).toBe(false);
  });

  it('is told by release: a name that a later release ships with may be a claim of one’s own before', () => {
    const own = systemClaimTest([{ claimURI: 'http://wso2.org/claims/mobileNumbers' }], '6.0');
    expect(own('http://wso2.org/claims/mobileNumbers')).toBe(false);
    expect(isDefaultLocalClaim('http://wso2.org/claims/mobileNumbers', '7.1')).toBe(true);
    expect(isDefaultLocalClaim('http://wso2.org/claims/role', '6.1')).toBe(true);
    expect(isDefaultLocalClaim('http://wso2.org/claims/role', '7.0')).toBe(false);
  });

  it('is told by names in the OIDC dialect and by the prefix elsewhere', () => {
    expect(isStandardAttribute(OIDC, 'email')).toBe(true);
    expect(isStandardAttribute(OIDC, 'toString')).toBe(false);
    expect(isStandardAttribute('http://axschema.org', 'urn:else')).toBe(false);
  });
});

withFixtures('the bodies of the product’s own tests', () => {
  it.each([
    'claim-management-add-local-claim.is5.11',
    'claim-management-add-local-claim',
    'claim-management-update-local-claim',
    'claim-management-update-sharedProfileValueResolvingMethod-of-system-claim',
    'custom-claim-update-to-resolve-from-shared-profile',
    'mobile-numbers-claim-update-to-exclude-userstore',
  ])('%s is a valid file once minimal', (name) => {
    const body = fixture(name);
    const file = minimal(localClaim, body, '7.3');
    expect(localClaim.schema.safeParse(file).error).toBeUndefined();
    expect(canonicalise(localClaim, file, '7.3')).toEqual(canonicalise(localClaim, body, '7.3'));
  });
});
