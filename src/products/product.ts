import type { Json, JsonObject } from '../model/json';
import type { Artifact, ArtifactName } from '../model/artifact';
import type { Difference } from '../model/difference';
import type { Kind } from '../model/kind';
import type { Remark } from '../model/plan';
import type { Transport, UploadedFile } from '../transport/transport';
import type { ProductFiles } from './product-files';

/** An artifact as a listing shows it; `value` where the listing already embeds everything. */
export interface Listed {
  readonly id: string;
  readonly key: string;
  readonly value?: JsonObject;
  /** Why it must not be touched, when the server or the product says so (system artifact, read-only, our own client). */
  readonly protectedBecause?: string;
}

/** One artifact read in full. */
export interface Live {
  readonly id: string;
  /** In file vocabulary as far as the server's answers allow; still to be made canonical. Holds secrets in clear. */
  readonly value: JsonObject;
  /** Paths that the server declares confidential besides the kind's own secret rules. */
  readonly confidential?: readonly string[];
  /** What the server has but no call can carry, such as custom properties: named in exports and plans. */
  readonly remarks?: readonly { readonly path: string; readonly why: string }[];
  /** Why it is left alone, where only what was read tells, and no list. */
  readonly protectedBecause?: string;
}

/** One write call. Path segments are relative to the tenant; `{id}` stands for the artifact's server id. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** A file that is uploaded in place of a body. */
  readonly file?: UploadedFile;
  /** The answer's Location header (or body id) gives the server id of the artifact. */
  readonly creates?: boolean;
}

/** What a create, update or delete is built from. All values are canonical. */
export interface Change extends ArtifactName {
  readonly desired: JsonObject;
  readonly live?: JsonObject;
  /** Live as it was read, with server-owned fields and secrets: what a full replace must send back unchanged. */
  readonly current?: JsonObject;
  readonly differences: readonly Difference[];
  readonly version: string;
  /** Server ids of names that the calls must carry, from `lookups`. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The server side of a kind. `create`, `update` and `remove` are pure: they only say which calls to make. */
export interface KindCalls {
  list(server: Server): Promise<readonly Listed[]>;
  /** Undefined when the artifact vanished after it was listed. */
  read(server: Server, listed: Listed): Promise<Live | undefined>;
  create(change: Change): readonly WriteRequest[];
  update(change: Change): readonly WriteRequest[];
  remove(change: Change): readonly WriteRequest[];
  /** Finds the server ids that `create` and `update` need; throws a LiftlockError for a name that does not exist. */
  lookups?(server: Server, change: Omit<Change, 'ids'>): Promise<ReadonlyMap<string, string>>;
}

export interface ProductKind extends Kind {
  readonly calls: KindCalls;
  /** Refusals by which the server answers a write that came at the same time as another: it is sent once more. */
  readonly racedRefusals?: readonly { readonly status: number; readonly code: string }[];
}

/** A connected server of a product. */
export interface Server {
  readonly environment: string;
  readonly version: string;
  readonly transport: Transport;
  /** The client id that Liftlock itself uses, so that it never cuts off its own access. */
  readonly ownClientId?: string;
  /** Answers that several artifacts share are fetched once per run: runs `load` for the first caller of a name. */
  once<T>(name: string, load: () => Promise<T>): Promise<T>;
  /** The same connection with nothing remembered: for reading back what was written. */
  fresh(): Server;
}

/** What is there to refer to. A kind that the credentials may not read is named in `unread`, not taken for empty. */
export interface Referents {
  readonly found: readonly Artifact[];
  readonly unread: readonly Remark[];
}

/** A server id that a creation has to carry, and what it is the id of; `id` where the artifact itself tells it. */
export interface NeededId {
  readonly name: string;
  readonly referent: Artifact;
  readonly id?: string;
}

/** What a server has of one kind of referent, by key, or why it does not say. */
export type Available = { readonly found: ReadonlyMap<string, JsonObject> } | { readonly untold: string };

/** What a product must offer. */
export interface Product {
  readonly name: string;
  /** In order of reference: a kind refers only to kinds before it. */
  readonly kinds: readonly ProductKind[];
  /** OAuth2 scopes that a server of a version has: reading needs `read`, applying needs both. */
  scopes(version: string): { readonly read: readonly string[]; readonly write: readonly string[] };
  /** What artifacts refer to and Liftlock does not manage: a copy of an environment needs it too. */
  readonly referents: {
    /** Scopes for reading them, besides those of `scopes`. */
    scopes(version: string): readonly string[];
    read(server: Server): Promise<Referents>;
    /** What a server has of a kind that artifacts need (`Need`), asked for once a run; or why that cannot be told. */
    available(server: Server, kind: string): Promise<Available>;
    /** The server ids that `create` needs for an artifact as it was read, by the names that `lookups` gives them. */
    needed(value: JsonObject): readonly NeededId[];
  };
  /** One cheap read per API, to tell whether it answers and lets us in. */
  readonly probes: readonly {
    readonly name: string;
    readonly path: readonly string[];
    readonly query?: Readonly<Record<string, number>>;
  }[];
  /** What tells from which version on a server is, oldest first. */
  readonly versionSigns: readonly VersionSign[];
  readonly files: ProductFiles;
}

/** A path that servers have since a version, or a field that every element of its list has since then. */
export interface VersionSign {
  readonly since: string;
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, number>>;
  readonly field?: string;
}
