import { canonicalise } from '../compare/canonical';
import { artifactText } from '../model/artifact';
import { inVersions } from '../model/kind';
import { errorProblem, type Problem } from '../model/problem';
import { referencesOf, type Step } from '../planning/order';
import type { Listed, ProductKind } from '../products/product';
import { listKind } from './live';
import type { Session } from './session';

const NAMED = 3;

/**
 * Deletions of what artifacts that stay cannot be without. A server refuses them, or deletes those artifacts as well (the
 * claims of a dialect go with it: reference, 2.3.1), and no plan may delete what it does not show. Kinds that are not part
 * of the plan are listed for this; kinds whose listing tells no values are left to the server, which refuses.
 */
export async function neededByOthers(
  session: Session,
  steps: readonly Step[],
  listed: ReadonlyMap<string, ReadonlyMap<string, Listed>>,
): Promise<Problem[]> {
  const names = new Set(steps.map(nameOf));
  const deleted = new Set(steps.filter(({ action }) => action === 'delete').map(nameOf));
  const kinds = session.product.kinds.filter(
    (kind) => inVersions(session.server.version, kind) && mayNeed(kind, steps),
  );
  const needing = new Map<string, string[]>();
  for (const kind of kinds) {
    const items = listed.get(kind.name) ?? (await listKind(session.server, kind));
    for (const { key, value } of items.values()) {
      const name = artifactText({ kind: kind.name, key });
      // What is written or deleted by the plan itself is judged by what becomes of it.
      if (!value || names.has(name)) continue;
      for (const target of neededBy(kind, canonicalise(kind, value, session.server.version)))
        if (deleted.has(target)) needing.set(target, [...(needing.get(target) ?? []), name]);
    }
  }
  return [...needing].map(([target, others]) => problem(session.environment, target, others.sort()));
}

function mayNeed(kind: ProductKind, steps: readonly Step[]): boolean {
  return kind.references.some(
    (rule) => rule.mustExist && steps.some((step) => step.action === 'delete' && step.kind.name === rule.kind),
  );
}

function neededBy(kind: ProductKind, value: NonNullable<Listed['value']>): string[] {
  return referencesOf(kind, value)
    .filter(({ mustExist }) => mustExist)
    .map(artifactText);
}

function nameOf(step: Step): string {
  return artifactText({ kind: step.kind.name, key: step.key });
}

function problem(environment: string, target: string, others: readonly string[]): Problem {
  const named = others.slice(0, NAMED).join(', ');
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
  const need = others.length === 1 ? 'needs it and stays' : 'need it and stay';
  return errorProblem('still-needed', `${target} cannot be deleted in ${environment}: ${named}${more} ${need}`, {
    artifact: target,
    environment,
    hint: 'Give it a file again, or let the same plan delete the others: without files, selected, and not protected.',
  });
}
