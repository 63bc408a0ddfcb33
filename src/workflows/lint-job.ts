import { isMask } from '../model/kind';
import { forEachLeaf, parseLists } from '../model/lists';
import { LiftlockError, type Problem } from '../model/problem';
import type { LintReport } from '../model/report';
import { selects, type Selection } from '../model/selection';
import { secretTest } from '../compare/differences';
import { formatPath } from '../model/path';
import type { ProductKind } from '../products/product';
import { loadTemplates } from '../workspace/artifacts';
import { placeOfPath } from '../workspace/validate';
import type { Template } from '../workspace/template';
import { openProductWorkspace, refuseUnknownKinds } from './open-workspace';
import { lintDesired, literalSecret, mergeFindings } from './lint';
import { renderDesired } from './render-desired';
import { duplicatesInFiles } from './unique-problems';

export interface LintRequest {
  readonly folder: string;
  readonly selection: Selection;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Checks the files for every environment, offline. Mistakes that stop rendering are part of the report, not thrown. */
export async function lintWorkspace(request: LintRequest): Promise<LintReport> {
  const opened = await openProductWorkspace(request.folder);
  refuseUnknownKinds(request.selection, opened.kinds);
  const { workspace, kinds, product } = opened;
  const isSelected = selects(request.selection);
  const { templates } = await loadTemplates(workspace.source, kinds, product.kinds);
  const found: { environment: string; problems: Problem[] }[] = [];
  for (const name of workspace.settings.environments) {
    found.push({ environment: name, problems: await problemsFor(name) });
  }
  const secrets = templates.filter(isSelected).flatMap((template) => literalSecrets(kinds, template));
  const problems = [...secrets, ...mergeFindings(found)];
  return { format: 1, files: templates.length, problems };

  async function problemsFor(name: string): Promise<Problem[]> {
    try {
      const environment = await workspace.environment(name);
      const settings = { variables: request.variables, resolveSecrets: false };
      const desired = await renderDesired(opened, environment, request.selection, settings);
      const chosen = { ...desired, artifacts: desired.artifacts.filter(isSelected) };
      const duplicates = duplicatesInFiles(kinds, environment, desired, request.selection);
      return [...desired.problems, ...duplicates, ...lintDesired(kinds, environment, chosen)];
    } catch (error) {
      if (error instanceof LiftlockError) return [...error.problems];
      throw error;
    }
  }
}

/** Secrets that stand in a template as they are, not as a placeholder. */
function literalSecrets(kinds: readonly ProductKind[], template: Template): Problem[] {
  const kind = kinds.find((candidate) => candidate.name === template.kind);
  if (!kind) return [];
  const isSecret = secretTest(kind);
  const problems: Problem[] = [];
  forEachLeaf(template.value, parseLists(kind.lists), (path, value) => {
    const literal = typeof value === 'string' && value !== '' && !value.includes('{{secret:') && !isMask(value);
    if (literal && isSecret(path))
      problems.push(literalSecret(template, formatPath(path), placeOfPath(kind, template, path)));
  });
  return problems;
}
