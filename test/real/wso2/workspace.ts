import { makeWorkspace, type Workspace } from '../../e2e/harness';
import type { RealServer } from './requests';

/** A workspace for real servers, lowest environment first; the command line has to be built. */
export async function realWorkspace(
  root: string,
  servers: Readonly<Record<string, RealServer>>,
  extras: Readonly<Record<string, unknown>> = {},
): Promise<Workspace> {
  const addresses = Object.fromEntries(Object.entries(servers).map(([name, { url }]) => [name, url]));
  const workspace = await makeWorkspace(root, addresses);
  for (const [name, { url, ca, user, password, version }] of Object.entries(servers)) {
    const settings = { url, version, auth: { type: 'basic', username: user, password }, tls: { ca }, ...extras };
    await workspace.write(`environments/${name}.yaml`, JSON.stringify(settings, undefined, 2));
  }
  return workspace;
}
