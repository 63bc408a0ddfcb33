import * as z from 'zod';
import type { JsonObject } from '../model/json';
import { parsePath } from '../model/path';
import type { Problem } from '../model/problem';
import { parseText } from '../substitution/placeholder';
import type { Scope } from '../substitution/scope';
import { Places } from './places';
import { placedIssues, schemaIssues, type SchemaIssue } from './schema-issues';
import type { Json } from '../model/json';

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
  folder: text.describe('Folder with one file for each secret').optional(),
  command: argv
    .refine((words) => words.some((word) => word.includes('{name}')), 'one argument must contain {name}')
    .describe('Program and arguments that print a secret, such as [vault, kv, get, -field=value, "secret/{name}"]')
    .optional(),
});

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
  variables: z.record(z.string(), z.unknown()).describe('Values of {{var:NAME}}, of any type').default({}),
  secrets: secrets
    .describe('Where {{secret:NAME}} comes from: first process variables, then folder, then command')
    .default({}),
  overrides: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .describe('Values by artifact (kind/key, * for any text) and keyed path')
    .default({}),
});

export type EnvironmentSettings = z.output<typeof environmentSchema>;

/** One environment file, checked but with its `{{env:…}}` placeholders still in place. */
export interface Environment extends Omit<EnvironmentSettings, 'version' | 'variables' | 'overrides'> {
  readonly name: string;
  /** Path relative to the workspace. */
  readonly file: string;
  readonly text: string;
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly version: string;
  readonly variables: JsonObject;
  readonly overrides: { readonly [artifact: string]: JsonObject };
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
  issues.push(...placeholderIssues(data));
  if (issues.length > 0) return { problems: placedIssues(issues, places, { environment: about.name }) };
  return { environment: { ...data, ...about, version, variables, overrides }, problems: [] };
}

/** What artifacts of this environment are rendered with. */
export function scopeOf(
  environment: Environment,
  secretValues: Scope['secrets'] = new Map(),
  processVariables: Scope['processVariables'] = {},
): Scope {
  const { name, version, variables, overrides } = environment;
  return { environment: name, version, variables, overrides, secrets: secretValues, processVariables };
}

function versionIssues(version: string): SchemaIssue[] {
  if (/^\d+(\.\d+)*$/.test(version)) return [];
  return [
    { code: 'invalid-value', message: `"version": expected a number such as 7.1`, steps: ['version'], on: 'value' },
  ];
}

function variableIssues(variables: JsonObject): SchemaIssue[] {
  return Object.keys(variables)
    .filter((name) => !/^[A-Za-z0-9_.-]+$/.test(name))
    .map((name) => ({
      code: 'invalid-name',
      message: `Variable "${name}": a name consists of letters, digits, "_", "." and "-"`,
      steps: ['variables', name],
      on: 'key',
    }));
}

function overrideIssues(overrides: Environment['overrides']): SchemaIssue[] {
  return Object.entries(overrides).flatMap(([pattern, values]) => {
    const steps = ['overrides', pattern];
    if (!/^[^/]+\/.+$/s.test(pattern)) {
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

const RENDERED = ['variables', 'overrides'];

/** In the connection only `{{env:…}}` is possible: nothing else is known before there is one. */
function placeholderIssues(data: EnvironmentSettings): SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  const visit = (value: unknown, steps: (string | number)[]): void => {
    if (typeof value === 'string') issues.push(...textIssues(value, steps));
    else if (Array.isArray(value)) value.forEach((inner, index) => visit(inner, [...steps, index]));
    else if (typeof value === 'object' && value !== null) {
      for (const [field, inner] of Object.entries(value)) visit(inner, [...steps, field]);
    }
  };
  visit(data, []);
  return issues;
}

function textIssues(value: string, steps: (string | number)[]): SchemaIssue[] {
  const { parts, mistakes } = parseText(value);
  const isConnection = !RENDERED.includes(String(steps[0]));
  const found: SchemaIssue[] = mistakes.map(({ message, hint }) => ({
    code: 'unknown-placeholder',
    message,
    hint,
    steps,
    on: 'value',
  }));
  for (const part of parts) {
    if (!isConnection || typeof part === 'string' || part.namespace === 'env') continue;
    const message = `"{{${part.namespace}:${part.name}}}" cannot be used here`;
    const hint = 'Address and credentials take {{env:NAME}} only.';
    found.push({ code: 'misplaced-placeholder', message, hint, steps, on: 'value' });
  }
  return found;
}

/** An http(s) address without user, query or fragment. */
export function isServerUrl(text_: string): boolean {
  if (!URL.canParse(text_)) return false;
  const url = new URL(text_);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:');
}
