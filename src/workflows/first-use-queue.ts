/**
 * Lets the first of several writes that use the same new thing go alone, and the others when it has succeeded: a server
 * that makes a thing at its first use refuses all but one of the writes that use it first at the same time.
 */
export class FirstUseQueue {
  private readonly known = new Set<string>();
  private readonly inUse = new Set<string>();
  private readonly waiting: { readonly names: readonly string[]; readonly start: (taken: string[]) => void }[] = [];

  /** Runs the work when no other is the first user of one of the names. */
  async run<R>(names: readonly string[], work: () => Promise<{ result: R; succeeded: boolean }>): Promise<R> {
    const taken = await this.take(names);
    let isThere = false;
    try {
      const { result, succeeded } = await work();
      isThere = succeeded;
      return result;
    } finally {
      this.free(taken, isThere);
    }
  }

  /** All names at once, so that no two wait for each other; the result is those that are used for the first time. */
  private take(names: readonly string[]): Promise<string[]> {
    return new Promise((start) => {
      this.waiting.push({ names, start });
      this.startFree();
    });
  }

  private free(taken: readonly string[], areThere: boolean): void {
    for (const name of taken) {
      this.inUse.delete(name);
      if (areThere) this.known.add(name);
    }
    this.startFree();
  }

  private startFree(): void {
    for (const entry of [...this.waiting]) {
      const unknown = entry.names.filter((name) => !this.known.has(name));
      if (unknown.some((name) => this.inUse.has(name))) continue;
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      for (const name of unknown) this.inUse.add(name);
      entry.start(unknown);
    }
  }
}
