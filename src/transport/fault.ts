import { nodeError } from './node-error';

/** Why a request got no usable answer. The names are the codes of the problems shown to the user. */
export type FaultKind =
  | 'connection-refused'
  | 'host-unknown'
  | 'host-unreachable'
  | 'connect-timeout'
  | 'certificate-refused'
  | 'tls-failed'
  | 'proxy-failed'
  | 'connection-lost'
  | 'read-timeout'
  | 'answer-cut'
  | 'answer-too-large'
  | 'answer-not-http'
  | 'interrupted'
  | 'transport-closed';

/** How far a request has come. */
export type Phase = 'connecting' | 'sent' | 'answering';

/** A request without a usable answer. Holds nothing of the request, so that it can be kept and reported safely. */
export class Fault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly phase: Phase,
    /** The technical reason in few words, foreign text included: to be cleaned before it is shown. */
    readonly detail: string = '',
  ) {
    super(kind);
    this.name = 'Fault';
  }

  /** False when no byte of the request can have reached the server. */
  get sent(): boolean {
    return this.phase !== 'connecting';
  }
}

const BY_CODE: Readonly<Record<string, FaultKind>> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  EAI_FAIL: 'host-unknown',
  EAI_NODATA: 'host-unknown',
  EAI_NONAME: 'host-unknown',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EADDRNOTAVAIL: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  ETIMEDOUT: 'connect-timeout',
  // The tunnel's own limit (routes.ts).
  ABORT_ERR: 'connect-timeout',
};

/**
 * Names what went wrong from the error codes of Node.js and OpenSSL. What it does not know counts as a lost connection
 * (before or after sending) or a cut answer.
 */
export function faultFrom(error: unknown, phase: Phase): Fault {
  const { message, ...thrown } = nodeError(error);
  const code = String(thrown.code ?? '');
  if (phase === 'answering') return new Fault('answer-cut', phase, code);
  if (/^HPE_/.test(code)) return new Fault('answer-not-http', phase, code);
  // An alert is the server's refusal, also when its name speaks of certificates.
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return new Fault('tls-failed', 'connecting', opensslReason(code, message));
  if (isCertificateCode(code)) return new Fault('certificate-refused', 'connecting', `${message} (${code})`);
  if (/^Proxy connection ended|proxy CONNECT response/.test(message)) {
    return new Fault('proxy-failed', 'connecting', 'it closed the connection or did not answer like a proxy');
  }
  const known = phase === 'connecting' ? BY_CODE[code] : undefined;
  return new Fault(known ?? 'connection-lost', phase, code || message);
}

/** The verification errors of OpenSSL (X509_V_ERR_… without the prefix) and those of Node.js itself. */
function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|ISSUER|CRL|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|ALTNAME|UNABLE_TO_VERIFY/.test(
    code,
  );
}

/** OpenSSL's message is `<thread>:error:<number>:SSL routines:<function>:<reason>:<source file>:…`; only the reason says something. */
function opensslReason(code: string, message: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
  return reason === undefined ? code : `${reason}, ${code}`;
}
