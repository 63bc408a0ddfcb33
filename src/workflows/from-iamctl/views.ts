import type { Json } from '../../model/json';
import type { IamctlEnvironment, KeywordValues, NameFilter } from '../../iamctl/description';
import {
  iamctlKeywords,
  keywordsFor,
  meantValues,
  ownKeywords,
  type IamctlKeywords,
  type ResourceName,
} from '../../iamctl/keyword-table';
import type { ProcessVariables } from '../../iamctl/process-references';

/** What one environment has to do with one resource. */
export interface EnvironmentView {
  readonly name: string;
  readonly version: string;
  readonly configFile: string;
  /** False where the configuration leaves the resource out. */
  readonly isIncluded: boolean;
  /** Keywords as written, with `${NAME}`. */
  readonly written: KeywordValues;
  /** Keywords that the configuration sets for this resource alone. */
  readonly own: ReadonlySet<string>;
  readonly meant: ReadonlyMap<string, Json>;
  readonly iamctl: IamctlKeywords;
}

/** The version of the server in the form of environment files; cloud servers and missing ones are taken for the newest. */
export function versionOf({ server }: IamctlEnvironment): string {
  const version = /^\d+(\.\d+)*/.exec(server.version ?? '')?.[0];
  return version?.replace(/^(\d+\.\d+)\.0$/, '$1') ?? '7.1';
}

/** How every environment sees a resource. */
export function viewsOf(
  environments: readonly IamctlEnvironment[],
  resource: ResourceName,
  variables: ProcessVariables,
): EnvironmentView[] {
  return environments.map((environment) => {
    const written = keywordsFor(environment, resource);
    return {
      name: environment.name,
      version: versionOf(environment),
      configFile: environment.keywords.file,
      isIncluded: isIncluded(environment, resource),
      written,
      own: new Set(ownKeywords(environment.keywords, resource)?.keys() ?? []),
      meant: meantValues(written, variables),
      iamctl: iamctlKeywords(environment, resource, variables),
    };
  });
}

/** True when neither the type nor the resource is left out (rivals, A.1 "Configuration"). */
function isIncluded({ tool }: IamctlEnvironment, { type, names }: ResourceName): boolean {
  const filter = tool.resources.get(type);
  return passes(tool.types, [type]) && (filter === undefined || passes(filter, names));
}

function passes({ includeOnly, exclude }: NameFilter, names: readonly string[]): boolean {
  return includeOnly ? names.some((name) => includeOnly.includes(name)) : !names.some((name) => exclude.includes(name));
}

/** All keywords that any environment gives the resource. */
export function keywordNames(views: readonly EnvironmentView[]): Set<string> {
  return new Set(views.flatMap(({ written }) => [...written.keys()]));
}
