import type { JsonObject } from '../../../model/json';
import { encodePem } from '../certificate';
import { filledText, filledTexts, objectOf } from '../json-fields';
import { pemTexts } from './identity-provider-normalise';

/** One element of the PATCH array; values are texts, booleans too (reference, 2.2.3). */
export type PatchOperation = { operation: 'ADD' | 'REPLACE' | 'REMOVE'; path: string; value?: string };

const TEXTS = ['description', 'image', 'homeRealmIdentifier', 'alias'] as const;
const FLAGS = ['isEnabled', 'isPrimary', 'isFederationHub'] as const;
const ADDRESSES = ['jwksUri', 'samlMetadataUri'] as const;

/**
 * The PATCH operations for the fields directly on an identity provider. `touches` tells which fields differ.
 * `current` is the answer of the server, needed for what exists there and in which order.
 */
export function patchOperations(
  desired: JsonObject,
  current: JsonObject,
  touches: (field: string) => boolean,
): PatchOperation[] {
  return [
    // The server replaces these whether they are there or not; it knows neither ADD nor REMOVE of them.
    ...TEXTS.filter(touches).map((field) => replace(`/${field}`, filledText(desired, field) ?? '')),
    ...FLAGS.filter(touches).map((field) => replace(`/${field}`, String(desired[field] === true))),
    ...(touches('idpIssuerName') ? [issuerOperation(desired, current)] : []),
    ...(touches('certificate') ? certificateOperations(desired, current) : []),
  ];
}

const replace = (path: string, value: string): PatchOperation => ({ operation: 'REPLACE', path, value });

/** ADD of an issuer name that exists is refused (400), REPLACE of one that does not as well (404). */
function issuerOperation(desired: JsonObject, current: JsonObject): PatchOperation {
  const value = filledText(desired, 'idpIssuerName') ?? '';
  const exists = typeof current.idpIssuerName === 'string';
  return { operation: exists ? 'REPLACE' : 'ADD', path: '/idpIssuerName', value };
}

/**
 * From the certificates, JWKS or metadata address of the server to the desired ones (reference, 2.2.3):
 * adding a certificate clears the addresses, adding a JWKS address clears the rest; indexes are positions in the list
 * of the server, and a certificate that is there already is refused.
 */
export function certificateOperations(desired: JsonObject, current: JsonObject): PatchOperation[] {
  const wanted = objectOf(desired.certificate);
  const has = objectOf(current.certificate);
  const stored = filledTexts(has?.certificates).map((entry) => pemTexts(entry).join('\n'));
  const address = ADDRESSES.find((field) => filledText(wanted, field) !== undefined);
  if (address === undefined) {
    const operations = listOperations(stored, filledTexts(wanted?.certificates));
    const clears = operations.some(({ operation }) => operation === 'ADD');
    return clears ? operations : [...removedAddresses(has), ...operations];
  }
  const value = filledText(wanted, address) ?? '';
  if (filledText(has, address) !== undefined) {
    return filledText(has, address) === value ? [] : [replace(`/certificate/${address}`, value)];
  }
  const add: PatchOperation = { operation: 'ADD', path: `/certificate/${address}`, value };
  return address === 'jwksUri' ? [add] : [...removedAddresses(has), ...listOperations(stored, []), add];
}

function removedAddresses(has: JsonObject | undefined): PatchOperation[] {
  return ADDRESSES.filter((field) => filledText(has, field) !== undefined).map((field) => ({
    operation: 'REMOVE',
    path: `/certificate/${field}`,
  }));
}

/**
 * Certificates that stay are left alone. New ones take the place of old ones first, so that no index moves; what is
 * left over is removed from the end, or added at the end.
 */
function listOperations(stored: readonly string[], wanted: readonly string[]): PatchOperation[] {
  const old = stored.flatMap((text, index) => (wanted.includes(text) && stored.indexOf(text) === index ? [] : [index]));
  const added = wanted.filter((text) => !stored.includes(text)).map(encodePem);
  const replaced = Math.min(old.length, added.length);
  const path = (index: number): string => `/certificate/certificates/${index}`;
  return [
    ...added.slice(0, replaced).map((value, turn) => replace(path(old[turn] ?? 0), value)),
    ...old
      .slice(replaced)
      .reverse()
      .map((index): PatchOperation => ({ operation: 'REMOVE', path: path(index) })),
    ...added
      .slice(replaced)
      .map((value, turn): PatchOperation => ({ operation: 'ADD', path: path(stored.length + turn), value })),
  ];
}
