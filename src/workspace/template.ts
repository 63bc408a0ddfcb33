import type { ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';

/** An artifact file as committed, with placeholders. The text is kept for positions and for rewriting. */
export interface Template extends ArtifactName {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly value: JsonObject;
}
