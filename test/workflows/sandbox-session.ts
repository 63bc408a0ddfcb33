import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { minimise } from '../../src/compare/canonical';
import { artifactText } from '../../src/model/artifact';
import type { JsonObject } from '../../src/model/json';
import type { Plan, RunResult } from '../../src/model/plan';
import { createServer } from '../../src/products/server';
import { wso2Is } from '../../src/products/wso2-is/product';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../src/sandbox/sandbox';
import { createTransport } from '../../src/transport/transport';
import { applyPlan } from '../../src/workflows/apply';
import type { DesiredState } from '../../src/workflows/desired';
import { makePlan } from '../../src/workflows/plan';
import type { Ownership, Session } from '../../src/workflows/session';
import { readState } from '../../src/workflows/states';

/** A sandbox of its own for a test, with a session that is signed in to it. */
export interface TestServer {
  readonly sandbox: RunningSandbox;
  readonly session: Session;
  close(): Promise<void>;
}

export async function openTestServer(
  options: SandboxOptions = {},
  settings: Partial<Ownership> = {},
): Promise<TestServer> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const root = await mkdtemp(path.join(tmpdir(), 'liftlock-test-'));
  const auth = { type: 'client-credentials' as const, clientId: 'liftlock', clientSecret: 'liftlock-sandbox' };
  const version = options.version === 'next' ? '7.4' : (options.version ?? '7.1');
  const scopes = wso2Is.scopes(version);
  const transport = await createTransport(
    { environment: 'test', url: sandbox.url, tenant: 'carbon.super', auth },
    { scopes: [...scopes.read, ...scopes.write, ...wso2Is.referents.scopes(version)] },
  );
  const session: Session = {
    root,
    environment: 'test',
    product: wso2Is,
    kinds: wso2Is.kinds,
    server: createServer({ environment: 'test', version }, transport),
    settings: { protect: [], unprotect: [], ignore: [], ...settings },
  };
  const close = async (): Promise<void> => {
    transport.close();
    await sandbox.close();
    await rm(root, { recursive: true, force: true });
  };
  return { sandbox, session, close };
}

/** What a server has, as files would hold it. */
export async function exported(session: Session): Promise<DesiredState> {
  const state = await readState(session, {}, { inFiles: () => false });
  const kinds = new Map(session.kinds.map((kind) => [kind.name, kind]));
  const artifacts = [...state.artifacts.values()].map(({ kind, key, value }) => {
    const table = kinds.get(kind);
    if (!table) throw new Error(`unknown kind ${kind}`);
    return {
      kind,
      key,
      value: minimise(table, value, session.server.version),
      file: `${kind}/${key}.yaml`,
      unknownSecrets: [],
    };
  });
  return { artifacts, problems: [] };
}

/** Every artifact of a server by name, in canonical form. */
export async function stateOf(session: Session): Promise<Record<string, JsonObject>> {
  const state = await readState({ ...session, server: session.server.fresh() }, {}, { inFiles: () => false });
  return Object.fromEntries([...state.artifacts.values()].map((artifact) => [artifactText(artifact), artifact.value]));
}

export async function planFor(session: Session, desired: DesiredState, prune = false): Promise<Plan> {
  return makePlan({ ...session, server: session.server.fresh() }, desired, { selection: {}, prune });
}

export async function apply(
  session: Session,
  desired: DesiredState,
  prune = false,
): Promise<{ plan: Plan; result: RunResult }> {
  const plan = await planFor(session, desired, prune);
  const result = await applyPlan(session, desired, plan, { now: new Date(0) });
  return { plan, result };
}
