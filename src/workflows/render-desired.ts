import { LiftlockError, type Problem } from '../model/problem';
import { selects, type Selection } from '../model/selection';
import { renderArtifact, secretNames, unmatchedOverrides, unusedVariables, overridesFor } from '../substitution/render';
import type { Scope } from '../substitution/scope';
import { placedProblems } from '../substitution/placed-problems';
import { secretStore } from '../workspace/secrets';
import { loadTemplates } from '../workspace/artifacts';
import { resolveSecretSources } from '../workspace/connection';
import { scopeOf, type Environment } from '../workspace/environment';
import type { Template } from '../workspace/template';
import { validateArtifact } from '../workspace/validate';
import type { DesiredArtifact, DesiredState } from './desired';
import type { OpenedWorkspace } from './open-workspace';

/** Rendered files together with what they were rendered from. */
export interface RenderedState extends DesiredState {
  readonly templates: readonly Template[];
  readonly scope: Scope;
  /** Values of the secrets in use, to be kept out of every message. */
  readonly secretValues: readonly string[];
}

export interface RenderSettings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** False leaves secrets unknown: for offline commands. */
  readonly resolveSecrets?: boolean;
}

/**
 * Renders all files of a workspace for an environment and checks them. Every error is thrown together, with file, line
 * and column; warnings come along with the result. Secrets are fetched for selected artifacts only.
 */
export async function renderDesired(
  opened: OpenedWorkspace,
  environment: Environment,
  selection: Selection,
  settings: RenderSettings,
): Promise<RenderedState> {
  const { workspace, kinds, product } = opened;
  const loaded = await loadTemplates(workspace.source, kinds, product.kinds);
  const plain = scopeOf(environment, new Map(), settings.variables);
  const secrets =
    settings.resolveSecrets === false
      ? new Map<string, string>()
      : await fetchSecrets(environment, loaded.templates, plain, selection, settings);
  const scope: Scope = { ...plain, secrets };
  const result = renderAll(opened, environment, loaded.templates, scope);
  const problems = [...loaded.problems, ...result.problems];
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new LiftlockError(problems);
  const secretValues = [...secrets.values()].filter((value): value is string => value !== undefined);
  return { artifacts: result.artifacts, problems, templates: loaded.templates, scope, secretValues };
}

async function fetchSecrets(
  environment: Environment,
  templates: readonly Template[],
  scope: Scope,
  selection: Selection,
  settings: RenderSettings,
): Promise<Map<string, string | undefined>> {
  const isSelected = selects(selection);
  const used = templates
    .filter(isSelected)
    .flatMap((template) => [template.value, ...overridesFor(template, scope).map(({ value }) => value)]);
  const names = used.length === 0 ? [] : [...secretNames(...used, scope.variables)].sort();
  if (names.length === 0) return new Map();
  const sources = { ...environment, secrets: resolveSecretSources(environment, settings.variables) };
  return secretStore(sources, settings.variables).resolve(names);
}

function renderAll(
  { kinds }: OpenedWorkspace,
  environment: Environment,
  templates: readonly Template[],
  scope: Scope,
): { artifacts: DesiredArtifact[]; problems: Problem[] } {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const problems: Problem[] = [];
  const used = new Set<string>();
  const artifacts = templates.flatMap((template): DesiredArtifact[] => {
    const kind = byName.get(template.kind);
    if (!kind) return [];
    const rendered = renderArtifact(kind, template, scope);
    for (const name of rendered.used.variables) used.add(name);
    const own = placedProblems(rendered.problems, template, environment);
    problems.push(...own);
    if (!own.some((problem) => problem.severity === 'error'))
      problems.push(
        ...validateArtifact(kind, rendered.value, template, {
          environment: environment.name,
          unknownSecrets: rendered.unknownSecrets,
        }),
      );
    const { kind: kindName, key, file } = template;
    const { value, unknownSecrets } = rendered;
    const missing =
      unknownSecrets.length === 0
        ? []
        : [...secretNames(template.value)].filter((name) => scope.secrets.get(name) === undefined);
    return [{ kind: kindName, key, file, value, unknownSecrets, missingSecretNames: missing.sort() }];
  });
  const general = [
    ...unmatchedOverrides(scope, templates),
    ...(templates.length > 0 ? unusedVariables(scope, used) : []),
  ];
  problems.push(...placedProblems(general, undefined, environment));
  return { artifacts, problems };
}
