import * as z from 'zod';
import type { JsonObject } from '../model/json';
import { parsePath } from '../model/path';
import type { Problem } from '../model/problem';
import { parseText } from '../substitution/placeholder';
import { Places } from './places';
import { placedIssues, schemaIssues, type SchemaIssue } from './schema-issues';
import type { Json } from '../model/json';
import { ARTIFACT_PATTERN, artifactVariableIssues, placeholderIssues, textsOf, variableIssues } from './value-issues';

const text = z.string().min(1);
const seconds = z.number().positive();
const argv = z.array(z.string()).min(1);

const auth = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('client-credentials'),
    clientId: text,
    clientSecret: text.describe('By reference: "{{env:PROD_CLIENT_SECRET}}"'),
    tokenUrl: text.describe('Default: {url}/t/{tenant}/oauth2/token').optional(),
  }),
  z.strictObject({ type: z.literal('basic'), username: text, password: text }),
  z
    .strictObject({
      type: z.literal('bearer'),
      command: argv.describe('Program and arguments that print a token; no shell').optional(),
      file: text.describe('File that holds a token').optional(),
    })
    .refine((bearer) => (bearer.command === undefined) !== (bearer.file === undefined), {
      message: 'give either "command" or "file"',
    }),
]);

const secrets = z.strictObject({
  environment: z
    .strictObject({ prefix: z.string().optional() })
    .describe('Process variables PREFIX + NAME in capitals. Default prefix: LIFTLOCK_SECRET_')
    .optional(),
  file: text.describe('A .env file with the same names as the process variables; git must not track it').optional(),
  folder: text.describe('Folder with one file for each secret').optional(),
  command: argv
    .refine((words) => words.some((word) => word.includes('{name}')), 'one argument must contain {name}')
    .describe('Program and arguments that print a secret, such as [vault, kv, get, -field=value, "secret/{name}"]')
    .optional(),
});

const artifactVariables = z
  .record(z.string(), z.unknown())
  .describe('Values of {{var:NAME}} in these artifacts')
  .default({});

/** Schema of environments/NAME.yaml. */
export const environmentSchema = z.strictObject({
  url: text
    .refine((url) => url.includes('{{') || isServerUrl(url), 'must be an address such as https://is.example.com')
    .describe('Address of the server; may have a path'),
  tenant: text.default('carbon.super'),
  version: z.union([z.string(), z.number()]).describe('Version of the server, such as "7.1"').default('7.1'),
  promotesFrom: text.describe('The environment below this one. Default: the one before it in liftlock.yaml').optional(),
  auth: auth.describe('How requests prove who sends them').optional(),
  tls: z
    .strictObject({
      ca: text.describe('Certificate authority, besides the public ones').optional(),
      certificate: text.describe('Client certificate').optional(),
      key: text.describe('Key of the client certificate').optional(),
      passphrase: text.optional(),
    })
    .describe('PEM files, relative to the workspace')
    .optional(),
  proxy: z
    .union([text, z.literal(false)])
    .describe('Address of a proxy; false for none')
    .optional(),
  timeouts: z.strictObject({ connectSeconds: seconds.optional(), readSeconds: seconds.optional() }).optional(),
  concurrency: z.int().min(1).max(64).describe('Most requests at a time. Default: 8').optional(),
  writeConcurrency: z
    .int()
    .min(1)
    .max(8)
    .describe('Most artifacts that are written at a time. Default: 4, or concurrency where that is lower')
    .optional(),
  variables: z.record(z.string(), z.unknown()).describe('Values of {{var:NAME}}, of any type').default({}),
  secrets: secrets
    .describe('Where {{secret:NAME}} comes from: first process variables, then file, folder, command')
    .default({}),
  artifacts: z
    .record(z.string(), z.strictObject({ variables: artifactVariables }))
    .describe('Variables of single artifacts (kind/key, * for any text); they win over "variables"')
    .default({}),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .describe('Values by artifact (kind/key, * for any text) and keyed path')
    .default({}),
});

export type EnvironmentSettings = z.output<typeof environmentSchema>;

/** What liftlock.yaml says for all environments. */
export interface SharedValues {
  readonly file: string;
  readonly text: string;
  readonly variables: JsonObject;
  readonly artifacts: { readonly [pattern: string]: { readonly variables: JsonObject } };
}

