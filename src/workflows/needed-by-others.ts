import { canonicalise } from '../compare/canonical';
import { artifactText } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { inVersions } from '../model/kind';
import { errorProblem, type Problem } from '../model/problem';
import { referencesOf, type Step } from '../planning/order';
import type { Listed, ProductKind } from '../products/product';
import type { DesiredState } from './desired';
import { FindingPlaces } from './finding-places';
import { listKind, readEach } from './live';
import type { PlannedStep } from './planned-operation';
import type { Session } from './session';
import { canonicalValues, unmetExpectations } from './unmet-expectations';

const NAMED = 3;

type Listings = ReadonlyMap<string, ReadonlyMap<string, Listed>>;

/**
 * What a plan takes away from artifacts that stay as they are: those of the files that it does not write, and those of the
 * server that have no file or are protected. A server refuses some of that, takes other artifacts along (the claims of a
 * dialect go with it: reference, 2.3.1), or lets nobody sign in any more. Artifacts whose listing tells no values are read
 * for it, only when the plan deletes, disables or removes something that they could use.
 */
export async function neededByOthers(
  session: Session,
  desired: DesiredState,
  steps: readonly PlannedStep[],
  listed: Listings,
): Promise<Problem[]> {
  const names = new Set(steps.map(nameOf));
  const { version } = session.server;
  const inFiles = canonicalValues(session.kinds, version, desired.artifacts);
  const targets = new Map([
    ...inFiles,
    ...steps.flatMap((step): [string, JsonObject][] => (step.desired ? [[nameOf(step), step.desired]] : [])),
  ]);
  const deleted = new Set(steps.filter(({ action }) => action === 'delete').map(nameOf));
  const places = new FindingPlaces(desired);
  const needing = new Map<string, string[]>();
  const problems: Problem[] = [];
  const judge = (kind: ProductKind, key: string, value: JsonObject): void => {
    const name = artifactText({ kind: kind.name, key });
    for (const target of neededBy(kind, value))
      if (deleted.has(target)) needing.set(target, [...(needing.get(target) ?? []), name]);
    problems.push(...unmetExpectations(kind, key, value, targets, places, { environment: session.environment }));
  };
  for (const kind of session.product.kinds.filter((each) => inVersions(version, each) && isConcerned(each, steps))) {
    const items = listed.get(kind.name) ?? (await listKind(session.server, kind));
    // What is written or deleted by the plan itself is judged by what becomes of it.
    const others = [...items.values()].filter(({ key }) => !names.has(artifactText({ kind: kind.name, key })));
    const unknown: Listed[] = [];
    for (const item of others) {
      const value = inFiles.get(artifactText({ kind: kind.name, key: item.key }));
      if (value) judge(kind, item.key, value);
      else if (item.value) judge(kind, item.key, canonicalise(kind, item.value, version));
      else unknown.push(item);
    }
    await readEach<void>(session.server, kind, unknown, {
      work: (live) => live && judge(kind, live.key, live.value),
      // It is named as unreadable wherever it counts by itself.
      unreadable: () => undefined,
    });
  }
  for (const step of steps) {
    if (step.desired)
      problems.push(
        ...unmetExpectations(kindOf(session, step), step.key, step.desired, targets, places, {
          environment: session.environment,
        }),
      );
  }
  return [...[...needing].map(([target, others]) => problem(session.environment, target, others.sort())), ...problems];
}

function kindOf({ product }: Session, { kind }: PlannedStep): ProductKind {
  const found = product.kinds.find(({ name }) => name === kind.name);
  if (!found) throw new TypeError(`no kind ${kind.name}`);
  return found;
}

/** Whether artifacts of a kind could miss what the plan takes away. */
function isConcerned(kind: ProductKind, steps: readonly PlannedStep[]): boolean {
  const targets = new Set(steps.filter(takesAway).map((step) => step.kind.name));
  return mayNeed(kind, steps) || (kind.expects !== undefined && kind.references.some((rule) => targets.has(rule.kind)));
}

/** An update that removes something or switches it off. */
function takesAway({ action, settled }: PlannedStep): boolean {
  return (
    action === 'update' && (settled?.differences ?? []).some(({ change, to }) => change === 'remove' || to === false)
  );
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
