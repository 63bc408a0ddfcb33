import { canonicalise } from '../../compare/canonical';
import { compareCanonical } from '../../compare/differences';
import type { JsonObject } from '../../model/json';
import type { Problem } from '../../model/problem';
import { resolved, valueText } from '../../iamctl/meaning';
import { standIns, type ProcessVariables } from '../../iamctl/process-references';
import { placedProblems } from '../../substitution/placed-problems';
import { renderArtifact } from '../../substitution/render';
import type { Scope } from '../../substitution/scope';
import { readTemplate } from '../../workspace/artifacts';
import { readEnvironment, type Environment } from '../../workspace/environment';
import { scopeOf } from '../../workspace/scope';
import { validateArtifact } from '../../workspace/validate';
import { parseYaml } from '../../workspace/yaml';
import { withoutSecrets } from './fitting';
import { fittedByEnvironment, type Prepared } from './template';
import type { ArtifactFile } from './workspace-files';
import type { Variables } from './variables';
import type { EnvironmentView } from './views';

/** Why an artifact of the new workspace is not what was meant; nothing when it is. */
export interface Finding {
  readonly environment: string;
  readonly message: string;
}

/** The new environment files, read back as every command reads them. Throws nothing: mistakes come as problems. */
export function readBack(texts: ReadonlyMap<string, string>): {
  environments: ReadonlyMap<string, Environment>;
  problems: readonly Problem[];
} {
  const environments = new Map<string, Environment>();
  const problems: Problem[] = [];
  for (const [name, text] of texts) {
    const file = `environments/${name}.yaml`;
    const parsed = parseYaml(file, text);
    if (parsed.value === undefined) {
      problems.push(...parsed.problems);
      continue;
    }
    const read = readEnvironment({ name, file, text, root: '.' }, parsed.value);
    problems.push(...read.problems);
    if (read.environment) environments.set(name, read.environment);
  }
  return { environments, problems };
}

/**
 * Renders an artifact of the new workspace, from the text of its file, for every environment, and compares it in
 * canonical form with what its keywords are meant to say there. Secrets are not compared: the workspace only names them.
 */
export function findingsFor(
  { draft, text, file }: ArtifactFile,
  prepared: Prepared,
  environments: ReadonlyMap<string, Environment>,
  variables: Variables,
  processVariables: ProcessVariables,
): Finding[] {
  const { definition } = draft;
  const read = readTemplate(definition, file, text);
  const { template } = read;
  if (!template || template.key !== draft.key) {
    return [{ environment: '', message: read.problems[0]?.message ?? 'its key was not kept' }];
  }
  const meant = fittedByEnvironment(draft);
  return draft.views.flatMap((view): Finding[] => {
    const environment = environments.get(view.name);
    if (!environment) return [{ environment: view.name, message: 'the file of the environment cannot be read' }];
    const scope = scopeFor(environment, view, variables, processVariables);
    const rendered = renderArtifact(definition, template, scope);
    const errors = rendered.problems.filter(({ severity }) => severity === 'error');
    // Nothing is rendered for a keyword without a value: that is reported as such.
    if (errors.length > 0 && errors.every(({ code }) => code === 'unset-variable')) return [];
    const invalid = [
      ...placedProblems(rendered.problems, template, environment),
      ...validateArtifact(definition, rendered.value, template, { unknownSecrets: rendered.unknownSecrets }),
    ];
    if (invalid.length > 0) return invalid.map(({ message }) => ({ environment: view.name, message }));
    const confidential = [...draft.confidential, ...prepared.secrets.map(({ path }) => path)];
    const bare = (value: JsonObject): JsonObject =>
      canonicalise(definition, withoutSecrets(definition, value, confidential), view.version);
    const wanted = meant.get(view.name)?.value ?? {};
    return compareCanonical(definition, bare(wanted), bare(canonicalise(definition, rendered.value, view.version))).map(
      ({ path }) => ({ environment: view.name, message: `${path} would not be what the keywords say` }),
    );
  });
}

function scopeFor(
  environment: Environment,
  view: EnvironmentView,
  variables: Variables,
  processVariables: ProcessVariables,
): Scope {
  const secrets = new Map(
    variables.secretKeywords.map(({ keyword, secret }) => {
      const value = resolved(keyword, view.meant);
      return [secret, value === undefined ? undefined : valueText(value)] as const;
    }),
  );
  const named = [...environment.text.matchAll(/\{\{env:([A-Za-z0-9_.-]+)\}\}/g)].map(([, name = '']) => name);
  return scopeOf(environment, secrets, standIns(named, processVariables));
}
