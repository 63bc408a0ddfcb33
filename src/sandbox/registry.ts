/** Which values of a record an index finds it by; one record may have several. */
export type IndexKeys<T> = Readonly<Record<string, (record: T) => readonly string[]>>;

/** One change of what a registry holds. */
export interface Change {
  undo(): void;
  redo(): void;
}

/**
 * Records in the order of their creation, found by id and by every index without a scan.
 * A record is never changed in place: a write puts a new one, so that answers may share parts of it.
 */
export class Registry<T extends { readonly id: string }> {
  private readonly records = new Map<string, T>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();

  private changes: Change[] | undefined;
  private listed: readonly T[] | undefined;

  constructor(private readonly keys: IndexKeys<T>) {
    for (const index of Object.keys(keys)) this.indexes.set(index, new Map());
  }

  get size(): number {
    return this.records.size;
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  /** The records in the order of their creation. */
  all(): IterableIterator<T> {
    return this.records.values();
  }

  /** The same as a list, which stays the same one until something changes: for reading pages out of many. */
  list(): readonly T[] {
    this.listed ??= [...this.records.values()];
    return this.listed;
  }

  /** Notes every change from now on in this list; none any more without a list. */
  noteChanges(changes: Change[] | undefined): void {
    this.changes = changes;
  }

  /** The first record with this key in an index. */
  find(index: string, key: string): T | undefined {
    for (const id of this.indexes.get(index)?.get(key) ?? []) return this.records.get(id);
    return undefined;
  }

  /** All records with this key in an index. */
  findAll(index: string, key: string): T[] {
    return [...(this.indexes.get(index)?.get(key) ?? [])].flatMap((id) => this.records.get(id) ?? []);
  }

  /** Adds the record, or replaces the one with its id at its place. */
  put(record: T): void {
    const before = this.records.get(record.id);
    if (before) this.unindex(before);
    this.records.set(record.id, record);
    this.changed(record.id, before, record);
    for (const [index, keysOf] of Object.entries(this.keys)) {
      for (const key of keysOf(record)) this.indexed(index, key).add(record.id);
    }
  }

  remove(id: string): void {
    const record = this.records.get(id);
    if (!record) return;
    this.unindex(record);
    this.records.delete(id);
    this.changed(id, record, undefined);
  }

  clear(): void {
    this.records.clear();
    this.listed = undefined;
    for (const index of this.indexes.values()) index.clear();
  }

  private changed(id: string, before: T | undefined, after: T | undefined): void {
    this.listed = undefined;
    const become = (record: T | undefined): void => (record ? this.put(record) : this.remove(id));
    this.changes?.push({ undo: () => become(before), redo: () => become(after) });
  }

  private indexed(index: string, key: string): Set<string> {
    const found = this.indexes.get(index)?.get(key);
    if (found) return found;
    const created = new Set<string>();
    this.indexes.get(index)?.set(key, created);
    return created;
  }

  private unindex(record: T): void {
    for (const [index, keysOf] of Object.entries(this.keys)) {
      for (const key of keysOf(record)) {
        const ids = this.indexes.get(index)?.get(key);
        ids?.delete(record.id);
        if (ids?.size === 0) this.indexes.get(index)?.delete(key);
      }
    }
  }
}
