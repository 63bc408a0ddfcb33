import { artifactText, type ArtifactName } from '../model/artifact';
import type { Selection } from '../model/selection';
import type { Environment } from '../workspace/environment';
import { connect, withConnection, type Surroundings } from './connect';
import { watchFiles, type FilesRead } from './files-read';
import { openProductWorkspace, refuseUnknownKinds, type OpenedWorkspace } from './open-workspace';
import { renderDesired, type RenderedState } from './render-desired';
import type { Session } from './session';

/** What a command asks for. */
export interface JobRequest {
  readonly folder: string;
  readonly environment: string;
  readonly selection: Selection;
  /** Ask for write scopes too. */
  readonly write: boolean;
  /** Ask for the scopes to read what artifacts refer to, too. */
  readonly referents?: boolean;
  readonly surroundings: Surroundings;
}

/** Everything that a job on one environment works with. */
export interface Job extends OpenedWorkspace {
  readonly environment: Environment;
  readonly session: Session;
  readonly desired: RenderedState;
  /** Of a job that writes: the state of git when its files were read; absent without git. */
  readonly filesRead?: FilesRead;
  /** Tells whether an artifact has a file. */
  inFiles(name: ArtifactName): boolean;
}

/**
 * Opens workspace and environment, renders and checks all files, signs in, and runs `work`. All mistakes in files are
 * reported together before the first request; the connection is closed whatever happens.
 */
export async function withEnvironment<R>(request: JobRequest, work: (job: Job) => Promise<R>): Promise<R> {
  const opened = await openProductWorkspace(request.folder);
  const { workspace, product } = opened;
  refuseUnknownKinds(request.selection, opened.kinds);
  const filesRead = request.write ? await watchFiles(workspace.root) : undefined;
  const environment = await workspace.environment(request.environment);
  const desired = await renderDesired(opened, environment, request.selection, request.surroundings);
  const read = await filesRead?.();
  const names = new Set(desired.artifacts.map(artifactText));
  const inFiles = (name: ArtifactName): boolean => names.has(artifactText(name));
  const { write, referents = false } = request;
  const options = { ...request.surroundings, write, referents, secrets: desired.secretValues };
  return withConnection(connect(workspace, product, environment, options), ({ session }) =>
    work({ ...opened, environment, session, desired, inFiles, ...(read ? { filesRead: read } : {}) }),
  );
}
