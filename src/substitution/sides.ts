import { isObject, type Json } from '../model/json';
import { isMask } from '../model/kind';
import { forEachLeaf, valueAt, withValueAt, type ParsedLists } from '../model/lists';
import { formatPath, parsePath, type Path } from '../model/path';
import type { ArtifactName } from '../model/artifact';
import { aligned, type Aligned, type Keeping } from './aligned';
import { keyedPath, valueAtPlace, withPlace } from './keyed-place';
import { overridesFor, secretNames } from './render';
import { sameValue } from './same';
import type { RenderProblem, Scope } from './scope';
import type { Shape } from './shape';
import { SecretNamer } from './secret-namer';
import { secretVariable } from './secret-names';
import { substitute, type Substituted } from './substitute';
import { isHideable, literalOf, MIXED, RAW } from './template-value';

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

/** What a template means in this environment, in canonical form; `live` tells what the server masks. */
export function meaningOf(
  shape: Shape,
  template: Json,
  live: Json,
  artifact: ArtifactName,
  scope: Scope,
  options: ParameteriseOptions,
): Pick<Sides, 'desired' | 'problems'> {
  return new SidesBuilder(shape, artifact, scope, options).meaning(template, live);
}

interface Meaning extends Pick<Sides, 'desired' | 'problems'> {
  /** With secrets marked, before overrides. */
  readonly marked: Json;
  /** Paths that overrides set. */
  readonly overridden: readonly Path[];
  /** `desired` with the marks of secrets in texts. */
  readonly committed: Json;
}

class SidesBuilder {
  private readonly lists: ParsedLists;
  private isSecret: (path: Path) => boolean;
  /** Names of the secrets in texts that are marked (`MIXED` or `RAW`) though their fields are not declared secret. */
  private readonly mixed = new Map<string, readonly string[]>();
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
    const { marked, overridden, committed, desired, problems } = this.meaning(template, live);
    const kept = this.withKept(shape.canonical(live), committed, template);
    const side = this.withOverridden(kept.value, desired, overridden);
    const isCanonical = !kept.isReshaped && side === kept.value;
    return {
      rendered: literalOf(marked),
      desired,
      live: isCanonical ? side : shape.canonical(side),
      mixedSecrets: [...new Set([...this.mixed.values()].flat())],
      problems,
      kept: this.kept,
    };
  }

  meaning(template: Json | undefined, live: Json): Meaning {
    this.noteMasks(live);
    const result = substitute(template ?? {}, this.scope, 'template');
    const marked = this.withMarks(result);
    const overridden = this.withOverrides(marked);
    const committed = template === undefined ? {} : this.shape.canonical(overridden.value);
    const desired = this.mixed.size > 0 ? literalOf(committed) : committed;
    const problems = [...result.problems, ...overridden.problems];
    return { marked, overridden: overridden.paths, committed, desired, problems };
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
  private withMarks(result: Substituted, root: Path = []): Json {
    let { value } = result;
    const uses = new Map(result.secrets.map((use) => [use.at, use]));
    for (const { at, text } of result.filled) {
      const use = uses.get(at);
      const isSecretHere = this.isSecret(keyedPath(result.value, at, this.lists, root));
      if (!isSecretHere && !use) continue;
      const isKnown = !isSecretHere && use?.missing.length === 0;
      const marked = isKnown ? MIXED + String(valueAtPlace(result.value, at)) : RAW + text;
      value = withPlace(value, at, marked);
      if (use && !isSecretHere) this.mixed.set(marked, use.names);
    }
    return value;
  }

  private withOverrides(value: Json): { value: Json; paths: Path[]; problems: RenderProblem[] } {
    const paths: Path[] = [];
    const problems: RenderProblem[] = [];
    let overridden = value;
    for (const override of overridesFor(this.artifact, this.scope)) {
      const path = parsePath(override.path);
      const place = ['overrides', override.pattern, override.path];
      const result = substitute(override.value, this.scope, 'environment', place);
      const next = withValueAt(overridden, path, this.withMarks(result, path), this.lists);
      problems.push(...result.problems);
      if (next === undefined) continue;
      overridden = next;
      paths.push(path);
    }
    return { value: overridden, paths, problems };
  }

  /**
   * What the file keeps whatever the server has. A file that leaves open what each server makes for itself stays that
   * way: absent means "whatever the server has". A new file pins it, since a client id, say, can only be chosen when the
   * application is created. Secrets that the file has no placeholder for get one.
   */
  private withKept(live: Json, committed: Json, template: Json | undefined): Aligned {
    const { takenSecretNames: others, isKeyAmbiguous } = this.options;
    const own = (): Set<string> => new Set([...secretNames(template ?? null)].map(secretVariable));
    const names = new SecretNamer(this.artifact, { own, others, isKeyAmbiguous });
    const keeping: Keeping = {
      lists: this.lists,
      chosen: template === undefined ? [] : this.shape.chosenByServer,
      ignored: this.options.ignored ?? [],
      isSecret: this.isSecret,
      newSecret: (path) => names.first(path),
      canBeTold: (text, there) => this.canBeTold(text, there),
      notCompared: (path) => {
        const why = 'it holds a secret, so the live value was neither compared nor written';
        this.kept.push({ code: 'secret-not-compared', path: formatPath(path), why });
      },
    };
    const side = aligned(live, committed, keeping);
    if (!names.isAmbiguous) return side;
    const final = names.settled();
    const newSecret = (path: Path): string => final.get(formatPath(path)) ?? '';
    return aligned(live, committed, { ...keeping, newSecret, notCompared: () => undefined });
  }

  /** Whether each secret of a committed text stands in the live one. */
  private canBeTold(committed: string, live: string): boolean {
    const names = committed.startsWith(RAW) ? [] : (this.mixed.get(committed) ?? []);
    return names.length > 0 && names.every((name) => isHideable(this.scope.secrets.get(name), live));
  }

  /** What an override sets is not taken from the server into the shared file. */
  private withOverridden(live: Json, desired: Json, overridden: readonly Path[]): Json {
    let result = live;
    for (const path of overridden) {
      const own = valueAt(desired, path, this.lists);
      if (sameValue(own, valueAt(result, path, this.lists), path, this.lists)) continue;
      const why = `environments/${this.scope.environment}.yaml overrides it with another value than the server has`;
      this.kept.push({ code: 'override-differs', path: formatPath(path), why });
      result = withValueAt(result, path, own, this.lists) ?? result;
    }
    return result;
  }
}

function hasMask(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasMask);
  return isObject(value) ? Object.values(value).some(hasMask) : isMask(value);
}
