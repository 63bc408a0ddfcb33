import { isObject, type Json } from '../model/json';
import { isMask } from '../model/kind';
import { forEachLeaf, valueAt, withValueAt, type ParsedLists } from '../model/lists';
import { formatPath, isField, isWithin, parsePath, type Path } from '../model/path';
import type { ArtifactName } from '../model/artifact';
import { keyedPath, withPlace } from './keyed-place';
import { placeholderText } from './placeholder';
import { overridesFor, secretNames } from './render';
import { sameValue } from './same';
import type { RenderProblem, Scope } from './scope';
import type { Shape } from './shape';
import { secretName, secretVariable } from './secret-names';
import { forEachSecret } from './secret-paths';
import { substitute, type Substituted } from './substitute';
import { isHideable, RAW } from './template-value';

/** What an export knows besides the live value. */
export interface ParameteriseOptions {
  /** Keyed paths that the server declares confidential, besides the kind's secret rules. */
  readonly confidential?: readonly string[];
  /** Names of secrets that other artifacts use (as `secretVariable` writes them), so that no two secrets get one name. */
  readonly takenSecretNames?: ReadonlySet<string>;
  /** Another artifact's key reads the same in the name of a secret. */
  readonly isKeyAmbiguous?: boolean;
  /** Patterns of fields that somebody else looks after (`ignore` in liftlock.yaml): the file keeps what it says. */
  readonly ignored?: readonly Path[];
}

/** A committed template and the live value, made comparable. Texts that start with RAW are template text already. */
export interface Sides {
  /** The template with placeholders filled in, element for element as the template has it (before overrides). */
  readonly rendered: Json;
  /** Canonical form of what the template means in this environment. */
  readonly desired: Json;
  /** Canonical live value: secrets as placeholders, and what the file must keep taken over from `desired`. */
  readonly live: Json;
  readonly problems: readonly RenderProblem[];
  /** Secrets that stand inside of ordinary texts, so that their values are not written out. */
  readonly mixedSecrets: readonly string[];
  /** Findings about the live value: paths that the file does not follow, and why. */
  readonly kept: readonly { readonly code: string; readonly path: string; readonly why: string }[];
}

/** Brings both sides into comparable form. Without a template, `desired` is empty. */
export function sidesOf(
  shape: Shape,
  template: Json | undefined,
  live: Json,
  artifact: ArtifactName,
  scope: Scope,
  options: ParameteriseOptions,
): Sides {
  return new SidesBuilder(shape, artifact, scope, options).build(template, live);
}

class SidesBuilder {
  private readonly lists: ParsedLists;
  private isSecret: (path: Path) => boolean;
  private readonly kept: { code: string; path: string; why: string }[] = [];

  constructor(
    private readonly shape: Shape,
    private readonly artifact: ArtifactName,
    private readonly scope: Scope,
    private readonly options: ParameteriseOptions,
  ) {
    this.lists = shape.lists;
    this.isSecret = shape.isSecret;
  }

  build(template: Json | undefined, live: Json): Sides {
    const { shape } = this;
    this.noteMasks(live);
    const result = substitute(template ?? {}, this.scope, 'template');
    const marked = this.withMarks(result);
    const overridden = this.withOverrides(marked.value);
    const desired = template !== undefined ? shape.canonical(overridden.value) : {};
    let side: Json = shape.canonical(live);
    side = this.withoutChosen(side, desired, template !== undefined);
    side = this.withSecrets(side, desired, marked.secrets, template ?? null);
    side = this.withMixedSecrets(side, desired, marked.mixed);
    side = this.withFixed(side, desired, overridden.paths);
    const problems = [...result.problems, ...overridden.problems];
    // In a new file only secrets were replaced, by other texts: that leaves the form canonical.
    const isCanonical = template === undefined && overridden.paths.length === 0;
    return {
      rendered: marked.value,
      desired,
      live: isCanonical ? side : shape.canonical(side),
      mixedSecrets: marked.mixed.flatMap(({ names }) => names),
      problems,
      kept: this.kept,
    };
  }

  /** What a server masks is a secret, whether declared or not: a mask is never a value. */
  private noteMasks(live: Json): void {
    if (!hasMask(live)) return;
    const masked = new Set<string>();
    forEachLeaf(live, this.lists, (path, value) => isMask(value) && masked.add(formatPath(path)));
    const isDeclared = this.isSecret;
    this.isSecret = (path) => isDeclared(path) || masked.has(formatPath(path));
  }

  /** Secrets stand as their placeholders where the kind says "secret", so that they are compared by name, not by value. */
  private withMarks(result: Substituted, root: Path = []): { value: Json; secrets: Set<string>; mixed: Mixed[] } {
    const secrets = new Set<string>();
    const mixed: Mixed[] = [];
    let { value } = result;
    const uses = new Map(result.secrets.map((use) => [use.at, use]));
    for (const { at, text } of result.filled) {
      const path = keyedPath(result.value, at, this.lists, root);
      const use = uses.get(at);
      const isSecretHere = this.isSecret(path);
      if (isSecretHere) secrets.add(formatPath(path));
      if (isSecretHere || (use && use.missing.length > 0)) value = withPlace(value, at, RAW + text);
      if (use && !isSecretHere) mixed.push({ path, names: use.names });
    }
    return { value, secrets, mixed };
  }

