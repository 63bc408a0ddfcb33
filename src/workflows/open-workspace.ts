import { artifactText, type ArtifactName } from '../model/artifact';
import { nearest } from '../model/nearest';
import { failure, LiftlockError, type Problem } from '../model/problem';
import type { Selection } from '../model/selection';
import type { Product, ProductKind } from '../products/product';
import { productNamed } from '../products/products';
import { settingsProblems } from '../workspace/settings';
import { openWorkspace, type Workspace } from '../workspace/workspace';

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

/** A pattern that matches nothing is most probably misspelt: doing nothing would look like success. */
export function refuseEmptySelection(
  selection: Selection,
  count: number,
  known: readonly (ArtifactName & { readonly file: string })[] = [],
): void {
  if (count > 0 || !selection.only?.length) return;
  const meant = selection.only.length === 1 ? meantBy(selection.only[0] ?? '', known) : undefined;
  const otherwise = 'Write it as kind/key, such as "application/Travel Portal"; * stands for any text.';
  throw failure('nothing-selected', `No artifact matches ${selection.only.join(', ')}`, {
    hint: meant === undefined ? otherwise : `Did you mean "${meant}"?`,
  });
}

/** The artifact whose file, key or name is nearest to a pattern that matches none. */
function meantBy(pattern: string, known: readonly (ArtifactName & { readonly file: string })[]): string | undefined {
  const byFile = known.find(({ file }) => file === pattern);
  if (byFile) return artifactText(byFile);
  const slash = pattern.indexOf('/');
  const kind = nearest(pattern.slice(0, Math.max(slash, 0)), new Set(known.map((name) => name.kind)));
  const candidates = known.filter((name) => kind === undefined || name.kind === kind);
  const key = nearest(
    kind === undefined ? pattern : pattern.slice(slash + 1),
    new Set(candidates.map(({ key }) => key)),
  );
  const found = candidates.find((name) => name.key === key);
  return found && artifactText(found);
}
