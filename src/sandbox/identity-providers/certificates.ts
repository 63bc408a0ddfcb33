import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../model/json';
import { isBlank, textIn, textsIn } from '../fields';
import { ApiFailure, uncaughtException } from '../failures';
import { decodedBase64 } from '../identifiers';
import { isInteger } from '../integers';
import { badPatch, badProvider, nothingToPatch, UncodedFailure } from './failures';
import type { Certificates } from './record';

const noCertificates: Certificates = { certificates: [] };

const BEGIN = '-----BEGIN CERTIFICATE-----';
const LIST_PATH = /^\/certificate\/certificates\/(\d+)$/;
const ADDRESS_PATH = /^\/certificate\/(jwksUri|samlMetadataUri)$/;

/** What a POST gives: of several sources the JWKS address wins, then the metadata address, then the list (§2.2.3). */
export function sentCertificates(body: JsonObject | undefined): Certificates {
  for (const field of ['jwksUri', 'samlMetadataUri'] as const) {
    const address = textIn(body, field);
    if (!isBlank(address)) return { certificates: [], [field]: address };
  }
  return { certificates: stored(textsIn(body, 'certificates').map(pemIn)) };
}

/** A certificate is sent as PEM, or as base64 of PEM; what is in the base64 is looked at later. */
function pemIn(sent: string): string {
  const text = sent.startsWith(BEGIN) ? sent : decodedBase64(sent);
  if (text === undefined) throw badProvider('IDP-60036', 'The certificate cannot be read.');
  return text;
}

/**
 * The certificates as they are kept and come back: base64 of each text that begins with the mark of a certificate, in
 * all that was sent. A text that is not a certificate is a failure without a code (framework: IdentityProvider.setCertificate).
 */
function stored(texts: readonly string[]): string[] {
  const joined = texts.join('');
  if (joined.trim() === '') return [];
  if (!joined.startsWith(BEGIN)) throw new UncodedFailure(400);
  return joined
    .split(BEGIN)
    .slice(1)
    .map((rest) => BEGIN + rest)
    .map((text) => {
      if (!isCertificate(text)) throw new UncodedFailure(400);
      return Buffer.from(text, 'utf8').toString('base64');
    });
}

function isCertificate(text: string): boolean {
  try {
    new X509Certificate(text);
    return true;
  } catch {
    return false;
  }
}

/** The `certificate` of a GET; absent when there is none. */
export function shownCertificates(kept: Certificates): JsonObject | undefined {
  if (kept.jwksUri !== undefined) return { jwksUri: kept.jwksUri };
  if (kept.samlMetadataUri !== undefined) return { samlMetadataUri: kept.samlMetadataUri };
  return kept.certificates.length > 0 ? { certificates: [...kept.certificates] } : undefined;
}

/** One PATCH operation under /certificate (rules of reference §2.2.3); undefined when the path is another's business. */
export function patchedCertificates(
  kept: Certificates,
  operation: string,
  path: string,
  value: string | undefined,
): Certificates | undefined {
  const index = LIST_PATH.exec(path)?.[1];
  if (index !== undefined) {
    if (!isInteger(Number(index))) throw uncaughtException();
    return patchedList(kept, operation, Number(index), value, path);
  }
  const field = ADDRESS_PATH.exec(path)?.[1];
  if (field === 'jwksUri' || field === 'samlMetadataUri') return patchedAddress(kept, operation, field, value, path);
  return undefined;
}

function patchedList(
  kept: Certificates,
  operation: string,
  index: number,
  value: string | undefined,
  path: string,
): Certificates {
  const texts = kept.certificates.map((each) => Buffer.from(each, 'base64').toString('utf8'));
  if (operation === 'ADD' && index !== texts.length) {
    throw badPatch(`A certificate can only be added at the end of the list, at ${texts.length}.`);
  }
  if (operation !== 'ADD' && index >= texts.length) throw nothingToPatch(path);
  const list = { ...kept, certificates: stored(changedTexts(texts, operation, index, value)) };
  return operation === 'ADD' ? { certificates: list.certificates } : list;
}

function changedTexts(texts: readonly string[], operation: string, index: number, value: string | undefined): string[] {
  if (operation === 'REMOVE') return texts.filter((_, place) => place !== index);
  if (value === undefined) throw uncaughtException();
  const text = pemIn(value);
  if (texts.includes(text)) {
    throw new ApiFailure(409, 'IDP-65005', 'Certificate exists.', 'The certificate is there already.');
  }
  return operation === 'ADD' ? [...texts, text] : texts.map((each, place) => (place === index ? text : each));
}

function patchedAddress(
  kept: Certificates,
  operation: string,
  field: 'jwksUri' | 'samlMetadataUri',
  value: string | undefined,
  path: string,
): Certificates {
  const isThere = kept[field] !== undefined;
  if (operation === 'ADD') {
    if (isThere) throw badProvider('IDP-65005', `There is a ${field} already; it can be replaced.`);
  } else if (!isThere) {
    throw nothingToPatch(path);
  }
  // An address without a value is taken out.
  if (operation === 'REMOVE' || value === undefined) return noCertificates;
  return { certificates: [], [field]: value };
}
