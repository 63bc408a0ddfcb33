import type { ArtifactName } from '../model/artifact';
import { LiftlockError, type Problem } from '../model/problem';
import { selects, type Selection } from '../model/selection';
import { openRepository } from '../history/repository';
import type { VariableUse } from '../substitution/hits';
import { overridesFor, renderArtifact, secretNames } from '../substitution/render';
import type { Scope } from '../substitution/scope';
import { placedProblems } from '../substitution/placed-problems';
import { secretStore } from '../workspace/secrets';
import { loadTemplates } from '../workspace/artifacts';
import { resolveSecretSources } from '../workspace/connection';
import type { Environment } from '../workspace/environment';
import { scopeOf } from '../workspace/scope';
import { existsIn } from '../workspace/settings';
import type { Template } from '../workspace/template';
import { validateArtifact } from '../workspace/validate';
import type { DesiredArtifact, DesiredState } from './desired';
import type { OpenedWorkspace } from './open-workspace';
import { settingsFindings } from './settings-findings';

/** Rendered files together with what they were rendered from. */
export interface RenderedState extends DesiredState {
  readonly templates: readonly Template[];
  /** Files of artifacts that do not exist in this environment (`only` in liftlock.yaml). */
  readonly elsewhere: readonly Template[];
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
  const isHere = existsIn(workspace.settings, environment.name);
  const templates = loaded.templates.filter(isHere);
  const elsewhere = loaded.templates.filter((template) => !isHere(template));
  const plain = scopeOf(environment, new Map(), settings.variables);
  const secrets =
    settings.resolveSecrets === false
      ? new Map<string, string>()
      : await fetchSecrets(opened, environment, templates.filter(selects(selection)), plain, settings);
  const scope: Scope = { ...plain, secrets };
  const result = renderAll(opened, environment, templates, scope);
  const uses = [...result.uses, ...usesOf(opened, elsewhere, scope)];
  const isComplete = !loaded.problems.some(({ severity }) => severity === 'error');
  const general = settingsFindings(opened, environment, scope, { templates: loaded.templates, uses, isComplete });
  const problems = unique([...loaded.problems, ...result.problems, ...general]);
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new LiftlockError(problems);
  const secretValues = [...secrets.values()].filter((value): value is string => value !== undefined);
  return { artifacts: result.artifacts, problems, templates, elsewhere, scope, secretValues };
}

/** A mistake in a variable comes up again in every artifact that uses it: it is told once. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, message, place }) => {
    const key = JSON.stringify([code, message, place ?? null]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Values of the secrets that the templates come to, by their variables and overrides too: no others are asked for. */
async function fetchSecrets(
  opened: OpenedWorkspace,
  environment: Environment,
  templates: readonly Template[],
  scope: Scope,
  settings: RenderSettings,
): Promise<Map<string, string | undefined>> {
  const { variables, perArtifact = [] } = scope;
  const values = templates.flatMap((template) => [
    template.value,
    ...overridesFor(template, scope).map(({ value }) => value),
  ]);
  if (secretNames(...values, variables, ...perArtifact.map((layer) => layer.variables)).size === 0) return new Map();
  const byName = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const names = templates.flatMap((template) => {
    const kind = byName.get(template.kind);
    return kind ? [...renderArtifact(kind, template, scope).used.secrets] : [];
  });
  if (names.length === 0) return new Map();
  const sources = { ...environment, secrets: resolveSecretSources(environment, settings.variables) };
  const isTracked = async (file: string): Promise<boolean> =>
    (await openRepository(environment.root)).repository?.tracks(file) ?? false;
  return secretStore(sources, settings.variables, isTracked).resolve([...new Set(names)].sort());
}

/** What files that are left out here use, so that their variables do not count as unused. */
function usesOf({ kinds }: OpenedWorkspace, templates: readonly Template[], scope: Scope): VariableUse[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return templates.flatMap((template): VariableUse[] => {
    const kind = byName.get(template.kind);
    return kind ? [useOf(template, renderArtifact(kind, template, scope).used.variables)] : [];
  });
}

function useOf({ kind, key }: ArtifactName, variables: ReadonlySet<string>): VariableUse {
  return { kind, key, variables };
}

function renderAll(
  { kinds }: OpenedWorkspace,
  environment: Environment,
  templates: readonly Template[],
  scope: Scope,
): { artifacts: DesiredArtifact[]; problems: Problem[]; uses: VariableUse[] } {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const problems: Problem[] = [];
  const uses: VariableUse[] = [];
  const artifacts = templates.flatMap((template): DesiredArtifact[] => {
    const kind = byName.get(template.kind);
    if (!kind) return [];
    const rendered = renderArtifact(kind, template, scope);
    uses.push(useOf(template, rendered.used.variables));
    const own = placedProblems(rendered.problems, template, environment).map(ofVariable(environment));
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
        : [...rendered.used.secrets].filter((name) => scope.secrets.get(name) === undefined);
    return [{ kind: kindName, key, file, value, unknownSecrets, missingSecretNames: missing.sort() }];
  });
  return { artifacts, problems, uses };
}

/** What is wrong in a variable concerns every artifact that uses it, not the one that it was found in. */
function ofVariable(environment: Environment): (problem: Problem) => Problem {
  const files = [environment.file, environment.shared?.file];
  return (problem) => {
    if (!files.includes(problem.place?.file) || problem.code.startsWith('override-')) return problem;
    const { artifact: _artifact, ...rest } = problem;
    return rest;
  };
}
