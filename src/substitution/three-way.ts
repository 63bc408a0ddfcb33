import type { ArtifactName } from '../model/artifact';
import type { Json } from '../model/json';
import type { Patch } from '../workspace/patch';
import { merge, type Loss } from './merge';
import { sameValue } from './same';
import type { RenderProblem, Scope } from './scope';
import type { Shape } from './shape';
import { meaningOf, sidesOf, type ParameteriseOptions, type Sides } from './sides';
import type { SecretValues } from './template-value';

/** A committed value, what the server has, and what both are. */
export interface ThreeWay {
  readonly artifact: ArtifactName;
  readonly template: Json;
  readonly live: Json;
  readonly scope: Scope;
  readonly shape: Shape;
  readonly options: ParameteriseOptions;
}

/** How a template has to change. Without a patch it says what the server has already, or cannot be rendered (`errors`). */
export interface Step {
  readonly patch?: Patch;
  readonly losses: readonly Loss[];
  readonly errors: readonly RenderProblem[];
  readonly kept: Sides['kept'];
  /** What the changed template has to mean (`Sides.live`). */
  readonly aim: Json;
}

/** A change can bring in another default, which takes one more look; more than this never helps. */
export const MOST_STEPS = 4;

/** Compares template, its value for this environment, and live, leaf by leaf. Pure. */
export function threeWayStep({ artifact, template, live, scope, shape, options }: ThreeWay): Step {
  const sides = sidesOf(shape, template, live, artifact, scope, options);
  const errors = sides.problems.filter(({ severity }) => severity === 'error');
  const { kept } = sides;
  if (errors.length > 0) return { losses: [], errors, kept: [], aim: sides.live };
  if (sameValue(sides.desired, sides.live, [], shape.lists)) return { losses: [], errors, kept, aim: sides.live };
  const { lists, order } = shape;
  const context = { lists, order, scope, secrets: secretsInTexts(sides, scope) };
  const node = { ...sides, template, minimal: shape.minimal(sides.live), path: [], place: [] };
  return { ...merge(node, context), errors, kept, aim: sides.live };
}

/** Whether a changed template means what it had to: that is the rule, and found out faster than another step. Pure. */
export function hasArrived({ artifact, template, live, scope, shape, options }: ThreeWay, aim: Json): boolean {
  const { desired, problems } = meaningOf(shape, template, live, artifact, scope, options);
  return !problems.some(({ severity }) => severity === 'error') && sameValue(desired, aim, [], shape.lists);
}

/** Values of the secrets that stand inside of ordinary texts: they are written as placeholders again. */
export function secretsInTexts(sides: Sides, scope: Scope): SecretValues {
  return sides.mixedSecrets.flatMap((name): [string, string][] => {
    const value = scope.secrets.get(name);
    return value === undefined ? [] : [[name, value]];
  });
}
