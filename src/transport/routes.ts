import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { proxyAuthorization, shownProxy } from './proxy';
import type { Trust } from './trust';

/** Shorter than the idle limit of common servers and load balancers, so that a kept connection is seldom found dead. */
const IDLE_MS = 15_000;

type Listener = (answer: IncomingMessage) => void;

/** The way to one server: direct, or through a proxy. Keeps its connections alive. */
export interface Route {
  /** The proxy, without credentials. */
  readonly proxy?: string;
  request(options: https.RequestOptions, url: URL, listener: Listener): ClientRequest;
  close(): void;
}

export interface RouteOptions {
  readonly proxy: URL | undefined;
  readonly trust: Trust;
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  /** Aborted when everything has to end. */
  readonly signal: AbortSignal;
}

/** Opens the way to the server of `target`; nothing is sent yet. */
export async function openRoute(target: URL, options: RouteOptions): Promise<Route> {
  const { proxy } = options;
  if (target.protocol === 'https:') {
    const agent = proxy === undefined ? new https.Agent(poolOf(options)) : await tunnelAgent(proxy, options);
    return tlsRoute(agent, options);
  }
  return proxy === undefined ? plainRoute(options) : forwardRoute(proxy, options);
}

function poolOf(options: RouteOptions): http.AgentOptions {
  return { keepAlive: true, maxSockets: options.concurrency, maxFreeSockets: options.concurrency, timeout: IDLE_MS };
}

function tlsRoute(agent: http.Agent, { proxy, trust }: RouteOptions): Route {
  return {
    proxy: proxy && shownProxy(proxy),
    request: (options, url, listener) => {
      const full = { ...options, agent, secureContext: trust.server, ...verifying(url.hostname) };
      return https.request(full, listener);
    },
    close: () => agent.destroy(),
  };
}

function plainRoute(options: RouteOptions): Route {
  const agent = new http.Agent(poolOf(options));
  return {
    request: (request, _url, listener) => http.request({ ...request, agent }, listener),
    close: () => agent.destroy(),
  };
}

/** A plain http target behind a proxy: the proxy gets the request itself, with the full address (RFC 9112, 3.2.2). */
function forwardRoute(proxy: URL, options: RouteOptions): Route {
  const secure = proxy.protocol === 'https:';
  const agent = secure ? new https.Agent(poolOf(options)) : new http.Agent(poolOf(options));
  const authorization = proxyAuthorization(proxy);
  const hop = {
    agent,
    protocol: proxy.protocol,
    hostname: unbracketed(proxy.hostname),
    port: proxy.port || (secure ? 443 : 80),
    ...(secure ? { secureContext: options.trust.proxy, ...verifying(proxy.hostname) } : {}),
  };
  return {
    proxy: shownProxy(proxy),
    request: (request, url, listener) => {
      const headers = {
        ...request.headers,
        host: url.host,
        ...(authorization && { 'proxy-authorization': authorization }),
      };
      const full = { ...request, ...hop, path: `${url.origin}${url.pathname}${url.search}`, headers };
      return secure ? https.request(full, listener) : http.request(full, listener);
    },
    close: () => agent.destroy(),
  };
}

/**
 * The agent for https through CONNECT. The credentials travel in a header of their own: https-proxy-agent writes the
 * address of the proxy to the `debug` log.
 */
async function tunnelAgent(proxy: URL, options: RouteOptions): Promise<http.Agent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const authorization = proxyAuthorization(proxy);
  const address = new URL(shownProxy(proxy));
  type Target = Parameters<InstanceType<typeof HttpsProxyAgent>['connect']>[1];

  class TunnelAgent extends HttpsProxyAgent<string> {
    /** Without a limit of its own, a socket on which the proxy never answers CONNECT would outlive the request. */
    override async connect(request: ClientRequest, target: Target): ReturnType<HttpsProxyAgentConnect> {
      const controller = new AbortController();
      const abort = (): void => controller.abort();
      const timer = setTimeout(abort, options.connectTimeoutMs);
      options.signal.addEventListener('abort', abort);
      this.connectOpts = { ...this.connectOpts, signal: controller.signal };
      try {
        return await super.connect(request, target);
      } finally {
        clearTimeout(timer);
        options.signal.removeEventListener('abort', abort);
      }
    }
  }
  type HttpsProxyAgentConnect = InstanceType<typeof HttpsProxyAgent>['connect'];

  const agent = new TunnelAgent(address, {
    ...poolOf(options),
    headers: authorization === undefined ? {} : { 'Proxy-Authorization': authorization },
    ...(proxy.protocol === 'https:' ? { secureContext: options.trust.proxy, ...verifying(proxy.hostname) } : {}),
  });
  // The constructor of https-proxy-agent empties the options that hold the idle limit of the pool.
  agent.options.timeout = IDLE_MS;
  return agent;
}

/**
 * Verification, spelled out: NODE_TLS_REJECT_UNAUTHORIZED=0 must not turn it off, and the name that is compared is always
 * that of the address (inside a tunnel Node.js would compare an IP address with the proxy's).
 */
function verifying(hostname: string): {
  rejectUnauthorized: true;
  checkServerIdentity: (host: string, certificate: PeerCertificate) => Error | undefined;
} {
  return {
    rejectUnauthorized: true,
    checkServerIdentity: (_host, certificate) => checkServerIdentity(unbracketed(hostname), certificate),
  };
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
