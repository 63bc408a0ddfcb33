import { canonicalise } from '../compare/canonical';
import { compareCanonical } from '../compare/differences';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import { isWithin, parsePath } from '../model/path';
import { warningProblem, type Problem } from '../model/problem';
import type { ProductKind } from '../products/product';
import type { Accepted, Acceptance, Templated } from '../substitution/inference/accept';
import { acceptGroups, type Group } from '../substitution/inference/groups';
import { retemplated } from '../substitution/inference/retemplate';
import { parameterise } from '../substitution/parameterise';
import { renderArtifact } from '../substitution/render';
import type { Scope } from '../substitution/scope';
import { readTemplate } from '../workspace/artifacts';
import { withVariables } from '../workspace/environment-edit';
import { assignFiles } from '../workspace/file-names';
import type { Template } from '../workspace/template';
import type { FileChange } from '../workspace/writing';
import type { OpenedWorkspace } from './open-workspace';
import { ignoredPaths } from './plan';
import type { Source } from './parameterize-sources';

/** Files to write, and what could not be done. */
interface Outcome {
  readonly changes: readonly FileChange[];
  readonly files: readonly { kind: string; key: string; file: string }[];
  readonly problems: readonly Problem[];
}

/**
 * Carries out what was accepted, in memory. An artifact whose new file would not give every environment what it had is
 * left as it is, and said so.
 */
export function carryOut(
  opened: OpenedWorkspace,
  sources: readonly Source[],
  groups: readonly Group[],
  accepted: readonly Accepted[],
): Outcome {
  const environments = sources.map(({ environment }) => environment.name);
  const problems: Problem[] = [];
  const without = new Set<string>();
  for (;;) {
    const attempt = new Attempt(opened, sources, acceptGroups(groups, accepted, environments, without));
    const written = attempt.artifacts();
    const failed = written.filter(({ problem }) => problem !== undefined);
    if (failed.length === 0) {
      const files = written.map(({ file, text }) => ({ path: file, text }));
      return { changes: [...attempt.environmentChanges(written), ...files], files: written, problems };
    }
    problems.push(...failed.flatMap(({ problem }) => problem ?? []));
    for (const each of failed) without.add(artifactText(each));
  }
}

interface WrittenArtifact extends ArtifactName {
  readonly file: string;
  readonly text: string;
  readonly templates: Templated['written'];
  readonly problem?: Problem;
}

/** One try at writing everything that was accepted, in memory. */
class Attempt {
  private readonly scopes: readonly Scope[];

  constructor(
    private readonly opened: OpenedWorkspace,
    private readonly sources: readonly Source[],
    private readonly acceptance: Acceptance,
  ) {
    this.scopes = sources.map(({ rendered }, index) => ({
      ...rendered.scope,
      variables: { ...rendered.scope.variables, ...acceptance.variables[index] },
      overrides: mergedOverrides(rendered.scope.overrides, acceptance.overrides[index] ?? {}),
    }));
  }

  artifacts(): WrittenArtifact[] {
    return this.acceptance.artifacts.flatMap((artifact) => this.write(artifact));
  }

  /** Nothing for an artifact that has no file and no difference: that is for an export. */
  private write(artifact: Templated): WrittenArtifact[] {
    const { alignment, base } = artifact;
    const kind = alignment.kindTable as ProductKind;
    const name = { kind: alignment.kind, key: alignment.key };
    const old = this.templateOf(name);
    const isOverridden = this.acceptance.overrides.some((each) => Object.hasOwn(each, artifactText(name)));
    if (artifact.written.length === 0 && !isOverridden) return [];
    const file = old?.file ?? this.newFile(kind, name.key);
    const scope = this.scopes[base];
    if (!scope) return [];
    const options = { ignored: ignoredPaths({ settings: this.opened.workspace.settings }, name) };
    // What a new override sets is not to be taken out of the file.
    const overrides = this.sources[base]?.rendered.scope.overrides ?? {};
    const plain = parameterise(old, artifact.value, { ...scope, overrides }, kind, options).text;
    const template = readTemplate(kind, file, plain).template;
    const rendered = template && renderArtifact(kind, template, { ...scope, overrides: {} });
    const text = rendered && retemplated(kind, plain, rendered.value, artifact.written)?.text;
    const fault = text === undefined ? ['the whole file'] : this.mismatches(artifact, kind, file, text);
    const result = { ...name, file, text: text ?? plain, templates: artifact.written };
    return [fault.length === 0 ? result : { ...result, problem: notWritten(name, file, fault) }];
  }

  environmentChanges(written: readonly WrittenArtifact[]): FileChange[] {
    const used = written
      .flatMap(({ templates }) => templates.map(({ template }) => JSON.stringify(template)))
      .join('\n');
    return this.sources.map(({ environment }, index) => {
      const variables = Object.entries(this.acceptance.variables[index] ?? {}).filter(([name]) =>
        used.includes(`{{var:${name}}}`),
      );
      return {
        path: environment.file,
        text: withVariables(environment.text, Object.fromEntries(variables), this.acceptance.overrides[index] ?? {}),
      };
    });
  }

  private templateOf(name: ArtifactName): Template | undefined {
    const text = artifactText(name);
    return this.sources[0]?.rendered.templates.find((template) => artifactText(template) === text);
  }

  private newFile(kind: ProductKind, key: string): string {
    const own = (this.sources[0]?.rendered.templates ?? []).filter((template) => template.kind === kind.name);
    const existing = new Map(own.map((template) => [template.key, template.file]));
    const fresh = this.acceptance.artifacts
      .filter(({ alignment }) => alignment.kind === kind.name)
      .map(({ alignment }) => alignment.key);
    const keys = [...new Set([...existing.keys(), ...fresh])].sort();
    return assignFiles(`artifacts/${kind.folder}`, keys, existing, [], kind.commonPrefix).get(key) ?? '';
  }

  /** Where the new file does not give what an environment had: `environment: path`. */
  private mismatches({ alignment, left }: Templated, kind: ProductKind, file: string, text: string): string[] {
    const name = artifactText(alignment);
    const { template } = readTemplate(kind, file, text);
    if (!template) return ['the whole file'];
    const open = [...left, ...kind.chosenByServer].map((path) => parsePath(path));
    return this.sources.flatMap(({ environment }, index) => {
      const [value, scope] = [this.sources[index]?.state.artifacts.get(name)?.value, this.scopes[index]];
      if (!value || !scope) return [];
      const rendered = renderArtifact(kind, template, scope);
      const back = canonicalise(kind, rendered.value, scope.version);
      const isOpen = (path: string): boolean =>
        open.some((pattern) => isWithin(parsePath(path), pattern)) ||
        rendered.unknownSecrets.some((secret) => secret.startsWith(path));
      return compareCanonical(kind, value, back)
        .filter((difference) => difference.secret !== true && !isOpen(difference.path))
        .map((difference) => `${environment.name}: ${difference.path}`);
    });
  }
}

function mergedOverrides(old: Scope['overrides'], added: Scope['overrides']): Scope['overrides'] {
  const merged: Record<string, JsonObject> = { ...old };
  for (const [artifact, values] of Object.entries(added)) merged[artifact] = { ...merged[artifact], ...values };
  return merged;
}

function notWritten(name: ArtifactName, file: string, paths: readonly string[]): Problem {
  return warningProblem(
    'not-parameterised',
    `${artifactText(name)} was left as it is: the new file would not give ${paths.slice(0, 3).join(', ')} back`,
    {
      artifact: artifactText(name),
      place: { file },
      hint: 'Write its differences by hand, as variables or overrides.',
    },
  );
}
