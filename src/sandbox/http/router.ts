interface Target<T> {
  readonly value: T;
  /** Names of the parameters on the way, in their order. */
  readonly names: readonly string[];
}

interface Step<T> {
  readonly fixed: Map<string, Step<T>>;
  parameter?: Step<T>;
  readonly targets: Map<string, Target<T>>;
}

export interface Found<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds what stands behind a method and a path; a segment that starts with a colon is a parameter. As in any router,
 * fixed segments go before parameters. A slash at the end makes no difference.
 */
export class Router<T> {
  private readonly root = emptyStep<T>();

  add(method: string, path: string, value: T): void {
    const names: string[] = [];
    let step = this.root;
    for (const segment of segmentsOf(path)) {
      if (segment.startsWith(':')) names.push(segment.slice(1));
      step = segment.startsWith(':') ? (step.parameter ??= emptyStep()) : fixedStep(step, segment);
    }
    step.targets.set(method, { value, names });
  }

  /** What stands there, with the parameters decoded; undefined also for a segment that is not properly encoded. */
  find(method: string, path: string): Found<T> | undefined {
    const values: string[] = [];
    const target = descend(this.root, segmentsOf(path), 0, method, values);
    if (!target) return undefined;
    try {
      const entries = target.names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]);
      return { value: target.value, params: Object.fromEntries(entries) as Record<string, string> };
    } catch {
      return undefined;
    }
  }
}

function emptyStep<T>(): Step<T> {
  return { fixed: new Map(), targets: new Map() };
}

function fixedStep<T>(step: Step<T>, segment: string): Step<T> {
  const known = step.fixed.get(segment);
  if (known) return known;
  const made = emptyStep<T>();
  step.fixed.set(segment, made);
  return made;
}

function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function descend<T>(
  step: Step<T>,
  segments: readonly string[],
  at: number,
  method: string,
  values: string[],
): Target<T> | undefined {
  const segment = segments[at];
  if (segment === undefined) return step.targets.get(method);
  const fixed = step.fixed.get(segment);
  const found = fixed && descend(fixed, segments, at + 1, method, values);
  if (found || !step.parameter || segment === '') return found;
  values.push(segment);
  const behind = descend(step.parameter, segments, at + 1, method, values);
  if (!behind) values.pop();
  return behind;
}
