import type { Origin } from './scope';

/** The way to a value, the last step first: a list would be copied at every step. */
interface Trail {
  readonly above: Trail | undefined;
  readonly step: string | number;
}

/** A place below a known one; it is written out only when somebody is told of it. */
interface Whereabouts {
  readonly base: Origin;
  readonly trail: Trail | undefined;
}

/** Where a text comes from: for messages, and to notice a variable that uses itself. */
export interface Source extends Whereabouts {
  /** The variables that it is a part of, each used by the one before it. */
  readonly chain: readonly string[];
  /** The placeholder that the first variable of the chain came in by. */
  readonly start: Whereabouts | undefined;
}

/** A source that begins at a place; `chain` names the variables that it belongs to. */
export function sourceAt(base: Origin, chain: readonly string[] = []): Source {
  return { base, trail: undefined, chain, start: undefined };
}

/** One step further: a field or a position. */
export function below({ base, trail, chain, start }: Source, step: string | number): Source {
  return { base, trail: { above: trail, step }, chain, start };
}

/** The value of a variable that is used at a source. */
export function sourceInVariable(source: Source, name: string, base: Origin): Source {
  const { chain, start = source } = source;
  return { base, trail: undefined, chain: [...chain, name], start };
}

/** The place as others know it. */
export function writtenOut({ base, trail }: Whereabouts): Origin {
  const steps: (string | number)[] = [];
  for (let last = trail; last; last = last.above) steps.unshift(last.step);
  return { origin: base.origin, path: [...base.path, ...steps] };
}
