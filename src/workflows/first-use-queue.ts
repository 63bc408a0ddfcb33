/** What a write has in common with others that are under way. */
export interface SharedUse {
  /** Things that the server makes at their first use: the first user goes alone, the others when it has succeeded. */
  readonly firstUses: readonly string[];
  /** Things that only one write at a time may touch. */
  readonly alone: readonly string[];
}

interface Entry extends SharedUse {
  readonly start: (taken: string[]) => void;
}

/**
 * Lets the first of several writes that use the same new thing go alone, and the others when it has succeeded: a server
 * that makes a thing at its first use refuses all but one of the writes that use it first at the same time. Writes that
 * touch the same thing and must not meet go one after the other.
 */
export class FirstUseQueue {
  private readonly known = new Set<string>();
  private readonly inUse = new Set<string>();
  /** Each entry waits for one name at a time, so that a name that becomes free concerns those who wait for it only. */
  private readonly waiting = new Map<string, Entry[]>();

  /** Runs the work when no other write has one of its names for itself. */
  async run<R>(use: SharedUse, work: () => Promise<{ result: R; succeeded: boolean }>): Promise<R> {
    // All names at once, so that no two wait for each other.
    const taken = await new Promise<string[]>((start) => this.startOrWait({ ...use, start }));
    let isThere = false;
    try {
      const { result, succeeded } = await work();
      isThere = succeeded;
      return result;
    } finally {
      this.free(use, taken, isThere);
    }
  }

  private startOrWait(entry: Entry): void {
    const names = [...entry.firstUses.filter((name) => !this.known.has(name)), ...entry.alone];
    const blocked = names.find((name) => this.inUse.has(name));
    if (blocked !== undefined) {
      const queue = this.waiting.get(blocked) ?? [];
      queue.push(entry);
      this.waiting.set(blocked, queue);
      return;
    }
    for (const name of names) this.inUse.add(name);
    entry.start(names);
  }

  private free({ firstUses }: SharedUse, taken: readonly string[], areThere: boolean): void {
    for (const name of taken) {
      this.inUse.delete(name);
      if (areThere && firstUses.includes(name)) this.known.add(name);
    }
    for (const name of taken) this.startWaiting(name);
  }

  /** Those who wait for a name go on, in their order, until one of them has taken it. */
  private startWaiting(name: string): void {
    const queue = this.waiting.get(name) ?? [];
    let next = 0;
    while (next < queue.length && !this.inUse.has(name)) {
      const entry = queue[next];
      next += 1;
      if (entry) this.startOrWait(entry);
    }
    if (next < queue.length) this.waiting.set(name, queue.slice(next));
    else this.waiting.delete(name);
  }
}
