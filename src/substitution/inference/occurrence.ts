import type { ArtifactName } from '../../model/artifact';
import type { Path } from '../../model/path';

/** A place of an artifact. */
export interface Occurrence {
  readonly artifact: ArtifactName;
  readonly path: Path;
}
