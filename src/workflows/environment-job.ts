import { artifactText, type ArtifactName } from '../model/artifact';
import { LiftlockError, type Problem } from '../model/problem';
import type { Selection } from '../model/selection';
import type { Product, ProductKind } from '../products/product';
import { productNamed } from '../products/products';
import type { Environment } from '../workspace/environment';
import { settingsProblems } from '../workspace/settings';
import { openWorkspace, type Workspace } from '../workspace/workspace';
import { connect, withConnection, type Surroundings } from './connect';
import { renderDesired, type RenderedState } from './render-desired';
import type { Session } from './session';

/** A workspace with its product: what every command starts from. */
export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly product: Product;
  /** Kinds that the workspace manages, in order of reference. */
  readonly kinds: readonly ProductKind[];
}

/** Opens the workspace around a folder; throws for every mistake in liftlock.yaml. */
export async function openProductWorkspace(folder: string): Promise<OpenedWorkspace> {
  return withProduct(await openWorkspace(folder));
}

/** The product and kinds of a workspace, also of one at a git revision. */
export function withProduct(workspace: Workspace): OpenedWorkspace {
  const { settings, settingsFile } = workspace;
  const known = { products: ['wso2-is'], kinds: productNamed('wso2-is').kinds.map((kind) => kind.name) };
  const problems = settingsProblems(settingsFile, settings, known);
  if (problems.length > 0) throw new LiftlockError(problems);
  const product = productNamed(settings.product);
  const kinds = product.kinds.filter((kind) => settings.kinds === undefined || settings.kinds.includes(kind.name));
  return { workspace, product, kinds };
}

/** What a command asks for. */
export interface JobRequest {
  readonly folder: string;
  readonly environment: string;
  readonly selection: Selection;
  /** Ask for write scopes too. */
  readonly write: boolean;
  readonly surroundings: Surroundings;
}

/** Everything that a job on one environment works with. */
export interface Job extends OpenedWorkspace {
  readonly environment: Environment;
  readonly session: Session;
  readonly desired: RenderedState;
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
  const environment = await workspace.environment(request.environment);
  const desired = await renderDesired(opened, environment, request.selection, request.surroundings);
  const names = new Set(desired.artifacts.map(artifactText));
  const inFiles = (name: ArtifactName): boolean => names.has(artifactText(name));
  const options = { ...request.surroundings, write: request.write, secrets: desired.secretValues };
  return withConnection(connect(workspace, product, environment, options), ({ session }) =>
    work({ ...opened, environment, session, desired, inFiles }),
  );
}

/** A misspelt kind in a selection would select nothing and look like success. */
export function refuseUnknownKinds(selection: Selection, kinds: readonly ProductKind[]): void {
  const known = kinds.map((kind) => kind.name);
  const problems = (selection.kinds ?? [])
    .filter((kind) => !known.includes(kind))
    .map((kind): Problem => ({
      code: 'unknown-kind',
      severity: 'error',
      message: `There is no kind "${kind}" in this workspace`,
      hint: `Kinds: ${known.join(', ')}.`,
    }));
  if (problems.length > 0) throw new LiftlockError(problems);
}
