import { failure, type LiftlockError } from '../model/problem';
import type { Fault, FaultKind } from './fault';
import type { Site } from './site';

/** The request that a message is about. */
export interface Subject {
  readonly method: string;
  readonly url: URL;
  /** The path as shown to the user. */
  readonly path: string;
  /** The proxy in between, without credentials. */
  readonly proxy?: string;
  readonly limits: {
    readonly connectTimeoutMs: number;
    readonly readTimeoutMs: number;
    readonly maxResponseBytes: number;
  };
}

interface Words {
  readonly what: string;
  readonly hint: string;
}

/**
 * The error for a request without a usable answer: what happened, in which environment, at which address, what to do next.
 * Nothing of the request but its method and path is in it.
 */
export function faultError(fault: Fault, subject: Subject, site: Site): LiftlockError {
  const { what, hint } = WORDS[fault.kind](subject, site.clean(fault.detail, 200), fault.sent);
  const { environment } = site;
  return failure(fault.kind, `${environment}: ${subject.method} ${site.clean(subject.path)} → ${what}`, {
    environment,
    hint,
  });
}

/**
 * The error for a request that must not be repeated and may have been carried out.
 * @param reason the error that left it unknown.
 * @param lookUpError why it could not be looked up either.
 */
export function unknownOutcome(reason: LiftlockError, site: Site, lookUpError?: LiftlockError): LiftlockError {
  const { environment } = site;
  const looked = lookUpError === undefined ? '' : ` Looking it up failed as well: ${lookUpError.message}`;
  const message = `${reason.message} Whether the server carried it out is unknown; it was not sent again.${looked}`;
  return failure('outcome-unknown', message, {
    environment,
    hint: `Look at what is there now (liftlock plan ${environment}) before you do it again.`,
  });
}

const WORDS: Readonly<Record<FaultKind, (subject: Subject, detail: string, sent: boolean) => Words>> = {
  'connection-refused': (subject) => ({
    what: `${nextHop(subject)} refused the connection.`,
    hint: subject.proxy === undefined ? 'Is the server running, and are host and port of url right?' : PROXY_HINT,
  }),
  'host-unknown': (subject, detail) => ({
    what: `${nextHop(subject)} has no address (${detail}).`,
    hint:
      subject.proxy === undefined
        ? 'Check the host name in url and whether this computer can resolve it (DNS, VPN).'
        : PROXY_HINT,
  }),
  'host-unreachable': (subject, detail) => ({
    what: `${nextHop(subject)} cannot be reached (${detail}).`,
    hint: 'Check the network, the VPN and the firewall on the way to the server.',
  }),
  'connect-timeout': (subject) => ({
    what: `no connection to ${subject.url.origin}${via(subject)} within ${seconds(subject.limits.connectTimeoutMs)}.`,
    hint: 'Check host, port, VPN and firewall, or raise the connect timeout of the environment.',
  }),
  'certificate-refused': (subject, detail) => ({
    what: `the certificate of ${subject.url.origin}${via(subject)} is not trusted: ${detail}.`,
    hint: certificateHint(detail),
  }),
  'tls-failed': (subject, detail) => ({
    what: `no TLS connection to ${subject.url.origin}${via(subject)}: ${detail}.`,
    hint: tlsHint(detail),
  }),
  'proxy-failed': (subject, detail) => ({
    what: `the proxy ${subject.proxy ?? ''} did not connect to ${subject.url.host}: ${detail}.`,
    hint: 'Check the proxy address and its user name and password, or set proxy: false (or NO_PROXY) if the server is reached directly.',
  }),
  'connection-lost': (subject, detail) => ({
    what: `${subject.url.origin}${via(subject)} closed the connection before it answered (${detail}).`,
    hint: 'Try again; if it goes on, look at the server’s log and at load balancers and proxies on the way.',
  }),
  'read-timeout': (subject) => ({
    what: `${subject.url.origin}${via(subject)} sent nothing for ${seconds(subject.limits.readTimeoutMs)}.`,
    hint: 'Look at the load and the log of the server, or raise the read timeout of the environment.',
  }),
  'answer-cut': (subject) => ({
    what: `the answer of ${subject.url.origin}${via(subject)} ended in the middle.`,
    hint: 'Try again; if it goes on, look at the server’s log and at load balancers and proxies on the way.',
  }),
  'answer-too-large': (subject) => ({
    what: `the answer of ${subject.url.origin} is larger than ${mebibytes(subject.limits.maxResponseBytes)}; reading was stopped.`,
    hint: 'Is url the address of the identity server? If it is, raise the largest answer allowed for the environment.',
  }),
  'answer-not-http': (subject, detail) => ({
    what: `${subject.url.origin} does not answer in HTTP (${detail}).`,
    hint: 'Check scheme and port of url: is another service listening there, or is it an https port?',
  }),
  interrupted: (subject, _detail, sent) => ({
    what: `interrupted${sent && subject.method !== 'GET' ? '; whether the server carried it out is unknown.' : '.'}`,
    hint: 'Nothing more was sent.',
  }),
  'transport-closed': () => ({
    what: 'not sent or not waited for, because the connection to the environment was already closed.',
    hint: 'This is a fault in Liftlock; please report it.',
  }),
};

const PROXY_HINT = 'Check the proxy address, or set proxy: false (or NO_PROXY) if the server is reached directly.';

/** With a proxy in between, trouble before the connection stands is the proxy's. */
function nextHop(subject: Subject): string {
  return subject.proxy === undefined ? subject.url.origin : `the proxy ${subject.proxy} (for ${subject.url.origin})`;
}

function via(subject: Subject): string {
  return subject.proxy === undefined ? '' : ` through the proxy ${subject.proxy}`;
}

function certificateHint(detail: string): string {
  if (/EXPIRED|NOT_YET_VALID/.test(detail))
    return 'Have the server’s certificate renewed; check the clock of this computer.';
  if (/ALTNAME|HOSTNAME/.test(detail))
    return 'Use a host name in url that the certificate was issued for, or have the certificate reissued.';
  return 'If the server uses a private certificate authority, give its PEM file as tls.ca in the environment file. Verification cannot be turned off.';
}

function tlsHint(detail: string): string {
  if (/wrong version number|packet length/i.test(detail))
    return 'The port does not speak TLS: check scheme and port of url.';
  if (/certificate|handshake failure/i.test(detail)) {
    return 'Does the server ask for a client certificate? Give tls.certificate and tls.key in the environment file.';
  }
  return 'Check the TLS versions of the server (1.2 or later is needed) and the proxies on the way.';
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}

function mebibytes(bytes: number): string {
  return bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes} bytes`;
}
