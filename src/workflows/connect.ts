import { createServer } from '../products/server';
import type { Product } from '../products/product';
import { createTransport, type Transport, type TransportEvent } from '../transport/transport';
import type { Connection } from '../transport/connection';
import { resolveEnvironment } from '../workspace/connection';
import type { Environment } from '../workspace/environment';
import type { Settings } from '../workspace/settings';
import { writesAtATime, type Session } from './session';

/** What a command knows of its process and hands down, so that workflows read nothing of it themselves. */
export interface Surroundings {
  readonly variables: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly log?: (event: TransportEvent) => void;
}

export interface ConnectOptions {
  readonly write: boolean;
  /** Values to be kept out of every message. */
  readonly secrets?: readonly string[];
  /** Also ask for the scopes that reading what artifacts refer to needs. */
  readonly referents?: boolean;
}

/** A session and what has to be closed at its end. */
export interface Connected {
  readonly session: Session;
  readonly transport: Transport;
  readonly connection: Connection;
}

/**
 * Signs in to an environment, with read scopes only unless `write`. Throws for unset process variables before anything is
 * sent; the server itself is first asked by the workflow.
 */
export async function connect(
  workspace: { readonly root: string; readonly settings: Settings },
  product: Product,
  environment: Environment,
  options: Surroundings & ConnectOptions,
): Promise<Connected> {
  const connection = resolveEnvironment(environment, options.variables);
  const { read, write } = product.scopes(environment.version);
  const more = options.referents ? product.referents.scopes(environment.version) : [];
  const scopes = [...new Set([...read, ...(options.write ? write : []), ...more])];
  const transport = await createTransport(connection, {
    scopes,
    variables: options.variables,
    signal: options.signal,
    ...(options.secrets ? { secrets: [...options.secrets] } : {}),
    ...(options.log ? { log: options.log } : {}),
  });
  const { auth } = connection;
  const own = auth.type === 'client-credentials' ? { ownClientId: auth.clientId } : {};
  const server = createServer({ environment: environment.name, version: environment.version, ...own }, transport);
  const { settings, root } = workspace;
  const kinds = product.kinds.filter((kind) => settings.kinds === undefined || settings.kinds.includes(kind.name));
  const { protect, unprotect, ignore } = settings;
  const session = {
    root,
    environment: environment.name,
    product,
    kinds,
    server,
    settings: { protect, unprotect, ignore },
    writeConcurrency: writesAtATime(environment),
  };
  return { session, transport, connection };
}

/** Runs `work` with a connection and closes it whatever happens. */
export async function withConnection<R>(
  opening: Promise<Connected>,
  work: (connected: Connected) => Promise<R>,
): Promise<R> {
  const connected = await opening;
  try {
    return await work(connected);
  } finally {
    connected.transport.close();
  }
}
