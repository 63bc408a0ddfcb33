import type { FastifyInstance } from 'fastify';
import type { Json } from '../model/json';
import { Gatekeeper, type Client, type User } from './access/gatekeeper';
import { viewScopes } from './access/scopes';
import { applicationRoutes } from './applications/routes';
import { makeCertificate, type ServerCertificate } from './certificate';
import { claimRoutes } from './claims/routes';
import { plantCopy, type Copy, type Refusal } from './copy';
import { Faults } from './faults';
import { registerControls } from './http/control';
import { Pipeline } from './http/pipeline';
import type { Route } from './http/route';
import { bareServer, ProductPaths } from './http/server';
import { identityProviderRoutes } from './identity-providers/routes';
import { Identifiers } from './identifiers';
import { Journal } from './journal';
import { apiResourceRoutes } from './roles/api-resources';
import { roleRoutes } from './roles/roles';
import { plant, type Seed } from './seeding';
import { fillWithShipped } from './shipped';
import { clear, readState, restore, stateOf, writeState, type WorldState } from './state';
import { userStoreRoutes } from './user-stores';
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
  readonly latencyMs?: number;
  readonly maximumItemsPerPage?: number;
  /** The server keeps hashes of client secrets: no GET returns one. */
  readonly hashedSecrets?: boolean;
  /** Loaded at the start when it exists, then the seed is not planted; saved on close. */
  readonly stateFile?: string;
  readonly clients?: readonly Client[];
  readonly users?: readonly User[];
  readonly tokenLifetimeSeconds?: number;
  /** Makes the ids repeatable; goes before the seed's own number. */
  readonly random?: number;
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
const DEFAULT_SECRET = 'liftlock-sandbox';

/** Starts a stand-in for one WSO2 Identity Server on the loopback. See http/control.ts for its own paths. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const host = options.host ?? '127.0.0.1';
  if (!LOOPBACK.has(host)) throw new Error(`The sandbox only listens on the loopback, not on ${host}.`);
  const server = new SandboxServer(options);
  const certificate = options.https ? (options.serverCertificate ?? (await makeCertificate())) : undefined;
  const app = bareServer(certificate);
  server.register(app);
  await app.listen({ host, port: options.port ?? 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `${options.https ? 'https' : 'http'}://${host === '::1' ? '[::1]' : host}:${port}`;
  return server.running(app, url, port, certificate?.certificate);
}

class SandboxServer {
  private readonly journal = new Journal();
  private readonly faults = new Faults();
  private readonly world: World;
  private readonly gatekeeper: Gatekeeper;
  private readonly routes: readonly Route[];
  private seed: Seed | undefined;
  private refusals: readonly Refusal[] = [];

  constructor(private readonly options: SandboxOptions) {
    const version = options.version ?? '7.1';
    const { tenant = 'carbon.super', maximumItemsPerPage = 100, hashedSecrets = false } = options;
    this.seed = options.seed;
    this.world = new World({ version, tenant, maximumItemsPerPage, hashedSecrets }, new Identifiers(this.random()));
    this.gatekeeper = new Gatekeeper(
      options.clients ?? defaultClients(version),
      options.users ?? [{ username: 'admin', password: 'admin' }],
      options.tokenLifetimeSeconds ?? 3600,
      version,
    );
    this.routes = productRoutes(this.world).filter((route) => existsIn(version, route));
    this.load();
  }

  private random(): number | undefined {
    return this.options.random ?? this.seed?.random;
  }

  private load(): void {
    const saved = this.options.stateFile === undefined ? undefined : readState(this.options.stateFile, this.world);
    if (saved) restore(this.world, saved);
    else this.reset();
  }

  private reset(seed: Seed | undefined = this.seed): void {
    this.seed = seed;
    clear(this.world);
    this.world.identifiers.restart(this.random());
    fillWithShipped(this.world);
    if (seed) plant(this.world, this.routes, seed, this.gatekeeper.system);
    const { copy, content } = this.options;
    if (content) restore(this.world, structuredClone(content));
    else if (copy) this.refusals = plantCopy(this.world, this.routes, copy, this.gatekeeper.system);
  }

  private save(): void {
    if (this.options.stateFile !== undefined) writeState(this.options.stateFile, stateOf(this.world));
  }

  private snapshot(): Json {
    const state: Json = JSON.parse(JSON.stringify(stateOf(this.world)));
    return state;
  }

  register(app: FastifyInstance): void {
    const { journal, faults } = this;
    const { latencyMs = 0, journalBodies = false } = this.options;
    const pipeline = new Pipeline({ journal, faults, latencyMs, journalBodies });
    new ProductPaths(this.world, this.routes, this.gatekeeper, pipeline).register(app);
    const controls = { snapshot: () => this.snapshot(), reset: () => this.reset(), save: () => this.save() };
    if (!this.options.withoutControls) registerControls(app, { journal, faults, ...controls });
  }

  running(app: FastifyInstance, url: string, port: number, certificate: string | undefined): RunningSandbox {
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
        await app.close();
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
    ...identityProviderRoutes(world),
    ...claimRoutes(world),
    ...roleRoutes(world),
    ...apiResourceRoutes(world),
    ...userStoreRoutes(world),
  ];
}