  private withOverrides(value: Json): { value: Json; paths: Path[]; problems: RenderProblem[] } {
    const paths: Path[] = [];
    const problems: RenderProblem[] = [];
    let overridden = value;
    for (const override of overridesFor(this.artifact, this.scope)) {
      const path = parsePath(override.path);
      const place = ['overrides', override.pattern, override.path];
      const result = substitute(override.value, this.scope, 'environment', place);
      const next = withValueAt(overridden, path, this.withMarks(result, path).value, this.lists);
      problems.push(...result.problems);
      if (next === undefined) continue;
      overridden = next;
      paths.push(path);
    }
    return { value: overridden, paths, problems };
  }

  /**
   * A file that leaves open what each server makes for itself stays that way: absent means "whatever the server has". A
   * new file pins it, since a client id, say, can only be chosen when the application is created.
   */
  private withoutChosen(live: Json, desired: Json, hasTemplate: boolean): Json {
    if (!hasTemplate) return live;
    const patterns = this.shape.chosenByServer;
    if (patterns.length === 0) return live;
    let result = live;
    const holds = (pattern: Path): boolean => valueAt(live, pattern.slice(0, fixedSteps(pattern)), []) !== undefined;
    if (!patterns.some(holds)) return live;
    forEachLeaf(live, this.lists, (path) => {
      const pattern = patterns.find((candidate) => isWithin(path, candidate));
      if (!pattern || valueAt(desired, path, this.lists) !== undefined) return;
      const isHolderInFile = valueAt(desired, path.slice(0, pattern.length - 1), this.lists) !== undefined;
      if (isHolderInFile) result = withValueAt(result, path, undefined, this.lists) ?? result;
    });
    return result;
  }

  /** Live secrets become the committed placeholder, or a new one; committed ones that the server hides stay. */
  private withSecrets(live: Json, desired: Json, filled: ReadonlySet<string>, template: Json): Json {
    const own = lazily(() => new Set([...secretNames(template)].map(secretVariable)));
    const paths = new Map<string, Path>();
    for (const side of [live, desired]) {
      forEachSecret(side, this.lists, this.isSecret, (path) => paths.set(formatPath(path), path));
    }
    let result = live;
    for (const [text, path] of [...paths].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const committed = filled.has(text) ? valueAt(desired, path, this.lists) : undefined;
      if (valueAt(live, path, this.lists) === undefined) {
        result = this.withHidden(result, desired, path, committed ?? this.newSecret(path, own));
      } else {
        result = withValueAt(result, path, committed ?? this.newSecret(path, own), this.lists) ?? result;
      }
    }
    return result;
  }

  private newSecret(path: Path, ownNames: () => Set<string>): string {
    const own = ownNames();
    const { takenSecretNames: others, isKeyAmbiguous } = this.options;
    const taken = { has: (name: string): boolean => own.has(name) || others?.has(name) === true };
    const name = secretName(this.artifact, path, { taken, isAmbiguous: isKeyAmbiguous === true });
    own.add(secretVariable(name));
    return RAW + placeholderText({ namespace: 'secret', name });
  }

  /** Only where the thing that holds the secret is still there: a removed element takes its secret with it. */
  private withHidden(live: Json, desired: Json, path: Path, value: Json): Json {
    let top = path;
    while (top.length > 1 && valueAt(live, top.slice(0, -1), this.lists) === undefined) {
      top = top.slice(0, -1);
      if (!this.isAllSecret(valueAt(desired, top, this.lists) ?? null, top)) return live;
    }
    return withValueAt(live, path, value, this.lists) ?? live;
  }

  private isAllSecret(value: Json, at: Path): boolean {
    let every = true;
    forEachLeaf(value, this.lists, (leaf) => (every &&= this.isSecret(leaf)), at);
    return every;
  }

  /** A secret inside of an ordinary text: where it cannot be told apart from the rest, the committed text stays. */
  private withMixedSecrets(live: Json, desired: Json, mixed: readonly Mixed[]): Json {
    let result = live;
    for (const { path, names } of mixed) {
      const [there, here] = [valueAt(live, path, this.lists), valueAt(desired, path, this.lists)];
      if (here === undefined || sameValue(here, there, path, this.lists)) continue;
      if (there !== undefined && names.every((name) => isHideable(this.scope.secrets.get(name), there))) continue;
      const why = 'it holds a secret, so the live value was neither compared nor written';
      this.kept.push({ code: 'secret-not-compared', path: formatPath(path), why });
      result = this.withHidden(result, desired, path, here);
    }
    return result;
  }

  /** What an override sets or `ignore` names is not taken from the server into the shared file. */
  private withFixed(live: Json, desired: Json, overridden: readonly Path[]): Json {
    let result = live;
    const take = (path: Path): void => {
      result = withValueAt(result, path, valueAt(desired, path, this.lists), this.lists) ?? result;
    };
    for (const path of overridden) {
      if (sameValue(valueAt(desired, path, this.lists), valueAt(result, path, this.lists), path, this.lists)) continue;
      const why = `environments/${this.scope.environment}.yaml overrides it with another value than the server has`;
      this.kept.push({ code: 'override-differs', path: formatPath(path), why });
      take(path);
    }
    const { ignored = [] } = this.options;
    for (const side of ignored.length > 0 ? [desired, live] : []) {
      forEachLeaf(side, this.lists, (path) => {
        if (ignored.some((pattern) => isWithin(path, pattern))) take(path);
      });
    }
    return result;
  }
}

/** How many steps of a pattern are plain fields. */
function fixedSteps(pattern: Path): number {
  const first = pattern.findIndex((segment) => !isField(segment) || segment.field === '*');
  return first < 0 ? pattern.length : first;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function hasMask(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasMask);
  return isObject(value) ? Object.values(value).some(hasMask) : isMask(value);
}

/** A text with secrets at a path that is not declared secret. */
interface Mixed {
  readonly path: Path;
  readonly names: readonly string[];
}
