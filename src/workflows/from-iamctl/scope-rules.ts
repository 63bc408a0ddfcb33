import type { IamctlEnvironment, NotTaken, ResourceFile } from '../../iamctl/description';
import { ALL_TYPES, MANAGED_TYPES } from '../../iamctl/resource-types';
import { warningProblem, type Problem } from '../../model/problem';
import type { ProductKind } from '../../products/product';
import { kindsOfType } from '../../products/wso2-is/iamctl-resources';
import type { EnvironmentView } from './views';

/** What liftlock.yaml says about which artifacts are looked after. */
export interface ScopeRules {
  readonly kinds?: readonly string[];
  readonly protect: readonly string[];
  readonly problems: readonly Problem[];
}

/** Kinds and protected artifacts from the rules that all environments agree on. */
export function scopeRules(environments: readonly IamctlEnvironment[], kinds: readonly ProductKind[]): ScopeRules {
  const problems: Problem[] = [];
  const managed = MANAGED_TYPES.map(({ folder }) => folder);
  const includes = ({ tool }: IamctlEnvironment, type: string): boolean =>
    tool.types.includeOnly ? tool.types.includeOnly.includes(type) : !tool.types.exclude.includes(type);
  const left = managed.filter((type) => !environments.some((environment) => includes(environment, type)));
  // What every server has for itself is taken over only by who asks for it.
  const own = kinds.filter(({ permanent }) => permanent !== true);
  const kept = own.map(({ name }) => name).filter((kind) => !left.some((type) => kindsOfType(type).includes(kind)));
  const protect = managed
    .filter((type) => !left.includes(type))
    .flatMap((type) => excludedEverywhere(environments, type).flatMap((name) => patternsOf(type, name)));
  for (const { tool, name } of environments) {
    if (tool.allowsDelete) problems.push(deletes(tool.file, name));
    for (const [type, { includeOnly }] of tool.resources) {
      if (includeOnly && managed.includes(type)) problems.push(onlyThese(tool.file, name, type));
    }
  }
  return {
    ...(left.length > 0 && kept.length > 0 ? { kinds: kept } : {}),
    protect: [...new Set(protect)].sort(),
    problems,
  };
}

function excludedEverywhere(environments: readonly IamctlEnvironment[], type: string): string[] {
  const lists = environments.map(({ tool }) => {
    const filter = tool.resources.get(type);
    return filter && !filter.includeOnly ? filter.exclude : [];
  });
  const [first = [], ...rest] = lists;
  return first.filter((name) => rest.every((list) => list.includes(name)));
}

/** A claim dialect is protected with all its claims. */
function patternsOf(type: string, name: string): string[] {
  if (kindsOfType(type).length === 1) return [`${kindsOfType(type)[0] ?? ''}/${name}`];
  if (!/:/.test(name)) return [];
  return [`claim-dialect/${name}`, `external-claim/${name} *`];
}

function deletes(file: string, environment: string): Problem {
  return warningProblem('iamctl-allow-delete', 'ALLOW_DELETE has no counterpart in a file', {
    place: { file },
    environment,
    hint: 'Liftlock deletes only when a command is told so (--prune), shows it in the plan, and caps the number.',
  });
}

function onlyThese(file: string, environment: string, type: string): Problem {
  const block = ALL_TYPES.find(({ folder }) => folder === type)?.block ?? type;
  return warningProblem('iamctl-include-only', `${block}.INCLUDE_ONLY has no counterpart: only these were taken`, {
    place: { file },
    environment,
    hint: 'What has no file is left alone, except by --prune: name what you mean with --only there.',
  });
}

/** True when no environment works on the resource. */
export function leftOutEverywhere(views: readonly EnvironmentView[]): boolean {
  return views.every(({ isIncluded }) => !isIncluded);
}

export function leftOutNote({ file }: ResourceFile): NotTaken {
  return { source: file, why: 'toolConfig.json leaves it out in every environment' };
}
