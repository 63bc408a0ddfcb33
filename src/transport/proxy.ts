import { isIP } from 'node:net';
import { failure } from '../model/problem';
import type { NetworkVariables } from './variables';

/**
 * The proxy for a target, or undefined for a direct connection.
 * The setting of the environment wins, loopback included; the variables never send loopback to a proxy and honour NO_PROXY.
 * @throws {LiftlockError} `proxy-invalid`; the address itself is not shown, because it may hold a password.
 */
export function chooseProxy(
  target: URL,
  setting: string | false | undefined,
  variables: NetworkVariables,
  environment: string,
): URL | undefined {
  if (setting === false) return undefined;
  if (setting !== undefined) return readProxy(setting, 'the proxy in the environment file', environment);
  const fromVariables = target.protocol === 'https:' ? variables.httpsProxy : variables.httpProxy;
  if (fromVariables === undefined || isLoopback(target.hostname) || isExempt(target, variables.noProxy))
    return undefined;
  return readProxy(fromVariables, 'the proxy in the environment variables', environment);
}

/** A proxy as it may be shown: scheme, host and port, never its credentials. */
export function shownProxy(proxy: URL): string {
  return `${proxy.protocol}//${proxy.host}`;
}

/** The value of Proxy-Authorization for the credentials in a proxy's address; undefined when there are none. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function readProxy(text: string, source: string, environment: string): URL {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !canDecode(url)) {
    throw failure('proxy-invalid', `${environment}: ${source} is not an http or https address.`, {
      environment,
      hint: 'Write it like http://proxy.example.com:3128, with special characters of a password percent-encoded, or set proxy: false.',
    });
  }
  return url;
}

function canDecode(url: URL): boolean {
  try {
    decodeURIComponent(url.username + url.password);
    return true;
  } catch {
    return false;
  }
}

function isLoopback(hostname: string): boolean {
  const host = bare(hostname);
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/**
 * NO_PROXY as curl reads it: `*`, or a host that stands for itself and its subdomains (a leading `.` or `*.` means the same),
 * each with an optional port.
 */
function isExempt(target: URL, entries: readonly string[]): boolean {
  const host = bare(target.hostname);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return entries.some((entry) => {
    if (entry === '*') return true;
    const { name, only } = splitPort(entry.toLowerCase());
    if (only !== undefined && only !== port) return false;
    const suffix = name.replace(/^\*?\./, '');
    return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
  });
}

function splitPort(entry: string): { name: string; only?: string } {
  if (isIP(entry) === 6) return { name: entry };
  const match = /^(.*):(\d+)$/.exec(entry);
  return match ? { name: bare(match[1] ?? ''), only: match[2] } : { name: bare(entry) };
}

function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
