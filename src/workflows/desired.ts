import type { ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import type { Problem } from '../model/problem';
import type { Template } from '../workspace/template';

/** One file rendered for an environment. */
export interface DesiredArtifact extends ArtifactName {
  readonly value: JsonObject;
  /** Relative to the workspace. */
  readonly file: string;
  /** Keyed paths whose secret is not available here; the fields are left out of the value. */
  readonly unknownSecrets: readonly string[];
  /** Names of the secrets that are not available, where the file itself mentions them. */
  readonly missingSecretNames?: readonly string[];
}

/** All files rendered for an environment, and what is doubtful about them. Errors never get this far. */
export interface DesiredState {
  readonly artifacts: readonly DesiredArtifact[];
  readonly problems: readonly Problem[];
  /** The files as they are committed, so that findings can name a line; absent for what comes from elsewhere. */
  readonly templates?: readonly Template[];
}