/** One environment file, checked but with its `{{env:…}}` placeholders still in place. */
export interface Environment extends Omit<EnvironmentSettings, 'version' | 'variables' | 'artifacts' | 'overrides'> {
  readonly name: string;
  /** Path relative to the workspace. */
  readonly file: string;
  readonly text: string;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly version: string;
  readonly variables: JsonObject;
  readonly artifacts: SharedValues['artifacts'];
  readonly overrides: { readonly [artifact: string]: JsonObject };
  /** Absent for a file that is read on its own. */
  readonly shared?: SharedValues;
}

/** Checks a parsed environment file. */
export function readEnvironment(
  about: Pick<Environment, 'name' | 'file' | 'text' | 'root'>,
  value: Json,
): { environment: Environment; problems: readonly [] } | { environment?: undefined; problems: readonly Problem[] } {
  const places = new Places(about.file, about.text);
  const parsed = environmentSchema.safeParse(value);
  const issues = parsed.success ? [] : schemaIssues(environmentSchema, value);
  if (!parsed.success) return { problems: placedIssues(issues, places, { environment: about.name }) };
  const { data } = parsed;
  // 5.10 as a number is 5.1: what stands in the file counts.
  const version = typeof data.version === 'number' ? (places.sourceOf(['version']) ?? '') : data.version;
  const variables = data.variables as JsonObject;
  const overrides = data.overrides as Environment['overrides'];
  issues.push(...versionIssues(version), ...variableIssues(variables), ...overrideIssues(overrides));
  issues.push(...artifactVariableIssues(data.artifacts));
  issues.push(...placeholderIssues(data as unknown as Json, []), ...misplacedIssues(data));
  if (issues.length > 0) return { problems: placedIssues(issues, places, { environment: about.name }) };
  const artifacts = data.artifacts as Environment['artifacts'];
  return { environment: { ...data, ...about, version, variables, artifacts, overrides }, problems: [] };
}

function versionIssues(version: string): SchemaIssue[] {
  if (/^\d+(\.\d+)*$/.test(version)) return [];
  return [
    { code: 'invalid-value', message: `"version": expected a number such as 7.1`, steps: ['version'], on: 'value' },
  ];
}

function overrideIssues(overrides: Environment['overrides']): SchemaIssue[] {
  return Object.entries(overrides).flatMap(([pattern, values]) => {
    const steps = ['overrides', pattern];
    if (!ARTIFACT_PATTERN.test(pattern)) {
      const message = `Override "${pattern}": write it as kind/key, such as "application/Travel*"`;
      return [{ code: 'invalid-value', message, steps, on: 'key' as const }];
    }
    return Object.keys(values).flatMap((path): SchemaIssue[] => {
      const fault = pathFault(path);
      return fault === undefined ? [] : [{ code: 'invalid-path', message: fault, steps: [...steps, path], on: 'key' }];
    });
  });
}

function pathFault(path: string): string | undefined {
  try {
    return parsePath(path).length > 0 ? undefined : 'A field path must not be empty';
  } catch (error) {
    return error instanceof SyntaxError ? error.message : String(error);
  }
}

const RENDERED = ['variables', 'overrides', 'artifacts'];

/** In the connection only `{{env:…}}` is possible: nothing else is known before there is one. */
function misplacedIssues(data: EnvironmentSettings): SchemaIssue[] {
  return textsOf(data as unknown as Json).flatMap(({ text: value, steps }) => {
    if (RENDERED.includes(String(steps[0]))) return [];
    return parseText(value).parts.flatMap((part): SchemaIssue[] => {
      if (typeof part === 'string' || part.namespace === 'env') return [];
      const message = `"{{${part.namespace}:${part.name}}}" cannot be used here`;
      const hint = 'Address and credentials take {{env:NAME}} only.';
      return [{ code: 'misplaced-placeholder', message, hint, steps, on: 'value' }];
    });
  });
}

/** An http(s) address without user, query or fragment. */
export function isServerUrl(text_: string): boolean {
  if (!URL.canParse(text_)) return false;
  const url = new URL(text_);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:');
}
