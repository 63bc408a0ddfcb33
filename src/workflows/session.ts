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
  /** Most writes at a time, where the environment says so. */
  readonly concurrency?: number;
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
