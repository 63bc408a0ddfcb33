/** What stands at a path, with the values of the path's parameters. */
export interface Found<T> {
  readonly value: T;
  readonly params: Readonly<Record<string, string>>;
}

interface Node<T> {
  readonly fixed: Map<string, Node<T>>;
  parameter?: Node<T>;
  end?: { readonly names: readonly string[]; readonly value: T };
}

/**
 * Values by path patterns such as `/applications/:id/owner`, where a parameter takes one segment. Filling it costs next
 * to nothing, and servers with hundreds of paths are started often.
 */
export class PathTree<T> {
  private readonly root: Node<T> = { fixed: new Map() };

  /** The value at a pattern; `initial` makes it where there is none. */
  at(pattern: string, initial: () => T): T {
    const segments = segmentsOf(pattern);
    const node = segments.reduce(below, this.root);
    const names = segments.filter(isParameter).map((segment) => segment.slice(1));
    node.end ??= { names, value: initial() };
    if (node.end.names.join() !== names.join()) throw new Error(`${pattern} is there with other names of parameters`);
    return node.end.value;
  }

  /**
   * What stands at a path as it was sent, percent-encoded; a segment that is written out wins over a parameter, if what
   * it leads to is wanted.
   */
  find(path: string, isWanted: (value: T) => boolean = () => true): Found<T> | undefined {
    return found(this.root, segmentsOf(path).map(decoded), [], isWanted);
  }
}

/** A slash at the end makes no difference. */
function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

/** What cannot be decoded is the name of nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

const isParameter = (segment: string): boolean => segment.startsWith(':');

function below<T>(node: Node<T>, segment: string): Node<T> {
  if (isParameter(segment)) return (node.parameter ??= { fixed: new Map() });
  const next = node.fixed.get(segment) ?? { fixed: new Map<string, Node<T>>() };
  node.fixed.set(segment, next);
  return next;
}

function found<T>(
  node: Node<T>,
  rest: readonly string[],
  taken: readonly string[],
  isWanted: (value: T) => boolean,
): Found<T> | undefined {
  const [segment, ...further] = rest;
  if (segment === undefined) {
    const { end } = node;
    if (!end || !isWanted(end.value)) return undefined;
    return { value: end.value, params: Object.fromEntries(end.names.map((name, at) => [name, taken[at] ?? ''])) };
  }
  const fixed = node.fixed.get(segment);
  const exact = fixed && found(fixed, further, taken, isWanted);
  if (exact || !node.parameter || segment === '') return exact;
  return found(node.parameter, further, [...taken, segment], isWanted);
}
