import type { ArtifactName } from '../model/artifact';
import { formatPath, type Path } from '../model/path';
import { placeholderText } from './placeholder';
import { secretName, secretVariable } from './secret-names';
import { RAW } from './template-value';

/** What else has a name. */
interface NamesAround {
  /** Names that the artifact's own file uses. */
  readonly own: () => ReadonlySet<string>;
  /** Names that other artifacts use (as `secretVariable` writes them). */
  readonly others?: ReadonlySet<string>;
  /** Another artifact's key reads the same in a name. */
  readonly isKeyAmbiguous?: boolean;
}

/**
 * Names the new secrets of an artifact. Two that would get one name are told apart in the order of their paths, so that
 * names do not depend on the order of the server.
 */
export class SecretNamer {
  private readonly paths = new Map<string, Path>();
  private readonly names = new Set<string>();
  private own?: ReadonlySet<string>;

  constructor(
    private readonly artifact: ArtifactName,
    private readonly around: NamesAround,
  ) {}

  /** The placeholder of a secret, as if it were the only new one. */
  first(path: Path): string {
    const name = this.nameOf(path, new Set());
    this.paths.set(formatPath(path), path);
    this.names.add(secretVariable(name));
    return written(name);
  }

  /** True when two secrets got one name from `first`: then `settled` counts. */
  get isAmbiguous(): boolean {
    return this.names.size < this.paths.size;
  }

  /** The placeholders of all secrets by their paths. */
  settled(): ReadonlyMap<string, string> {
    const taken = new Set<string>();
    const sorted = [...this.paths].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(
      sorted.map(([text, path]) => {
        const name = this.nameOf(path, taken);
        taken.add(secretVariable(name));
        return [text, written(name)];
      }),
    );
  }

  private nameOf(path: Path, taken: ReadonlySet<string>): string {
    const { others, isKeyAmbiguous } = this.around;
    const own = (this.own ??= this.around.own());
    const has = (name: string): boolean => taken.has(name) || own.has(name) || others?.has(name) === true;
    return secretName(this.artifact, path, { taken: { has }, isAmbiguous: isKeyAmbiguous === true });
  }
}

function written(name: string): string {
  return RAW + placeholderText({ namespace: 'secret', name });
}
