import { isObject, type Json } from '../../../../src/model/json';
import { startSandbox, type RunningSandbox } from '../../../../src/sandbox/sandbox';
import { withScim } from '../../../../src/sandbox/server-configs/scim';
import type { WorldState } from '../../../../src/sandbox/state';
import type { Version } from '../../../../src/sandbox/versions';
import type { Candidate } from '../../../differential/run';
import { Server } from '../../../differential/server';

/** A sandbox to compare with a real server, and how to end it. */
export interface ComparedSandbox extends Candidate {
  readonly sandbox: RunningSandbox;
}

/**
 * Starts a sandbox with what the release ships, but for the portals: no real server of this lane has their applications.
 * Scopes are answered, and users come in by SCIM, as on a server to which something was written: an emptied one is such.
 */
export async function startWithoutPortals(release: Version): Promise<ComparedSandbox> {
  const shipped = await startSandbox({ version: release });
  const state = shipped.snapshot() as unknown as WorldState;
  const resident = withScim(state.resident, {});
  const content = { ...state, applications: [], servesConfiguredScopes: false, resident };
  await shipped.close();
  const sandbox = await startSandbox({ version: release, content });
  return { release, sandbox, server: new Server({ url: sandbox.url, user: 'admin', password: 'admin' }) };
}

export async function stop(sandboxes: readonly ComparedSandbox[]): Promise<void> {
  await Promise.all(
    sandboxes.map(({ sandbox, server }) => {
      server.close();
      return sandbox.close();
    }),
  );
}

/** The URIs of the local claims that a server has. */
export async function localClaims(server: Server): Promise<ReadonlySet<string>> {
  const { body } = await server.send({ method: 'GET', path: '/claim-dialects/local/claims' });
  return new Set((Array.isArray(body) ? body : []).flatMap((claim) => text(claim, 'claimURI')));
}

/** Deletes all applications and identity providers of a server. */
export async function clear(server: Server): Promise<void> {
  for (const [path, list] of [
    ['/applications', 'applications'],
    ['/identity-providers', 'identityProviders'],
  ] as const) {
    const { body } = await server.send({ method: 'GET', path: `${path}?limit=100` });
    const items = isObject(body) ? body[list] : undefined;
    const ids = new Set((Array.isArray(items) ? items : []).flatMap((item) => text(item, 'id')));
    for (const id of ids) await server.send({ method: 'DELETE', path: `${path}/${id}` });
  }
}

function text(item: Json, field: string): string[] {
  const value = isObject(item) ? item[field] : undefined;
  return typeof value === 'string' ? [value] : [];
}
