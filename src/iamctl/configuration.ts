import { isObject, type Json, type JsonObject } from '../model/json';
import { nearestHint } from '../model/nearest';
import { errorProblem, warningProblem, type Problem } from '../model/problem';
import { Places } from '../workspace/places';
import type {
  IamctlEnvironment,
  KeywordConfig,
  KeywordValues,
  NameFilter,
  ServerConfig,
  ToolConfig,
} from './description';
import { readDocument } from './document';
import { ALL_TYPES } from './resource-types';

/** The three files of an environment, by the names that IAM-CTL gives them. */
export interface ConfigFiles {
  readonly name: string;
  readonly folder: string;
  readonly server: string;
  readonly tool?: string;
  readonly keywords?: string;
}

/** Reads the configuration of one environment. What IAM-CTL ignores without a word is named here. */
export function readEnvironmentConfig(files: ConfigFiles): { environment: IamctlEnvironment; problems: Problem[] } {
  const reader = new ConfigReader(files.name);
  const at = (name: string): string => `${files.folder}/${name}`;
  const server = reader.server(at('serverConfig.json'), files.server);
  const tool = reader.tool(at('toolConfig.json'), files.tool ?? '');
  // Before keywordConfig.json existed, its contents stood in toolConfig.json.
  const keywords =
    files.keywords === undefined
      ? reader.keywords(at('toolConfig.json'), files.tool ?? '')
      : reader.keywords(at('keywordConfig.json'), files.keywords);
  return { environment: { name: files.name, server, tool, keywords }, problems: reader.problems };
}

const SERVER_FIELDS = {
  url: 'SERVER_URL',
  clientId: 'CLIENT_ID',
  clientSecret: 'CLIENT_SECRET',
  tenant: 'TENANT_DOMAIN',
  organization: 'ORGANIZATION',
  version: 'SERVER_VERSION',
} as const;
const TOOL_FIELDS = ['ALLOW_DELETE', 'EXCLUDE', 'INCLUDE_ONLY', 'EXCLUDE_SECRETS', 'LOGS', 'KEYWORD_MAPPINGS'];

class ConfigReader {
  readonly problems: Problem[] = [];

  constructor(private readonly environment: string) {}

  server(file: string, text: string): ServerConfig {
    const value = this.map(file, text);
    this.warnUnknown(file, text, value, [...Object.values(SERVER_FIELDS), 'TOKEN']);
    const fields = Object.entries(SERVER_FIELDS).flatMap(([field, name]) => {
      const found = fieldOf(value, name);
      return typeof found === 'string' && found !== '' ? [[field, found] as const] : [];
    });
    return { file, ...Object.fromEntries(fields) };
  }

  tool(file: string, text: string): ToolConfig {
    const value = this.map(file, text);
    const blocks = ALL_TYPES.map(({ block }) => block);
    this.warnUnknown(file, text, value, [...TOOL_FIELDS, ...blocks]);
    const resources = new Map<string, NameFilter>();
    for (const { folder, block } of ALL_TYPES) {
      const found = fieldOf(value, block);
      if (isObject(found)) resources.set(folder, this.filter(file, text, found, [block]));
    }
    const types = this.filter(file, text, value, []);
    this.warnUnknownTypes(file, text, types);
    return { file, allowsDelete: fieldOf(value, 'ALLOW_DELETE') === true, types, resources };
  }

  keywords(file: string, text: string): KeywordConfig {
    const value = this.map(file, text);
    const own = new Map<string, ReadonlyMap<string, KeywordValues>>();
    for (const { folder, block } of ALL_TYPES) {
      const found = fieldOf(value, block);
      if (!isObject(found)) continue;
      const named = Object.entries(found).flatMap(([name, settings]) => {
        if (isObject(settings)) this.warnOutside(new Places(file, text), [block, name], settings);
        const mappings = isObject(settings) ? fieldOf(settings, 'KEYWORD_MAPPINGS') : undefined;
        return isObject(mappings) ? [[name, valuesOf(mappings)] as const] : [];
      });
      own.set(folder, new Map(named));
    }
    const shared = fieldOf(value, 'KEYWORD_MAPPINGS');
    return { file, text, shared: isObject(shared) ? valuesOf(shared) : new Map(), own };
  }

