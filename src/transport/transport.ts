import { addressOf, requestUrl, shownPath, type Address } from './address';
import type { Authorizer } from './authorization/authorizer';
import { chooseAuthorizer } from './authorization/choose';
import type { Connection } from './connection';
import { Courier } from './courier';
import { fileForm, type EncodedBody } from './form';
import { Gate } from './gate';
import { beginLife, endOf, type Lifetime } from './lifetime';
import type { HttpRequest, HttpResponse, Transport, TransportOptions, TransportStatistics } from './messages';
import { chooseProxy } from './proxy';
import { openRoute, type Route } from './routes';
import { settingsOf, type Settings } from './settings';
import { Site } from './site';
import { loadTrust } from './trust';
import { networkVariables } from './variables';
import { createWire } from './wire';

export type {
  HttpMethod,
  HttpRequest,
  HttpResponse,
  Transport,
  TransportEvent,
  TransportOptions,
  TransportStatistics,
  UploadedFile,
} from './messages';
export { ServerError, type ServerErrorDetails } from './server-error';

const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE']);

/**
 * Prepares everything that is needed to talk to one environment; nothing is sent before the first request.
 * @throws {LiftlockError} for settings that cannot work: address, proxy, TLS files, authentication.
 */
export async function createTransport(connection: Connection, options: TransportOptions): Promise<Transport> {
  const life = beginLife(options.signal, options.sleep);
  try {
    return await assemble(connection, options, life);
  } catch (error) {
    life.close();
    throw error;
  }
}

async function assemble(connection: Connection, options: TransportOptions, life: Lifetime): Promise<Transport> {
  const { environment } = connection;
  const site = new Site(environment, [...(options.secrets ?? []), connection.tls?.passphrase]);
  const settings = settingsOf(connection);
  const address = addressOf(connection);
  const routes = await openRoutes(connection, address, options, settings, site, life);
  const now = options.now ?? Date.now;
  const statistics = { requests: 0, retries: 0, bytes: 0 };
  const gate = new Gate({ concurrency: settings.concurrency, wait: life.wait, log: options.log });
  life.signal.addEventListener('abort', () => gate.shut(endOf(life.signal)), { once: true });
  if (life.signal.aborted) gate.shut(endOf(life.signal));
  const courier = new Courier({
    wire: await createWire(settings, life.signal),
    gate,
    site,
    log: options.log,
    now,
    wait: life.wait,
    random: options.random ?? Math.random,
    received: (bytes) => {
      statistics.bytes += bytes;
    },
  });
  const authorizer = chooseAuthorizer(connection.auth, {
    scopes: options.scopes,
    variables: options.variables,
    signal: life.signal,
    site,
    now,
    token: {
      courier,
      route: routes.token,
      limits: settings,
      url: address.tokenUrl,
      path: shownPath(address, address.tokenUrl),
    },
  });
  return new HttpTransport({
    environment,
    address,
    site,
    courier,
    authorizer,
    statistics,
    limits: settings,
    routes,
    life,
  });
}

interface Routes {
  readonly server: Route;
  readonly token: Route;
}

async function openRoutes(
  connection: Connection,
  address: Address,
  options: TransportOptions,
  settings: Settings,
  site: Site,
  life: Lifetime,
): Promise<Routes> {
  const { environment } = connection;
  const variables = networkVariables(options.variables ?? {});
  const trust = await loadTrust(connection.tls ?? {}, variables.extraCaFile, environment);
  const serverUrl = new URL(address.base);
  const [serverProxy, tokenProxy] = [serverUrl, address.tokenUrl].map((url) =>
    chooseProxy(url, connection.proxy, variables, environment),
  );
  for (const proxy of [serverProxy, tokenProxy])
    if (proxy !== undefined) site.keepSecret(decodeURIComponent(proxy.password));
  const common = {
    trust,
    signal: life.signal,
    concurrency: settings.concurrency,
    connectTimeoutMs: settings.connectTimeoutMs,
  };
  const server = await openRoute(serverUrl, { ...common, proxy: serverProxy });
  const shared = serverUrl.protocol === address.tokenUrl.protocol && serverProxy?.href === tokenProxy?.href;
  return { server, token: shared ? server : await openRoute(address.tokenUrl, { ...common, proxy: tokenProxy }) };
}

interface TransportParts {
  readonly environment: string;
  readonly address: Address;
  readonly site: Site;
  readonly courier: Courier;
  readonly authorizer: Authorizer;
  readonly statistics: { requests: number; retries: number; bytes: number };
  readonly limits: Settings;
  readonly routes: Routes;
  readonly life: Lifetime;
}

class HttpTransport implements Transport {
  constructor(private readonly parts: TransportParts) {}

  get environment(): string {
    return this.parts.environment;
  }

  get statistics(): TransportStatistics {
    return this.parts.statistics;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { parts } = this;
    const url = requestUrl(parts.address, request, parts.environment);
    const { proxy } = parts.routes.server;
    const body = encoded(request);
    return parts.courier.deliver({
      subject: { method: request.method, url, path: shownPath(parts.address, url), proxy, limits: parts.limits },
      route: parts.routes.server,
      headers: headersOf(request, body),
      body: body?.text,
      authorizer: parts.authorizer,
      repeatable: request.repeatable ?? REPEATABLE.has(request.method),
      arrived: request.arrived,
      accept: request.accept ?? [],
      hint: (status) => parts.authorizer.hint(status),
      onTry: (tries) => {
        parts.statistics.requests += 1;
        if (tries > 1) parts.statistics.retries += 1;
      },
    });
  }

  grantedScopes(): Promise<readonly string[] | undefined> {
    return this.parts.authorizer.grantedScopes();
  }

  close(): void {
    this.parts.life.close();
    this.parts.routes.server.close();
    this.parts.routes.token.close();
  }
}

function encoded({ body, file }: HttpRequest): EncodedBody | undefined {
  if (file) return fileForm(file);
  return body === undefined ? undefined : { text: JSON.stringify(body), contentType: 'application/json' };
}

/** Names in lower case, so that what is ours cannot be overridden by another spelling. */
function headersOf(request: HttpRequest, body: EncodedBody | undefined): Record<string, string> {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    accept: 'application/json',
    ...(body && { 'content-type': body.contentType }),
    ...Object.fromEntries(given),
    'user-agent': 'liftlock',
    'accept-encoding': 'gzip',
  };
}
