import type { Product, ProductKind, Server } from '../products/product';

/** What a workflow works with: one workspace and one connected environment. */
export interface Session {
  /** Folder of the workspace. */
  readonly root: string;
  readonly environment: string;
  readonly product: Product;
  /** Kinds in use, in order of reference. */
  readonly kinds: readonly ProductKind[];
  readonly server: Server;
  readonly settings: Ownership;
  /** Most writes at a time; `WRITES_AT_A_TIME` unless the environment says otherwise. */
  readonly writeConcurrency?: number;
}

/** Servers are less used to writes side by side than to reads, and gain less from them. */
export const WRITES_AT_A_TIME = 4;

/** How many writes an environment allows at a time: never more than requests of any sort. */
export function writesAtATime(environment: {
  readonly concurrency?: number | undefined;
  readonly writeConcurrency?: number | undefined;
}): number {
  const { concurrency, writeConcurrency = WRITES_AT_A_TIME } = environment;
  return concurrency === undefined ? writeConcurrency : Math.min(writeConcurrency, concurrency);
}

/** Who owns what: from liftlock.yaml. */
export interface Ownership {
  /** Name patterns that are never changed or deleted. */
  readonly protect: readonly string[];
  /** Name patterns of the product's own artifacts that are managed all the same. */
  readonly unprotect: readonly string[];
  /** Fields that somebody else owns. */
  readonly ignore: readonly { readonly artifact: string; readonly path: string }[];
}
