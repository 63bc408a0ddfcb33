import type { JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import type { Place } from '../model/problem';
import type { ProductFileKind } from '../service-provider-files/kinds';
import type { ProductFile } from '../service-provider-files/read';

/** An artifact without its key. */
export interface NamedValue {
  readonly kind: string;
  readonly value: JsonObject;
}

/** An artifact that a file holds. Secrets are in clear: only `parameterise` may bring it into a file of a workspace. */
export interface FileArtifact extends NamedValue {
  readonly key: string;
  /** Keyed paths that the file marks as confidential. */
  readonly confidential: readonly string[];
}

/** An element or field that a conversion left out; equal ones of a list are counted together. */
export interface NotConverted {
  /** A path such as `claimConfig.claimMappings[].localClaim.claimId`. */
  readonly element: string;
  readonly why: string;
  readonly count: number;
  /** Nothing is lost with it. */
  readonly meaningless: boolean;
  /** Where the first of them stands in the file. */
  readonly place?: Place;
}

/** What a file holds, in the vocabulary of artifacts, and what of it has no place there. */
export interface FromFile {
  readonly artifacts: readonly FileArtifact[];
  readonly notConverted: readonly NotConverted[];
}

/** What a file is to say, and what of the artifacts it cannot. */
export interface ToFile {
  readonly kind: ProductFileKind;
  readonly key: string;
  readonly root: JsonObject;
  readonly notConverted: readonly NotConverted[];
}

/** How the files that a product exports and imports are brought into artifacts and back. Pure. */
export interface ProductFiles {
  /** `name` stands in where the file has none. Throws a LiftlockError for a file without a name. */
  fromFile(file: ProductFile, kinds: readonly Kind[], name?: string): FromFile;
  /** The values are canonical; several artifacts may go into one file. What the files of the version lack is left out and named. */
  toFiles(artifacts: readonly NamedValue[], version: string): readonly ToFile[];
  /** Patterns of the fields of a kind that no file has an element for: a file says nothing about them. */
  notInFiles(kind: string): readonly string[];
}
