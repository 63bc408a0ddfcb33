import type { Json } from '../model/json';
import { Gatekeeper, type Client, type User } from './access/gatekeeper';
import { viewScopes } from './access/scopes';
import { authenticatorRoutes } from './applications/authenticator-routes';
import { applicationRoutes } from './applications/routes';
import { makeCertificate, type ServerCertificate } from './certificate';
import { claimRoutes } from './claims/routes';
import type { Copy } from './copied';
import { serverConfigRoutes } from './server-configs/routes';
import { plantCopy, type Refusal } from './copy';
import type { FaultRule, Milliseconds } from './fault-rules/rule';
import { Faults } from './faults';
import { registerControls } from './http/control';
import { ExchangeReporter } from './http/exchanges';
import { Listener } from './http/listener';
import { Pipeline } from './http/pipeline';
import type { Route } from './http/route';
import { ProductPaths, withoutTenant } from './http/server';
import { identityProviderRoutes } from './identity-providers/routes';
import { Identifiers } from './identifiers';
import { Journal } from './journal';
import { oidcScopeRoutes } from './oidc-scopes/routes';
import { apiResourceRoutes } from './roles/api-resources';
import { roleRoutes } from './roles/roles';
import { plant, type Seed } from './seeding';
import { fillWithShipped } from './shipped';
import { clear, readState, restore, stateOf, writeState, type WorldState } from './state';
import { userStoreRoutes } from './user-stores/routes';
import { existsIn, type Version } from './versions';
import { World } from './world';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** A loopback address; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  readonly https?: boolean;
  /** The certificate to use with https, such as one that several servers share; one is made otherwise. */
  readonly serverCertificate?: ServerCertificate;
  readonly version?: Version;
  /** The only tenant that there is; the bare paths answer for the super tenant alone. */
  readonly tenant?: string;
  /** Without a seed the server has what the product ships with. */
  readonly seed?: Seed;
  /** What another server has; planted after the seed. */
  readonly copy?: Copy;
  /** Everything that the server begins with, and what a reset brings back; in place of seed and copy. */
  readonly content?: WorldState;
  /** Plants the seed when the first request needs it; a defect in the seed is then told by that request. */
  readonly plantLate?: boolean;
  /** The time that each answer takes at least, or a spread that the seed of the faults decides. */
  readonly latencyMs?: Milliseconds;
  readonly maximumItemsPerPage?: number;
  /** How long a new user store takes to be deployed and so to be seen (reference §2.4); 250 unless told otherwise. */
  readonly userStoreDelayMs?: number;
  /** The server keeps hashes of client secrets: no GET returns one. */
  readonly hashedSecrets?: boolean;
  /** Names of inbound protocols that are plugged in beside the standard ones; a stock server has none. */
  readonly customProtocols?: readonly string[];
  /** Loaded at the start when it exists, then the seed is not planted; saved on close. */
  readonly stateFile?: string;
  readonly clients?: readonly Client[];
  readonly users?: readonly User[];
  readonly tokenLifetimeSeconds?: number;
  /** Makes the ids repeatable; goes before the seed's own number. */
  readonly random?: number;
  /** What the server is called, for fault rules that are not for all servers. */
  readonly environment?: string;
  /** Faults to begin with. */
  readonly faults?: readonly FaultRule[];
  /** Decides which requests a fault with a probability strikes. */
  readonly faultSeed?: number;
  /** Keeps request bodies in the journal; they hold secrets. */
  readonly journalBodies?: boolean;
  /** Without the paths under /sandbox, which show everything to everybody on this machine. */
  readonly withoutControls?: boolean;
}

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  /** PEM of the certificate to trust, with https only. */
  readonly certificate?: string;
  readonly journal: Journal;
  readonly faults: Faults;
  /** What of the copy could not be planted as it is. */
  readonly refusals: readonly Refusal[];
  /** Everything that the server holds. */
  snapshot(): Json;
  /** Back to the seed, or to another one; tokens, journal and faults stay. */
  reset(seed?: Seed): void;
  /** Writes the state file now. */
  save(): void;
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const USER_STORE_DELAY_MS = 250;
const DEFAULT_SECRET = 'liftlock-sandbox';

