import * as z from 'zod';
import type { Json, JsonObject } from '../model/json';
import type { ConversionReport } from '../model/conversion';
import { conversionSchema } from '../reports/conversion-schema';
import type { EnvironmentSummary } from '../workflows/check-job';
import type { RenderedDocument } from '../workflows/render-job';
import type { SandboxServer } from '../workflows/sandbox';

const text = z.string();
const format = z.literal(1).describe('Version of this document.');
const json: z.ZodType<Json> = z.json();
const map: z.ZodType<JsonObject> = z.record(text, json);

const environmentList: z.ZodType<{ format: 1; environments: readonly EnvironmentSummary[] }> = z.strictObject({
  format,
  environments: z.array(
    z.strictObject({
      name: text,
      url: text,
      tenant: text,
      version: text,
      promotesFrom: text.optional(),
      auth: text.describe('Type of authentication.').optional(),
    }),
  ),
});

/** What `init --json` prints. */
export interface InitDocument {
  readonly files: readonly string[];
  readonly conversion?: ConversionReport;
}

const init: z.ZodType<InitDocument & { format: 1 }> = z.strictObject({
  format,
  files: z.array(text).describe('The files that were written, relative to the workspace.'),
  conversion: conversionSchema.describe('What became of the folder given by --from-iamctl.').optional(),
});

const place = { file: text, line: z.int().optional(), column: z.int().optional() };

const explained = z.strictObject({
  path: text.describe('Keyed path.'),
  value: json.describe('Secrets are masked.'),
  from: z.enum(['file', 'override']),
  ...place,
  text: text.describe('What stands at the place, where it holds placeholders.').optional(),
  override: z.strictObject({ artifact: text, path: text }).optional(),
  variables: z.array(z.strictObject({ name: text, ...place })).describe('Where the variables are set.'),
  secrets: z.array(text).describe('Names of secrets.'),
});

const render: z.ZodType<RenderedDocument> = z.strictObject({
  format,
  environment: text,
  artifacts: z.array(
    z.strictObject({
      kind: text,
      key: text,
      file: text,
      value: map.describe('The artifact in the vocabulary of its file; secrets are masked.'),
      values: z.array(explained).describe('Where every value comes from; only with --explain.').optional(),
    }),
  ),
});

const sandbox: z.ZodType<{ format: 1; servers: readonly SandboxServer[] }> = z.strictObject({
  format,
  servers: z.array(z.strictObject({ environment: text, url: text })),
});

/** The schemas of the `--json` documents that are no reports, by name. */
export const COMMAND_SCHEMAS = { 'env-list': environmentList, init, render, sandbox } as const;

/** The same as JSON Schema (2020-12). */
export function commandJsonSchema(name: keyof typeof COMMAND_SCHEMAS): object {
  return { ...z.toJSONSchema(COMMAND_SCHEMAS[name]), title: `liftlock ${name}` };
}
