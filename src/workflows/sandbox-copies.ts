import { artifactText } from '../model/artifact';
import { failure, type Problem } from '../model/problem';
import type { Remark } from '../model/plan';
import type { RunningSandbox, SandboxOptions } from '../sandbox/sandbox';
import type { WorldState } from '../sandbox/state';
import { resolveEnvironment } from '../workspace/connection';
import type { Environment } from '../workspace/environment';
import { connect, withConnection, type Surroundings } from './connect';
import { withCopy, type CopiedSession } from './copy-server';
import { copyOfFiles, copyOfServer, readServer, type EnvironmentCopy, type ServerContent } from './environment-copy';
import { lackingInCopy, mendCopy } from './mend-copy';
import { openProductWorkspace, type OpenedWorkspace } from './open-workspace';
import { renderDesired, type RenderedState } from './render-desired';

/** What a server of the sandbox begins with. */
export interface SandboxCopy {
  readonly environment: string;
  readonly begins: Pick<SandboxOptions, 'version' | 'tenant' | 'hashedSecrets' | 'content' | 'seed'>;
  /** What the environment has and the copy has not. */
  readonly notCopied: readonly Remark[];
}

/** Copies environments (`ENV`) or what their files say (`files:ENV`), for sandboxes to begin with. Writes to no server. */
export async function copiesOf(
  folder: string,
  names: readonly string[],
  surroundings: Surroundings,
): Promise<SandboxCopy[]> {
  const environments = names.map((name) => name.replace(/^files:/, ''));
  const twice = environments.find((name, index) => environments.indexOf(name) !== index);
  if (twice !== undefined) {
    throw failure('usage', `${twice} is copied twice`, { hint: 'Give each environment to --from once.' });
  }
  const opened = await openProductWorkspace(folder);
  const copies: SandboxCopy[] = [];
  for (const name of names) copies.push(await copyOf(opened, name, surroundings));
  return copies;
}

/** What whoever starts copies has to know: what is not in them, by reason, and who can see what is. */
export function notesOf(copies: readonly SandboxCopy[]): Problem[] {
  const lacking = copies.flatMap(({ environment, notCopied }) => {
    const whys = [...new Set(notCopied.map(({ why }) => why))];
    return whys.map((why) => {
      const named = notCopied.filter((remark) => remark.why === why);
      const names = named.map((remark) => [artifactText(remark), remark.path].filter(Boolean).join(' '));
      return note('not-copied', `${environment}: ${why}: ${names.join(', ')}`);
    });
  });
  return [
    ...lacking,
    note(
      'copied-secrets',
      'The copies hold what the servers show, secrets too; everybody on this machine can ask them.',
    ),
  ];
}

function note(code: string, message: string): Problem {
  return { code, message, severity: 'info' };
}

async function copyOf(opened: OpenedWorkspace, from: string, surroundings: Surroundings): Promise<SandboxCopy> {
  const { workspace } = opened;
  const isFiles = from.startsWith('files:');
  const environment = await workspace.environment(isFiles ? from.slice('files:'.length) : from);
  const desired = await renderDesired(opened, environment, {}, surroundings);
  return isFiles
    ? copyFiles(opened, environment, desired, surroundings)
    : copyServer(opened, environment, desired, surroundings);
}

function copyServer(
  { workspace, product }: OpenedWorkspace,
  environment: Environment,
  desired: RenderedState,
  surroundings: Surroundings,
): Promise<SandboxCopy> {
  const options = { ...surroundings, write: false, referents: true, secrets: desired.secretValues };
  return withConnection(connect(workspace, product, environment, options), async ({ session, connection }) => {
    const original = await readServer(session.server, product, product.kinds);
    const about = { product, kinds: product.kinds, version: environment.version };
    const copy = copyOfServer(original, about, desired);
    const server = { tenant: connection.tenant, signal: surroundings.signal, secrets: desired.secretValues };
    return keep(session, copy, server, original);
  });
}

function copyFiles(
  { workspace, product, kinds }: OpenedWorkspace,
  environment: Environment,
  desired: RenderedState,
  { signal, variables }: Surroundings,
): Promise<SandboxCopy> {
  const { name, version } = environment;
  const copy = copyOfFiles(desired, { product, kinds: product.kinds, version });
  const settings = { protect: [], unprotect: [], ignore: [] };
  const session = { root: workspace.root, environment: name, product, kinds, settings, server: { version } };
  // Without a placeholder in the tenant no credentials are needed.
  const tenant = environment.tenant.includes('{{')
    ? resolveEnvironment(environment, variables).tenant
    : environment.tenant;
  return keep(session, copy, { tenant, signal, secrets: desired.secretValues });
}

/** Makes the copy once, completes it, and takes what it then has. */
function keep(
  session: CopiedSession,
  copy: EnvironmentCopy,
  server: { readonly tenant: string; readonly signal: AbortSignal; readonly secrets: readonly string[] },
  original?: ServerContent,
): Promise<SandboxCopy> {
  const { environment, product } = session;
  return withCopy(session, copy, server, async (copied, sandbox) => {
    const read = (): Promise<ServerContent> => readServer(copied.server.fresh(), product, product.kinds);
    if (original) await mendCopy(copied, product.kinds, original, await read());
    const lacking = original
      ? lackingInCopy(product.kinds, original, await read(), sandbox.refusals)
      : [...sandbox.refusals];
    const { version, hashedSecrets } = copy;
    return {
      environment,
      begins: { version, tenant: server.tenant, hashedSecrets, content: contentOf(sandbox) },
      notCopied: [...copy.notCopied, ...lacking],
    };
  });
}

function contentOf(sandbox: RunningSandbox): WorldState {
  return sandbox.snapshot() as unknown as WorldState;
}
