import type { Artifact, ArtifactName } from '../model/artifact';
import type { SeedRequest } from './seeding';

/** One artifact of a copy: the requests that make it, in which `{id}` stands for its id. */
export interface CopiedArtifact extends ArtifactName {
  /** Its id on the server that is copied, which the copy keeps; without one the sandbox chooses. */
  readonly id?: string;
  /** The product's own, whose name no request may take. */
  readonly isReserved: boolean;
  /** Requests cannot change it (reference §2.1.8). */
  readonly isReadOnly: boolean;
  readonly requests: readonly SeedRequest[];
}

/** What another server has, as far as it is known. */
export interface Copy {
  /** Nothing of what the product ships with is there unless the copy has it. */
  readonly isWhole: boolean;
  readonly artifacts: readonly CopiedArtifact[];
  /** User stores (by key), API resources and roles (by the value that a GET shows). */
  readonly referents: readonly Artifact[];
  /** Kinds of referents of which nobody knows whether these are all. */
  readonly uncertain: readonly string[];
}
