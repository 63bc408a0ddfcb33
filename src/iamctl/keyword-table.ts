import type { Json } from '../model/json';
import { readEnvironmentConfig } from './configuration';
import type { IamctlEnvironment, KeywordConfig, KeywordValues } from './description';
import { filledReferences, filledValue, referencesIn, type ProcessVariables } from './process-references';

/** The names under which the configuration may speak of one resource; the first that it knows counts. */
export interface ResourceName {
  readonly type: string;
  readonly names: readonly string[];
}

/** The keywords of one resource in one environment, with their values as written. */
export function keywordsFor({ keywords }: IamctlEnvironment, resource: ResourceName): KeywordValues {
  return new Map([...keywords.shared, ...(ownKeywords(keywords, resource) ?? [])]);
}

/** What the configuration says for this resource alone. */
export function ownKeywords(keywords: KeywordConfig, { type, names }: ResourceName): KeywordValues | undefined {
  const byName = keywords.own.get(type);
  return names.map((name) => byName?.get(name)).find((values) => values !== undefined);
}

/** Values with `${NAME}` filled in: what is meant, whatever characters the process variable holds. */
export function meantValues(values: KeywordValues, variables: ProcessVariables): ReadonlyMap<string, Json> {
  return new Map([...values].map(([name, value]) => [name, filledValue(value, variables)]));
}

/** What IAM-CTL works with. */
export type IamctlKeywords =
  | { readonly state: 'read'; readonly values: ReadonlyMap<string, Json> }
  /** It ends before the first request: the file is no JSON once `${NAME}` is filled in as raw text. */
  | { readonly state: 'unreadable' }
  /** It crashes at this resource: a value in the block of a single resource, or beside one, is not a text. */
  | { readonly state: 'crash'; readonly keyword: string };

/**
 * The keywords as IAM-CTL would have them: `${NAME}` is replaced in the raw text of the file, then that is read
 * (rivals, A.1 "Configuration", F20, F23).
 */
export function iamctlKeywords(
  environment: IamctlEnvironment,
  resource: ResourceName,
  variables: ProcessVariables,
): IamctlKeywords {
  const read = rereadConfig(environment, variables);
  if (!read) return { state: 'unreadable' };
  const own = ownKeywords(read.keywords, resource);
  const values = new Map([...read.keywords.shared, ...(own ?? [])]);
  const odd = [...values].find(([, value]) => typeof value !== 'string');
  return own && odd ? { state: 'crash', keyword: odd[0] } : { state: 'read', values };
}

function rereadConfig(environment: IamctlEnvironment, variables: ProcessVariables): IamctlEnvironment | undefined {
  const { text } = environment.keywords;
  const isSet = referencesIn(text).some((name) => variables[name] !== undefined);
  if (!isSet) return environment;
  const files = { name: environment.name, folder: '', server: '', keywords: filledReferences(text, variables) };
  const read = readEnvironmentConfig(files);
  return read.problems.some(({ severity }) => severity === 'error') ? undefined : read.environment;
}
