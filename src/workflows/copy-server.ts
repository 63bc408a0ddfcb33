import { randomBytes } from 'node:crypto';
import type { Server } from '../products/product';
import { createServer } from '../products/server';
import type { SandboxOptions, RunningSandbox } from '../sandbox/sandbox';
import { startSandbox } from '../sandbox/sandbox';
import { createTransport } from '../transport/transport';
import type { EnvironmentCopy } from './environment-copy';
import type { Session } from './session';

const CLIENT_ID = 'liftlock';

/** How a sandbox is started that holds a copy. */
function copyOptions(copy: EnvironmentCopy, tenant: string): SandboxOptions {
  return { version: copy.version, tenant, copy: copy.copy, hashedSecrets: copy.hashedSecrets };
}

/** A session but for its server, of which only who asks it and its version count. */
export type CopiedSession = Omit<Session, 'server'> & { readonly server: Pick<Server, 'version' | 'ownClientId'> };

/**
 * Starts a copy on a free loopback port and runs `work` with a session that differs from the given one in its server only.
 * The copy holds secrets, so only this process can sign in to it. It is stopped whatever happens.
 */
export async function withCopy<R>(
  original: CopiedSession,
  copy: EnvironmentCopy,
  options: { readonly tenant: string; readonly signal: AbortSignal; readonly secrets: readonly string[] },
  work: (session: Session, sandbox: RunningSandbox) => Promise<R>,
): Promise<R> {
  const clientSecret = randomBytes(24).toString('base64url');
  const sandbox = await startSandbox({
    ...copyOptions(copy, options.tenant),
    clients: [{ clientId: CLIENT_ID, clientSecret, scopes: 'all' }],
    users: [],
    withoutControls: true,
  });
  try {
    return await signedIn(original, sandbox, { ...options, clientSecret }, work);
  } finally {
    await sandbox.close();
  }
}

async function signedIn<R>(
  original: CopiedSession,
  sandbox: RunningSandbox,
  options: {
    readonly tenant: string;
    readonly signal: AbortSignal;
    readonly secrets: readonly string[];
    readonly clientSecret: string;
  },
  work: (session: Session, sandbox: RunningSandbox) => Promise<R>,
): Promise<R> {
  const { environment, product, server } = original;
  const { tenant, signal, secrets, clientSecret } = options;
  const { read, write } = product.scopes(server.version);
  const transport = await createTransport(
    {
      environment: `the copy of ${environment}`,
      url: sandbox.url,
      tenant,
      auth: { type: 'client-credentials', clientId: CLIENT_ID, clientSecret },
      proxy: false,
    },
    { scopes: [...read, ...write, ...product.referents.scopes(server.version)], signal, secrets: [...secrets] },
  );
  const { version, ownClientId } = server;
  const own = ownClientId === undefined ? {} : { ownClientId };
  try {
    return await work({ ...original, server: createServer({ environment, version, ...own }, transport) }, sandbox);
  } finally {
    transport.close();
  }
}
