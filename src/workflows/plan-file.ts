import { planSchema } from '../reports/schema';
import { readFile } from 'node:fs/promises';
import { artifactText } from '../model/artifact';
import type { Operation, Plan } from '../model/plan';
import { EXIT, errorProblem, failure, LiftlockError, type Problem } from '../model/problem';
import { systemErrorCode } from '../model/system-error';
import { fileFailure } from '../workspace/file-errors';

/** Reads a plan made by `plan --out`; throws with what is wrong for anything else. */
export async function readPlanFile(file: string): Promise<Plan> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = systemErrorCode(error);
    const why = code === undefined ? undefined : WHY[code];
    if (why === undefined) throw fileFailure(error, file, 'read');
    throw failure('plan-file', `Cannot read the plan ${file}: ${why}`, {
      hint: 'Make one with "liftlock plan ENV --out FILE".',
    });
  });
  const parsed = planSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data as Plan;
  const first = parsed.error.issues[0];
  const where = first ? ` (${first.path.join('.') || 'the whole file'}: ${words(first.message)})` : '';
  throw failure('plan-file', `${file} is not a plan of this version of Liftlock${where}`, {
    hint: 'Make a new one with "liftlock plan ENV --out FILE"; plans are not meant to be edited.',
  });
}

const WHY: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };

/** Refuses to write a plan over something else: a slip after --out must not cost a file. To be called before the work. */
export async function refuseOtherThanPlan(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined || text === '') return;
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && 'operations' in value) return;
  throw failure('file-in-the-way', `${file} is there already and is no plan`, {
    place: { file },
    hint: 'Give another name after --out, or move the file.',
  });
}

/** Zod's words for a field that is not there are not a user's. */
function words(message: string): string {
  return /received undefined$/.test(message) ? 'missing or not JSON' : message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * A reviewed plan is applied only to the states that it was made from (design, invariant 5): environment, version, files
 * and server. Returns the reviewed plan; throws with every artifact that has moved since (exit code 3).
 */
export function refuseOtherPlan(reviewed: Plan, fresh: Plan): Plan {
  const about = headProblems(reviewed, fresh);
  // Nothing in a plan for another environment fits; that once is enough.
  const problems =
    about.length > 0
      ? about
      : reviewed.operations.flatMap((operation) => operationProblems(operation, reviewed, fresh));
  if (problems.length > 0) throw new LiftlockError(problems, EXIT.refused);
  const names = new Set(reviewed.operations.map(artifactText));
  return { ...fresh, operations: fresh.operations.filter((operation) => names.has(artifactText(operation))) };
}

const AGAIN = 'Nothing was written. Make a new plan and have it reviewed.';

function headProblems(reviewed: Plan, fresh: Plan): Problem[] {
  return (['environment', 'product', 'version'] as const)
    .filter((field) => reviewed[field] !== fresh[field])
    .map((field) =>
      errorProblem('other-plan', `The plan was made for ${field} "${reviewed[field]}", not "${fresh[field]}"`, {
        hint: AGAIN,
      }),
    );
}

function operationProblems(operation: Operation, reviewed: Plan, fresh: Plan): Problem[] {
  const now = fresh.operations.find((candidate) => artifactText(candidate) === artifactText(operation));
  const about = { artifact: artifactText(operation), environment: fresh.environment, hint: AGAIN };
  if (!now)
    return [errorProblem('moved', `${about.artifact} no longer differs as planned in ${fresh.environment}`, about)];
  if (now.fingerprint.live !== operation.fingerprint.live) {
    return [
      errorProblem('moved', `${about.artifact} was changed in ${fresh.environment} since the plan was made`, about),
    ];
  }
  if (now.fingerprint.desired !== operation.fingerprint.desired || now.action !== operation.action) {
    return [errorProblem('moved', `The files of ${about.artifact} were changed since the plan was made`, about)];
  }
  const planned = new Set(reviewed.operations.map(artifactText));
  const other = now.dependsOn.find((name) => !planned.has(name));
  if (other === undefined) return [];
  return [errorProblem('moved', `${about.artifact} has come to depend on ${other}, which is not in the plan`, about)];
}