  /** Early instructions of IAM-CTL put the keywords of a resource directly under its name, where it never looked. */
  private warnOutside(places: Places, [block, name]: readonly [string, string], settings: JsonObject): void {
    for (const [keyword, value] of Object.entries(settings)) {
      if (keyword === 'KEYWORD_MAPPINGS' || typeof value !== 'string') continue;
      const message = `"${keyword}" of "${name}" is not in its KEYWORD_MAPPINGS, so IAM-CTL ignores it`;
      const form = `"${name}": {"KEYWORD_MAPPINGS": {"${keyword}": …}}`;
      const hint = `It is ${form} if it was meant; early instructions of IAM-CTL left that out.`;
      this.warn('iamctl-setting-ignored', message, { place: places.ofKey([block, name, keyword]), hint });
    }
  }

  private filter(file: string, text: string, value: JsonObject, at: readonly string[]): NameFilter {
    const names = (field: string): string[] | undefined => {
      const found = fieldOf(value, field);
      if (found === undefined || found === null) return undefined;
      if (Array.isArray(found)) return found.filter((name): name is string => typeof name === 'string');
      const message = `"${field}" is not a list, so IAM-CTL ignores it; it was ignored here too`;
      const place = new Places(file, text).ofValue([...at, field]);
      this.warn('iamctl-setting-ignored', message, { place, hint: `Write ["name"] if it was meant.` });
      return undefined;
    };
    const includeOnly = names('INCLUDE_ONLY');
    const isTypes = at.length === 0;
    // An empty list of types includes all of them; an empty list of names includes none.
    const includes = includeOnly && (!isTypes || includeOnly.length > 0);
    return { exclude: names('EXCLUDE') ?? [], ...(includes ? { includeOnly } : {}) };
  }

  private warnUnknownTypes(file: string, text: string, { exclude, includeOnly = [] }: NameFilter): void {
    const known = ALL_TYPES.map(({ folder }) => folder);
    for (const name of [...exclude, ...includeOnly].filter((type) => !known.includes(type))) {
      const hint = nearestHint(name, known, 'Types');
      const place = new Places(file, text).ofValue([]);
      this.warn('iamctl-unknown-type', `"${name}" is no resource type, so IAM-CTL ignores it`, {
        place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }

  private warnUnknown(file: string, text: string, value: JsonObject, known: readonly string[]): void {
    for (const field of Object.keys(value).filter((name) => !known.includes(name.toUpperCase()))) {
      const hint = nearestHint(field, known);
      const place = new Places(file, text).ofKey([field]);
      this.warn('iamctl-setting-ignored', `"${field}" is no setting that IAM-CTL knows, so it ignores it`, {
        place,
        ...(hint === undefined ? {} : { hint }),
      });
    }
  }

  private map(file: string, text: string): JsonObject {
    if (text.trim() === '') return {};
    // A reference without quotes becomes JSON only once it is filled in.
    const loose = (word: string): string | undefined => (word.includes('${') ? word : undefined);
    const read = readDocument(text, 'json', { file, loose });
    if ('fault' in read) {
      this.problems.push(errorProblem('iamctl-config-unreadable', read.fault.message, this.about(read.fault.place)));
      return {};
    }
    if (isObject(read.value)) return read.value;
    this.problems.push(errorProblem('iamctl-config-unreadable', 'The file does not hold a map', this.about({ file })));
    return {};
  }

  private warn(code: string, message: string, rest: Partial<Problem>): void {
    this.problems.push(warningProblem(code, message, { ...rest, environment: this.environment }));
  }

  private about(place: Problem['place']): Partial<Problem> {
    return { environment: this.environment, ...(place ? { place } : {}) };
  }
}

/** Go matches the names of fields without regard to case. */
function fieldOf(value: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(value, name)) return value[name];
  const found = Object.keys(value).find((field) => field.toUpperCase() === name);
  return found === undefined ? undefined : value[found];
}

function valuesOf(map: JsonObject): KeywordValues {
  return new Map(Object.entries(map));
}
