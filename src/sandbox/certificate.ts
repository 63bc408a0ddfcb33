export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate for this machine's loopback names; a client has to trust exactly this one. */
export async function makeCertificate(): Promise<ServerCertificate> {
  // Loaded only when HTTPS is asked for: the library is slow to start.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
