import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../model/json';
import { isBlank, textIn, textsIn } from '../fields';
import { ApiFailure } from '../failures';
import { badPatch, badProvider, nothingToPatch } from './failures';
import type { Certificates } from './record';

const noCertificates: Certificates = { certificates: [] };

const LIST_PATH = /^\/certificate\/certificates\/(\d+)$/;
const ADDRESS_PATH = /^\/certificate\/(jwksUri|samlMetadataUri)$/;

/** What a POST gives: of several sources the JWKS address wins, then the metadata address, then the list (§2.2.3). */
export function sentCertificates(body: JsonObject | undefined): Certificates {
  for (const field of ['jwksUri', 'samlMetadataUri'] as const) {
    const address = textIn(body, field);
    if (!isBlank(address)) return { certificates: [], [field]: address };
  }
  return {
    certificates: textsIn(body, 'certificates')
      .filter((each) => !isBlank(each))
      .map(normalCertificate),
  };
}

/** Certificates are kept, and come back, as base64 of the whole PEM text, however they were sent (§2.2.2). */
function normalCertificate(sent: string): string {
  const pem = sent.includes('-----BEGIN') ? sent : Buffer.from(sent, 'base64').toString('utf8');
  const text = pem.includes('-----BEGIN')
    ? pem
    : `-----BEGIN CERTIFICATE-----\n${sent.trim()}\n-----END CERTIFICATE-----\n`;
  try {
    new X509Certificate(text);
  } catch {
    throw badProvider('IDP-60036', 'The certificate cannot be read.');
  }
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The `certificate` of a GET; absent when there is none. */
export function shownCertificates(stored: Certificates): JsonObject | undefined {
  if (stored.jwksUri !== undefined) return { jwksUri: stored.jwksUri };
  if (stored.samlMetadataUri !== undefined) return { samlMetadataUri: stored.samlMetadataUri };
  return stored.certificates.length > 0 ? { certificates: [...stored.certificates] } : undefined;
}

/** One PATCH operation under /certificate (rules of reference §2.2.3); undefined when the path is another's business. */
export function patchedCertificates(
  stored: Certificates,
  operation: string,
  path: string,
  value: string | undefined,
): Certificates | undefined {
  const index = LIST_PATH.exec(path)?.[1];
  if (index !== undefined) return patchedList(stored, operation, Number(index), value, path);
  const field = ADDRESS_PATH.exec(path)?.[1];
  if (field === 'jwksUri' || field === 'samlMetadataUri') return patchedAddress(stored, operation, field, value, path);
  return undefined;
}

function patchedList(
  stored: Certificates,
  operation: string,
  index: number,
  value: string | undefined,
  path: string,
): Certificates {
  const list = [...stored.certificates];
  if (operation === 'ADD') {
    if (index !== list.length)
      throw badPatch(`A certificate can only be added at the end of the list, at ${list.length}.`);
    const certificate = normalCertificate(value ?? '');
    if (list.includes(certificate))
      throw new ApiFailure(409, 'IDP-60025', 'Certificate exists.', 'The certificate is there already.');
    return { certificates: [...list, certificate] };
  }
  if (index >= list.length) throw nothingToPatch(path);
  list.splice(index, 1, ...(operation === 'REPLACE' ? [normalCertificate(value ?? '')] : []));
  return { certificates: list };
}

function patchedAddress(
  stored: Certificates,
  operation: string,
  field: 'jwksUri' | 'samlMetadataUri',
  value: string | undefined,
  path: string,
): Certificates {
  const present = stored[field] !== undefined;
  if (operation === 'ADD') {
    if (present) throw badPatch(`There is a ${field} already; it can be replaced.`);
  } else if (!present) {
    throw nothingToPatch(path);
  }
  if (operation === 'REMOVE') return noCertificates;
  if (isBlank(value)) throw badPatch(`A value is needed for ${path}.`);
  return { certificates: [], [field]: value };
}
