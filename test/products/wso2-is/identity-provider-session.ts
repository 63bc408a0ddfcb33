import { canonicalise } from '../../../src/compare/canonical';
import type { JsonObject } from '../../../src/model/json';
import { keyOf } from '../../../src/model/kind';
import { settle } from '../../../src/planning/settle';
import type { Change, ProductKind, Server, WriteRequest } from '../../../src/products/product';
import { createServer } from '../../../src/products/server';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox';
import type { Seed } from '../../../src/sandbox/seeding';
import type { Version } from '../../../src/sandbox/versions';
import { createTransport } from '../../../src/transport/transport';
import { wso2Is } from '../../../src/products/wso2-is/product';

/** Live and canonical, as the planner has it. */
interface Seen {
  readonly id: string;
  readonly current: JsonObject;
  readonly live: JsonObject;
  readonly confidential: readonly string[];
}

/** A sandbox with a kind's calls made against it through the real transport. */
export interface KindSession {
  readonly sandbox: RunningSandbox;
  readonly server: Server;
  /** What the server has under a key, read as the product reads it. */
  see(kind: ProductKind, key: string): Promise<Seen | undefined>;
  /** Makes the server hold the value; says which writes that took, such as `PUT …/claims`. */
  save(kind: ProductKind, file: JsonObject): Promise<string[]>;
  remove(kind: ProductKind, key: string): Promise<string[]>;
  send(requests: readonly WriteRequest[], id?: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openKinds(version: Version = '7.1', seed?: Seed): Promise<KindSession> {
  const sandbox = await startSandbox({ version, journalBodies: true, ...(seed ? { seed } : {}) });
  const transport = await createTransport(
    {
      environment: 'test',
      url: sandbox.url,
      tenant: 'carbon.super',
      auth: { type: 'client-credentials', clientId: 'liftlock', clientSecret: 'liftlock-sandbox' },
    },
    { scopes: Object.values(wso2Is.scopes(version)).flat() },
  );
  const server = createServer({ environment: 'test', version: version === 'next' ? '7.4' : version }, transport);

  const see = async (kind: ProductKind, key: string): Promise<Seen | undefined> => {
    const fresh = server.fresh();
    const listed = (await kind.calls.list(fresh)).find((item) => item.key === key);
    const read = listed && (await kind.calls.read(fresh, listed));
    if (!read) return undefined;
    const live = canonicalise(kind, read.value, server.version);
    return { id: read.id, current: read.value, live, confidential: read.confidential ?? [] };
  };

  const send = async (requests: readonly WriteRequest[], known?: string): Promise<string | undefined> => {
    let id = known;
    for (const { method, path, query, body, creates } of requests) {
      const place = path.map((segment) => (segment === '{id}' ? (id ?? '') : segment));
      const answer = await transport.send({ method, path: place, query, body });
      if (creates) id = decodeURIComponent(answer.headers.location?.split('/').at(-1) ?? '');
    }
    return id;
  };

  const writesOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    sandbox.journal.clear();
    await work();
    return sandbox.journal.writes().map(({ method, path }) => `${method} ${shortened(path)}`);
  };

  const change = (kind: ProductKind, key: string, parts: Partial<Change>): Change => ({
    kind: kind.name,
    key,
    desired: {},
    differences: [],
    version: server.version,
    ids: new Map(),
    ...parts,
  });

  const save = async (kind: ProductKind, file: JsonObject): Promise<string[]> => {
    const key = keyOf(kind, file) ?? '';
    const wanted = canonicalise(kind, file, server.version);
    const seen = await see(kind, key);
    if (!seen) return writesOf(() => send(kind.calls.create(change(kind, key, { desired: wanted }))));
    const { live, current, confidential } = seen;
    const { desired, differences } = settle(kind, live, wanted, { ignored: [], unknownSecrets: [], confidential });
    if (differences.length === 0) return [];
    return writesOf(() => send(kind.calls.update(change(kind, key, { desired, live, current, differences })), seen.id));
  };

  const remove = async (kind: ProductKind, key: string): Promise<string[]> => {
    const seen = await see(kind, key);
    return writesOf(() => send(kind.calls.remove(change(kind, key, { live: seen?.live })), seen?.id));
  };

  const close = async (): Promise<void> => {
    transport.close();
    await sandbox.close();
  };
  return { sandbox, server, see, save, remove, send, close };
}

/** The path without what is the same in all of them. */
function shortened(path: string): string {
  return path
    .replace(/^(?:\/t\/carbon\.super)?\/api\/server\/v1\//, '')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}');
}
