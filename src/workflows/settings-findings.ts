import { anyPattern } from '../model/selection';
import { patternOf } from '../model/path';
import type { Problem } from '../model/problem';
import { warningProblem } from '../model/problem';
import { placedProblems } from '../substitution/placed-problems';
import { originOf, type Scope } from '../substitution/scope';
import { substitute } from '../substitution/substitute';
import {
  nearestArtifact,
  unmatchedArtifacts,
  unmatchedOverrides,
  unusedVariables,
  type VariableUse,
} from '../substitution/hits';
import type { Environment } from '../workspace/environment';
import { Places } from '../workspace/places';
import { unknownField } from '../workspace/schema-fields';
import type { Template } from '../workspace/template';
import type { OpenedWorkspace } from './open-workspace';

/** The files that settings are held against. */
interface Files {
  /** All of them, also those that do not exist in this environment. */
  readonly templates: readonly Template[];
  readonly uses: readonly VariableUse[];
  /** Whether all of them could be read: what nothing seems to use may stand in one that could not. */
  readonly isComplete: boolean;
}

/**
 * What is wrong with the settings as such: variables that nobody uses or that cannot be rendered, and overrides,
 * per-artifact values and ignore rules that hit nothing.
 */
export function settingsFindings(
  opened: OpenedWorkspace,
  environment: Environment,
  scope: Scope,
  { templates, uses, isComplete }: Files,
): Problem[] {
  const { settings } = opened.workspace;
  // In a new workspace nothing can be hit yet.
  const canTell = templates.length > 0 && isComplete;
  const hits = !canTell
    ? []
    : [
        ...unmatchedOverrides(scope, templates),
        ...unmatchedArtifacts(Object.keys(environment.artifacts), templates, 'environment'),
        ...unmatchedArtifacts(Object.keys(settings.artifacts), templates, 'workspace'),
        ...unusedVariables(scope, uses),
      ];
  return [
    ...placedProblems([...variableProblems(scope), ...hits], undefined, environment),
    ...(canTell ? ignoreFindings(opened, templates) : []),
  ];
}

/** Mistakes in variables, also in those that no artifact uses. */
function variableProblems(scope: Scope): ReturnType<typeof substitute>['problems'] {
  return Object.keys(scope.variables).flatMap((name) => {
    const { origin, path } = originOf(scope, name);
    return substitute(scope.variables[name] ?? null, scope, origin, path, [name]).problems;
  });
}

/** `ignore` rules that can hit nothing: no such artifact, or no such field. */
function ignoreFindings({ workspace, kinds }: OpenedWorkspace, templates: readonly Template[]): Problem[] {
  const { settings, settingsFile } = workspace;
  const places = new Places(settingsFile.file, settingsFile.text);
  return settings.ignore.flatMap(({ artifact, path }, index): Problem[] => {
    const matched = templates.filter(anyPattern([artifact]));
    if (matched.length === 0) {
      const message = `The rule to ignore "${path}" matches no artifact: "${artifact}"`;
      const place = places.ofValue(['ignore', index, 'artifact']);
      return [warningProblem('ignore-unmatched', message, { place, ...nearestArtifact(artifact, templates) })];
    }
    const concerned = kinds.filter(({ name }) => matched.some(({ kind }) => kind === name));
    const faults = concerned.map((kind) => ({ kind, fault: unknownField(kind.schema, patternOf(path)) }));
    const [first] = faults;
    if (!first?.fault || faults.some(({ fault }) => !fault)) return [];
    const { field, near } = first.fault;
    const message = `The rule to ignore "${path}" hits nothing: no ${first.kind.name} has "${field}"`;
    const hint = near === undefined ? {} : { hint: `Did you mean "${near}"?` };
    return [warningProblem('ignore-unmatched', message, { place: places.ofValue(['ignore', index, 'path']), ...hint })];
  });
}
