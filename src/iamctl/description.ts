import type { Json } from '../model/json';
import type { Place, Problem } from '../model/problem';

/** The text files of a folder by their path relative to it, with `/`, and what was left out of it and why. */
export interface FolderFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly skipped: readonly NotTaken[];
}

/** A file, folder or setting that is not carried over. */
export interface NotTaken {
  readonly source: string;
  readonly why: string;
}

/** How to reach one server, as serverConfig.json says it: texts may hold `${NAME}` for process variables. */
export interface ServerConfig {
  readonly file: string;
  readonly url?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly tenant?: string;
  readonly organization?: string;
  readonly version?: string;
}

/** Which names IAM-CTL works on. `includeOnly` wins over `exclude` where both are given. */
export interface NameFilter {
  readonly exclude: readonly string[];
  readonly includeOnly?: readonly string[];
}

export interface ToolConfig {
  readonly file: string;
  readonly allowsDelete: boolean;
  /** Resource types, in the words of folders: `Applications`. */
  readonly types: NameFilter;
  /** Names of resources by type. */
  readonly resources: ReadonlyMap<string, NameFilter>;
}

/** Values of keywords by name, as written: texts may hold `${NAME}`, other types are possible. */
export type KeywordValues = ReadonlyMap<string, Json>;

export interface KeywordConfig {
  readonly file: string;
  /** The file as it stands, for positions and to imitate how IAM-CTL reads it. */
  readonly text: string;
  readonly shared: KeywordValues;
  /** By type (`Applications`) and name of the resource; these win over the shared ones. */
  readonly own: ReadonlyMap<string, ReadonlyMap<string, KeywordValues>>;
}

export interface IamctlEnvironment {
  readonly name: string;
  readonly server: ServerConfig;
  readonly tool: ToolConfig;
  readonly keywords: KeywordConfig;
}

export type Format = 'yaml' | 'json' | 'xml';

/** One file of a resource type that Liftlock manages. */
export interface ResourceFile {
  readonly type: string;
  readonly file: string;
  /** The file's name without its ending: what IAM-CTL takes for the name of the resource. */
  readonly name: string;
  readonly format: Format;
  readonly text: string;
  /** The side file with the APIs that an application may call. */
  readonly authorizedApis?: Pick<ResourceFile, 'file' | 'format' | 'text'>;
}

/** A folder made for IAM-CTL, without a judgement on it. */
export interface IamctlTree {
  readonly environments: readonly IamctlEnvironment[];
  readonly resources: readonly ResourceFile[];
  readonly notTaken: readonly NotTaken[];
  readonly problems: readonly Problem[];
}

/** What is wrong with a document, and where. */
export interface Fault {
  readonly message: string;
  readonly place: Place;
}
