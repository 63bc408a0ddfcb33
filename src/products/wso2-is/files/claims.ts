import type { Json, JsonObject } from '../../../model/json';
import type { NamedValue } from '../../product-files';
import { LOCAL_DIALECT } from '../claim-ids';
import type { Entry } from '../../../service-provider-files/translation/ledger';
import { toRest, type Pair } from '../../../service-provider-files/translation/pairs';

const EXTERNAL: readonly Pair[] = [
  ['claimURI', 'claimURI'],
  ['mappedLocalClaimURI', 'mappedLocalClaimURI'],
];

const LOCAL_FIELDS = [
  ...['claimURI', 'displayName', 'description', 'displayOrder', 'dataType', 'multiValued', 'subAttributes', 'regEx'],
  ...['canonicalValues', 'inputFormat', 'required', 'readOnly', 'supportedByDefault', 'uniquenessScope'],
  ...['sharedProfileValueResolvingMethod', 'managedInUserStore', 'extendedValued', 'attributeMapping', 'properties'],
  'profiles',
] as const;

const LOCAL: readonly Pair[] = LOCAL_FIELDS.map((name): Pair => [name, name]);

/**
 * The artifacts of a claim dialect file: the claims of the local dialect are artifacts by themselves, another dialect is
 * one too (reference, 2.3.4; field names are those of the REST API).
 */
export function claimsFromDialect(root: Entry): NamedValue[] {
  const dialectURI = root.text('dialectURI') ?? '';
  root.leave('id', 'it is computed from the URI', true);
  const entries = root.each('claims');
  for (const entry of entries) {
    for (const name of ['id', 'dialectURI', 'claimDialectURI']) entry.leave(name, 'it is computed from the URIs', true);
    entry.leave('type', 'the dialect says it', true);
  }
  if (dialectURI === LOCAL_DIALECT) {
    return entries.map((entry) => ({ kind: 'local-claim', value: localClaim(entry) }));
  }
  const claims = entries.map((entry) => {
    entry.leave('properties', 'the API shows the properties of external claims and refuses them in requests');
    return { kind: 'external-claim', value: { claimDialectURI: dialectURI, ...toRest(EXTERNAL, entry) } };
  });
  return [{ kind: 'claim-dialect', value: { dialectURI } }, ...claims];
}

function localClaim(entry: Entry): JsonObject {
  return toRest(LOCAL, entry);
}

/** The tree of a claim dialect with its claims; `claims` are canonical local or external claims. */
export function dialectToFile(dialectURI: string, claims: readonly Entry[]): JsonObject {
  const isLocal = dialectURI === LOCAL_DIALECT;
  const list: Json[] = claims.map((entry) => {
    entry.get('claimDialectURI');
    return isLocal
      ? { type: 'LocalClaim', dialectURI, ...toRest(LOCAL, entry) }
      : { type: 'ExternalClaim', claimDialectURI: dialectURI, ...toRest(EXTERNAL, entry) };
  });
  return { dialectURI, claims: list };
}