/** Starts a stand-in for one WSO2 Identity Server on the loopback. See http/control.ts for its own paths. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const host = options.host ?? '127.0.0.1';
  if (!LOOPBACK.has(host)) throw new Error(`The sandbox only listens on the loopback, not on ${host}.`);
  const server = new SandboxServer(options);
  const certificate = options.https ? (options.serverCertificate ?? (await makeCertificate())) : undefined;
  const listener = new Listener(certificate, withoutTenant);
  server.register(listener);
  const port = await listener.listen(host, options.port ?? 0);
  const url = `${options.https ? 'https' : 'http'}://${host === '::1' ? '[::1]' : host}:${port}`;
  return server.running(listener, url, port, certificate?.certificate);
}

class SandboxServer {
  private readonly journal = new Journal();
  private readonly faults: Faults;
  private readonly world: World;
  private readonly gatekeeper: Gatekeeper;
  private readonly routes: readonly Route[];
  private seed: Seed | undefined;
  private isPlanted = true;
  private refusals: readonly Refusal[] = [];

  constructor(private readonly options: SandboxOptions) {
    const version = options.version ?? '7.1';
    const { tenant = 'carbon.super', maximumItemsPerPage = 100, hashedSecrets = false, customProtocols } = options;
    this.seed = options.seed;
    this.faults = new Faults(options.environment, options.faultSeed);
    this.faults.set(options.faults ?? []);
    const settings = { version, tenant, maximumItemsPerPage, hashedSecrets, customProtocols };
    this.world = new World(settings, new Identifiers(this.random()));
    this.gatekeeper = new Gatekeeper(
      options.clients ?? defaultClients(version),
      options.users ?? [{ username: 'admin', password: 'admin' }],
      options.tokenLifetimeSeconds ?? 3600,
      version,
    );
    this.routes = productRoutes(this.world).filter((route) => existsIn(version, route));
    this.world.userStoreDelayMs = this.userStoreDelayMs;
    this.load();
  }

  private get userStoreDelayMs(): number {
    return this.options.userStoreDelayMs ?? USER_STORE_DELAY_MS;
  }

  private random(): number | undefined {
    return this.options.random ?? this.seed?.random;
  }

  private load(): void {
    const saved = this.options.stateFile === undefined ? undefined : readState(this.options.stateFile, this.world);
    if (saved) restore(this.world, saved);
    else if (this.options.plantLate) this.isPlanted = false;
    else this.reset();
  }

  /** Has to come before anything that looks at the world. */
  private prepare(): void {
    if (!this.isPlanted) this.reset();
  }

  private reset(seed: Seed | undefined = this.seed): void {
    this.seed = seed;
    this.isPlanted = true;
    clear(this.world);
    this.faults.hidden.clear();
    this.world.identifiers.restart(this.random());
    fillWithShipped(this.world);
    // What a seed plants is there at once.
    this.world.userStoreDelayMs = 0;
    this.world.isBeingFilled = true;
    try {
      this.fill(seed);
    } finally {
      this.world.isBeingFilled = false;
    }
    this.world.userStoreDelayMs = this.userStoreDelayMs;
  }

  private fill(seed: Seed | undefined): void {
    if (seed) plant(this.world, this.routes, seed, this.gatekeeper.system);
    const { copy, content } = this.options;
    if (content) restore(this.world, structuredClone(content));
    else if (copy) this.refusals = plantCopy(this.world, this.routes, copy, this.gatekeeper.system);
  }

  private save(): void {
    if (this.options.stateFile === undefined) return;
    this.prepare();
    writeState(this.options.stateFile, stateOf(this.world));
  }

  private snapshot(): Json {
    this.prepare();
    const state: Json = JSON.parse(JSON.stringify(stateOf(this.world)));
    return state;
  }

  register(listener: Listener): void {
    const { world, journal, faults, gatekeeper } = this;
    const { latencyMs = 0, journalBodies = false } = this.options;
    const exchanges = new ExchangeReporter(world.version);
    const prepare = (): void => this.prepare();
    const pipeline = new Pipeline({
      world,
      journal,
      faults,
      gatekeeper,
      prepare,
      latencyMs,
      journalBodies,
      exchanges,
    });
    new ProductPaths(world, this.routes, gatekeeper, pipeline).register(listener);
    const controls = { snapshot: () => this.snapshot(), reset: () => this.reset(), save: () => this.save() };
    if (!this.options.withoutControls) registerControls(listener, { journal, faults, ...controls });
  }

  running(listener: Listener, url: string, port: number, certificate: string | undefined): RunningSandbox {
    this.world.address = url;
    return {
      url,
      port,
      certificate,
      journal: this.journal,
      faults: this.faults,
      refusals: this.refusals,
      snapshot: () => this.snapshot(),
      reset: (seed) => this.reset(seed),
      save: () => this.save(),
      close: async () => {
        await listener.close();
        this.save();
      },
    };
  }
}

function defaultClients(version: Version): Client[] {
  return [
    { clientId: 'liftlock', clientSecret: DEFAULT_SECRET, scopes: 'all' },
    { clientId: 'liftlock-read', clientSecret: DEFAULT_SECRET, scopes: viewScopes(version) },
  ];
}

function productRoutes(world: World): Route[] {
  return [
    ...applicationRoutes(world),
    ...authenticatorRoutes(world),
    ...serverConfigRoutes(world),
    ...identityProviderRoutes(world),
    ...claimRoutes(world),
    ...roleRoutes(world),
    ...apiResourceRoutes(world),
    ...userStoreRoutes(world),
    ...oidcScopeRoutes(world),
  ];
}
