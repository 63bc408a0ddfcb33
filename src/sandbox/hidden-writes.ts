import { redo, undo } from './changes';
import type { Visibility } from './fault-rules/rule';
import type { Change } from './registry';

interface HiddenWrite {
  readonly changes: readonly Change[];
  /** Reads that are still to miss it. */
  reads: number;
  /** From when on it is seen, on the clock of `performance.now()`. */
  readonly until: number;
}

/**
 * Writes that were answered and that reads do not show yet, as behind a cache or a replica that lags. Whoever writes
 * meets the newest state.
 */
export class HiddenWrites {
  private hidden: HiddenWrite[] = [];

  /** Hides a write until it has been missed by so many reads, or until the time has passed; the later of the two. */
  hide(changes: readonly Change[], { reads = 0, ms = 0 }: Visibility): void {
    if (changes.length > 0) this.hidden.push({ changes, reads, until: performance.now() + ms });
  }

  /** Everything is seen from now on. */
  clear(): void {
    this.hidden = [];
  }

  /**
   * Does a read as somebody who does not see the hidden writes. A read counts for those writes only that would have
   * changed its answer, so that what else is read in the meantime does not matter.
   */
  read<R>(work: () => R, isSame: (left: R, right: R) => boolean): R {
    const now = performance.now();
    this.hidden = this.hidden.filter(({ reads, until }) => reads > 0 || until > now);
    if (this.hidden.length === 0) return work();
    const newest = work();
    for (const write of this.hidden) {
      if (write.reads > 0 && !isSame(newest, without([write], work))) write.reads -= 1;
    }
    return without(this.hidden, work);
  }
}

function without<R>(writes: readonly HiddenWrite[], work: () => R): R {
  const changes = writes.flatMap((write) => write.changes);
  undo(changes);
  try {
    return work();
  } finally {
    redo(changes);
  }
}
