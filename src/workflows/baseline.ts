import { canonicalise } from '../compare/canonical';
import type { AppliedArtifact, AppliedRecord } from '../history/applied-record';
import { openRepository, type Repository } from '../history/repository';
import { infoProblem, LiftlockError, type Problem } from '../model/problem';
import { artifactText } from '../model/artifact';
import { fingerprint } from '../planning/fingerprint';
import type { Environment } from '../workspace/environment';
import { withProduct, type OpenedWorkspace } from './open-workspace';
import { renderDesired, type RenderedState, type RenderSettings } from './render-desired';
import { desiredState, type State, type StateArtifact } from './states';

/** What an environment was last known to hold. */
export interface Baseline extends State {
  /** The commit applied last as a whole, or another that the record names. */
  readonly commit: string;
  /** Names of artifacts that were applied and whose files are gone: the server still has them. */
  readonly deletions: ReadonlySet<string>;
}

/** The workspace and environment that a baseline is asked for, and its files as they are now. */
export interface BaselineRequest extends OpenedWorkspace {
  readonly environment: Environment;
  readonly desired: Pick<RenderedState, 'artifacts'>;
}

/** The names of what was applied or exported; undefined when nothing is known. Reads git and renders nothing. */
export async function appliedNames(
  request: BaselineRequest,
  settings: RenderSettings,
): Promise<Set<string> | undefined> {
  const { repository } = await openRepository(request.workspace.root);
  if (!repository) return undefined;
  const record = await recordOf(request, repository, settings);
  return record && new Set([...record.artifacts.keys(), ...record.deletions.keys()]);
}

/**
 * The artifacts that were applied or exported last, each as the commit that the record names renders for the
 * environment; with the reason where there is no such state.
 */
export async function baselineOf(
  request: BaselineRequest,
  settings: RenderSettings,
): Promise<{ baseline?: Baseline; problems: Problem[] }> {
  const { workspace, environment } = request;
  const { repository, reason } = await openRepository(workspace.root);
  if (!repository) return { problems: [noBaseline(environment.name, reason.message, 'Put the workspace under git.')] };
  try {
    const record = await recordOf(request, repository, settings);
    if (!record) return { problems: [nothingKnown(environment.name)] };
    return await rendered(request, repository, record, settings);
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    return { problems: [notRendered(environment.name, 'what was applied', error)] };
  }
}

/** Says once that nothing can be called deleted or changed, and how to come to know. */
export function nothingKnown(environment: string): Problem {
  return noBaseline(
    environment,
    'nothing was applied or exported by Liftlock yet',
    `Run "liftlock apply ${environment}" or "liftlock export ${environment}" once, or fetch what others noted: git fetch origin '+refs/liftlock/*:refs/liftlock/*'.`,
  );
}

function noBaseline(environment: string, why: string, hint: string): Problem {
  const message = `Changes on the server cannot be told from changes in the files for ${environment}: ${why}`;
  return infoProblem('no-baseline', message, { environment, hint });
}

function notRendered(environment: string, what: string, error: LiftlockError): Problem {
  const why = `${what} cannot be rendered: ${error.message.split('\n')[0] ?? ''}`;
  return noBaseline(environment, why, 'Apply the current files once.');
}

/** A workspace that has the applied ref alone is read as all artifacts at that commit. */
export async function recordOf(
  request: BaselineRequest,
  repository: Repository,
  settings: RenderSettings,
): Promise<AppliedRecord | undefined> {
  const { environment } = request;
  const record = await repository.appliedRecord(environment.name);
  if (record) return record;
  const commit = await repository.applied(environment.name);
  if (commit === undefined) return undefined;
  const state = await stateAt(request, repository, commit, { ...settings, resolveSecrets: false });
  const entries = [...state.artifacts].map(([name, artifact]): [string, AppliedArtifact] => [
    name,
    { commit, content: contentOf(request, artifact), how: 'applied', at: new Date(0).toISOString() },
  ]);
  return { artifacts: new Map(entries), deletions: new Map() };
}

/** The fingerprint by which the record knows a canonical artifact. */
export function contentOf(
  { kinds }: Pick<OpenedWorkspace, 'kinds'>,
  artifact: Pick<StateArtifact, 'kind' | 'value'>,
): string {
  const kind = kinds.find(({ name }) => name === artifact.kind);
  return kind ? fingerprint(kind, artifact.value) : '';
}

async function rendered(
  request: BaselineRequest,
  repository: Repository,
  { artifacts, deletions }: AppliedRecord,
  settings: RenderSettings,
): Promise<{ baseline: Baseline; problems: Problem[] }> {
  const { environment } = request;
  const entries = [...artifacts, ...deletions];
  const found = new Map<string, StateArtifact>();
  const problems: Problem[] = [];
  for (const commit of new Set(entries.map(([, entry]) => entry.commit))) {
    const own = entries.filter(([, entry]) => entry.commit === commit);
    try {
      const state =
        commit === undefined ? uncommitted(request, own) : await stateAt(request, repository, commit, settings);
      for (const [name] of own) {
        const artifact = state.artifacts.get(name);
        if (artifact) found.set(name, artifact);
      }
    } catch (error) {
      if (!(error instanceof LiftlockError)) throw error;
      problems.push(notRendered(environment.name, `what was applied (${String(commit).slice(0, 12)})`, error));
    }
  }
  const commit = (await repository.applied(environment.name)) ?? entries.find(([, entry]) => entry.commit)?.[1].commit;
  const label = `applied to ${environment.name}`;
  const names = new Set(deletions.keys());
  return { baseline: { label, artifacts: found, problems: [], commit: commit ?? '', deletions: names }, problems };
}

/** What was not committed is known as long as its file still says the same. */
function uncommitted(
  request: BaselineRequest,
  entries: readonly [string, AppliedArtifact][],
): Pick<State, 'artifacts'> {
  const { kinds, environment, desired } = request;
  const state = desiredState(kinds, { ...desired, problems: [] }, environment.version, {}, '');
  const known = entries.flatMap(([name, { content }]): [string, StateArtifact][] => {
    const artifact = state.artifacts.get(name);
    return artifact && contentOf(request, artifact) === content ? [[name, artifact]] : [];
  });
  return { artifacts: new Map(known) };
}

async function stateAt(
  request: BaselineRequest,
  repository: Repository,
  commit: string,
  settings: RenderSettings,
): Promise<State> {
  const { workspace, environment } = request;
  const then = withProduct(await workspace.at(repository.revisionSource(commit)));
  const was = await then.workspace.environment(environment.name);
  const state = await renderDesired(then, was, {}, settings);
  return desiredState(then.kinds, state, was.version, {}, `git:${commit}:${environment.name}`);
}

/** Tells the name of every artifact of rendered files, with its canonical fingerprint. */
export function contents(request: BaselineRequest): Map<string, string> {
  const { kinds, environment, desired } = request;
  return new Map(
    desired.artifacts.flatMap((artifact): [string, string][] => {
      const kind = kinds.find(({ name }) => name === artifact.kind);
      if (!kind) return [];
      const value = canonicalise(kind, artifact.value, environment.version);
      return [[artifactText(artifact), contentOf(request, { kind: kind.name, value })]];
    }),
  );
}
