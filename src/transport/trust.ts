import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { failure } from '../model/problem';
import type { TlsFiles } from './connection';
import { nodeError } from './node-error';

const PEM_CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** What TLS connections of one environment trust and present. */
export interface Trust {
  readonly server: SecureContext;
  /** For a proxy that speaks TLS itself: the same trust, without our client certificate. */
  readonly proxy: SecureContext;
}

/**
 * Reads the TLS files of an environment. The authorities of `ca` are trusted in addition to the public ones that come
 * with Node.js and to those of NODE_EXTRA_CA_CERTS (`extraCaFile`), so that moving a server to a public certificate
 * breaks nothing.
 * @throws {LiftlockError} `tls-file-unreadable`, `tls-file-invalid`, `tls-passphrase` or `tls-key-mismatch`, naming the file.
 */
export async function loadTrust(files: TlsFiles, extraCaFile: string | undefined, environment: string): Promise<Trust> {
  const ca = files.ca === undefined ? undefined : await authorities(files.ca, extraCaFile, environment);
  const identity = await clientIdentity(files, environment);
  const common = { ca, minVersion: 'TLSv1.2' as const };
  return { server: createSecureContext({ ...common, ...identity }), proxy: createSecureContext(common) };
}

async function authorities(file: string, extraCaFile: string | undefined, environment: string): Promise<string[]> {
  const own = certificatesIn(await read(file, environment), file, environment);
  return [...rootCertificates, ...(await extraAuthorities(extraCaFile)), ...own];
}

/** Node.js itself only warns about a NODE_EXTRA_CA_CERTS file that it cannot read; so nothing is said here. */
async function extraAuthorities(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.match(PEM_CERTIFICATE) ?? [];
}

async function clientIdentity(
  files: TlsFiles,
  environment: string,
): Promise<{ cert: string; key: string | Buffer } | undefined> {
  const { certificate, key } = files;
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) {
    throw failure(
      'tls-incomplete',
      `${environment}: tls has a ${key === undefined ? 'certificate' : 'key'} without its ${key === undefined ? 'key' : 'certificate'}.`,
      {
        environment,
        hint: 'Give both tls.certificate and tls.key in the environment file.',
      },
    );
  }
  const cert = await read(certificate, environment);
  const [leaf] = certificatesIn(cert, certificate, environment);
  const secret = privateKey(await read(key, environment), key, files.passphrase, environment);
  if (leaf !== undefined && !new X509Certificate(leaf).checkPrivateKey(secret)) {
    throw failure(
      'tls-key-mismatch',
      `${environment}: the key ${key} does not belong to the certificate ${certificate}.`,
      {
        environment,
        hint: 'Use the key that the certificate was issued for.',
      },
    );
  }
  return { cert, key: secret.export({ type: 'pkcs8', format: 'pem' }) };
}

function certificatesIn(text: string, file: string, environment: string): string[] {
  const found = text.match(PEM_CERTIFICATE) ?? [];
  if (found.length === 0 || !found.every(isCertificate)) {
    throw failure('tls-file-invalid', `${environment}: ${file} holds no usable PEM certificate.`, {
      environment,
      hint: 'Give a file that begins with -----BEGIN CERTIFICATE----- (convert DER with openssl x509 -inform der).',
    });
  }
  return found;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

function privateKey(text: string, file: string, passphrase: string | undefined, environment: string): KeyObject {
  try {
    return createPrivateKey({ key: text, passphrase });
  } catch {
    // What OpenSSL says differs by version; whether the key is encrypted is written in the file.
    if (!/ENCRYPTED/.test(text)) {
      throw failure('tls-file-invalid', `${environment}: ${file} holds no usable PEM private key.`, {
        environment,
        hint: 'Give a file that begins with -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----.',
      });
    }
    const reason =
      passphrase === undefined
        ? 'is protected by a passphrase, and none is given'
        : 'does not open with the given passphrase';
    throw failure('tls-passphrase', `${environment}: the key ${file} ${reason}.`, {
      environment,
      hint: 'Set tls.passphrase in the environment file by reference, such as {{env:PROD_KEY_PASSPHRASE}}.',
    });
  }
}

async function read(file: string, environment: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw failure(
      'tls-file-unreadable',
      `${environment}: the file ${file} cannot be read (${nodeError(error).code}).`,
      {
        environment,
        hint: 'Check the path under tls in the environment file and the permissions of the file.',
      },
    );
  }
}
