import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Pem {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority. */
export async function authority(name = 'Test CA'): Promise<Pem> {
  const pems = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: pems.cert, key: pems.private };
}

/** A certificate for a server at the given name or 127.0.0.1, or for a client. */
export async function issued(
  ca: Pem,
  options: { host?: string; ip?: string; from?: Date; to?: Date } = { ip: '127.0.0.1' },
): Promise<Pem> {
  const { host, ip } = options;
  const pems = await generate([{ name: 'commonName', value: host ?? ip ?? 'client' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca,
    notBeforeDate: options.from,
    notAfterDate: options.to,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...(host ? [{ type: 2 as const, value: host }] : []), ...(ip ? [{ type: 7 as const, ip }] : [])],
      },
    ],
  });
  return { cert: pems.cert, key: pems.private };
}

export function encrypted(key: string, passphrase: string): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** Writes a text to a new file, removed after the tests, and returns its path. */
export async function fileWith(text: string, name = 'file.pem'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'liftlock-transport-'));
  folders.push(folder);
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
