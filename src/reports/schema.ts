import * as z from 'zod';
import type { Json } from '../model/json';
import type { Plan, RunResult } from '../model/plan';
import type { Problem } from '../model/problem';
import type {
  CheckReport,
  ConvertReport,
  DiffReport,
  DriftReport,
  ExportReport,
  LintReport,
  ParameterizeReport,
  RehearsalReport,
} from '../model/report';
import type { ReportKind } from './report';

const text = z.string();
const count = z.int().nonnegative();
const json: z.ZodType<Json> = z.json();
const format = z.literal(1).describe('Version of this document.');

const artifactName = { kind: text, key: text };

const problem = z.strictObject({
  code: text.describe('Stable, in kebab-case.'),
  message: text,
  severity: z.enum(['error', 'warning', 'info']),
  place: z.strictObject({ file: text, line: count.optional(), column: count.optional() }).readonly().optional(),
  hint: text.optional(),
  artifact: text.optional(),
  environment: text.optional(),
});

export { problem as problemSchema };

const difference = {
  path: text,
  change: z.enum(['add', 'remove', 'change']),
  from: json.optional(),
  to: json.optional(),
  secret: z.literal(true).optional().describe('The values are secret and not part of the document.'),
};

const remark = z.strictObject({ ...artifactName, path: text.optional(), why: text });
const driftClass = z.enum(['drift', 'pending', 'conflict']);
const action = z.enum(['create', 'update', 'delete']);

const list = <Item extends z.ZodType>(item: Item): z.ZodReadonly<z.ZodArray<Item>> => z.array(item).readonly();

const operation = z.strictObject({
  ...artifactName,
  action,
  reason: text,
  differences: list(z.strictObject(difference)),
  requests: list(text),
  dependsOn: list(text).describe('kind/key of operations that come first.'),
  fingerprint: z
    .strictObject({ live: text.optional(), desired: text.optional() })
    .describe('Digests of the states that the operation was planned on.'),
});

/** The document of `plan --json` and `plan --out`. */
export const planSchema = z.strictObject({
  format,
  environment: text,
  product: text,
  version: text,
  operations: list(operation),
  unchanged: count,
  skipped: list(remark),
  notCarried: list(remark),
  awaitingPrune: list(z.strictObject(artifactName)),
  unmanaged: list(z.strictObject(artifactName)),
  problems: list(problem),
});

const outcome = z.strictObject({
  ...artifactName,
  status: z.enum(['done', 'unchanged', 'skipped', 'failed']),
  action: action.optional(),
  reason: text.optional(),
});

const runResult = { run: text, environment: text, outcomes: list(outcome), writes: count };

const exportedFile = z.strictObject({
  ...artifactName,
  file: text,
  change: z.enum(['created', 'updated', 'unchanged', 'removed']),
});

const exportSchema = z.strictObject({
  format,
  environment: text,
  files: list(exportedFile),
  skipped: list(remark),
  problems: list(problem),
  commit: text.optional(),
});

const diffSchema = z.strictObject({
  format,
  left: text,
  right: text,
  artifacts: list(
    z.strictObject({
      ...artifactName,
      presence: z.enum(['both', 'left-only', 'right-only']),
      differences: list(z.strictObject(difference)),
    }),
  ),
  unchanged: count,
  notShown: z.strictObject({ artifacts: count, byFiles: count, byServers: count }),
  notCompared: list(remark),
  problems: list(problem),
});

const finding = z.strictObject({
  ...artifactName,
  id: text.describe('Stable across runs.'),
  class: driftClass,
  presence: z.enum(['changed', 'missing-on-server', 'missing-in-files']),
  differences: list(z.strictObject({ ...difference, class: driftClass })),
  file: text.optional(),
});

const driftSchema = z.strictObject({
  format,
  environments: list(
    z.strictObject({
      environment: text,
      baseline: text.optional(),
      findings: list(finding),
      unchanged: count,
      unmanaged: list(z.strictObject(artifactName)),
      notCompared: list(remark),
      problems: list(problem),
    }),
  ),
});

const checkItem = z.strictObject({
  name: text,
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  detail: text,
  hint: text.optional(),
});

const checkSchema = z.strictObject({
  format,
  environments: list(z.strictObject({ environment: text, items: list(checkItem) })),
});

const convertSchema = z.strictObject({
  format,
  to: z.enum(['artifacts', 'xml', 'yaml', 'json']),
  sources: list(
    z.strictObject({
      file: text,
      status: z.enum(['converted', 'failed']),
      kind: text.optional().describe('Absent when the file could not be read.'),
    }),
  ),
  files: list(
    z.strictObject({
      ...artifactName,
      source: text,
      file: text.describe('Relative to the workspace or to --out; - for standard output.'),
      change: z.enum(['created', 'updated', 'unchanged', 'refused', 'printed']),
      text: text.optional().describe('What was printed.'),
    }),
  ),
  notConverted: list(
    z.strictObject({
      source: text,
      line: count.optional(),
      element: text,
      why: text,
      count,
      meaningless: z.boolean().describe('Nothing is lost with it.'),
    }),
  ),
  problems: list(problem),
});

const lintSchema = z.strictObject({ format, files: count, problems: list(problem) });
const parameterizeSchema = z.strictObject({
  format,
  environments: list(text),
  proposals: list(
    z.strictObject({
      id: text.describe('The same for the same finding in a later run.'),
      type: z.enum(['variable', 'override', 'mistake', 'secret', 'environment-only']),
      name: text.optional(),
      isExisting: z.boolean().optional().describe('The variable is there already.'),
      values: z.record(text, json).optional().describe('By environment; never given for secrets.'),
      places: list(z.strictObject({ ...artifactName, path: text })),
      why: text,
    }),
  ),
  isApplied: z.boolean(),
  files: list(exportedFile),
  settingsFiles: list(text).optional(),
  problems: list(problem),
});
const runSchema = z.strictObject({ format, ...runResult });
const rehearsalSchema = z.strictObject({
  format,
  environment: text,
  product: text,
  version: text,
  succeeded: z.boolean(),
  copied: list(z.strictObject({ kind: text, count })),
  notCopied: list(remark),
  outcomes: list(outcome),
  writes: count,
  secondPlan: z.enum(['empty', 'not-empty', 'not-made']),
  remaining: list(z.strictObject({ ...artifactName, action, paths: list(text) })),
  besides: list(remark).describe('What changed in the copy though no operation names it.'),
  problems: list(problem),
});
const errorSchema = z.strictObject({ format, error: z.strictObject({ problems: list(problem) }) });

/** The schema of each `--json` document; `error` is the one that takes the place of any of them when a command fails. */
export const SCHEMAS = {
  plan: planSchema,
  diff: diffSchema,
  drift: driftSchema,
  lint: lintSchema,
  check: checkSchema,
  export: exportSchema,
  run: runSchema,
  parameterize: parameterizeSchema,
  convert: convertSchema,
  rehearsal: rehearsalSchema,
  error: errorSchema,
} as const satisfies Record<ReportKind | 'error', z.ZodType>;

/** The same as JSON Schema (2020-12). */
export function jsonSchemaOf(name: keyof typeof SCHEMAS): object {
  const schema = z.toJSONSchema(SCHEMAS[name], {
    // Readonly in TypeScript says nothing about the document.
    override: ({ jsonSchema }) => void delete jsonSchema.readOnly,
  });
  return { ...schema, title: `liftlock ${name}` };
}

/** Readonly all the way down, so that only the shapes are compared. */
type Shape<T> = T extends readonly (infer Item)[]
  ? readonly Shape<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]: Field extends 'from' | 'to' ? T[Field] : Shape<T[Field]> }
    : T;

type Same<Left, Right> =
  (<T>() => T extends Shape<Left> ? 1 : 2) extends <T>() => T extends Shape<Right> ? 1 : 2 ? true : never;

/** Does not compile when a schema and the type of the model have come apart. */
export const IN_STEP: {
  readonly problem: Same<z.infer<typeof problem>, Problem>;
  readonly plan: Same<z.infer<typeof planSchema>, Plan>;
  readonly diff: Same<z.infer<typeof diffSchema>, DiffReport>;
  readonly drift: Same<z.infer<typeof driftSchema>, DriftReport>;
  readonly lint: Same<z.infer<typeof lintSchema>, LintReport>;
  readonly check: Same<z.infer<typeof checkSchema>, CheckReport>;
  readonly export: Same<z.infer<typeof exportSchema>, ExportReport>;
  readonly run: Same<z.infer<typeof runSchema>, RunResult & { format: 1 }>;
  readonly parameterize: Same<z.infer<typeof parameterizeSchema>, ParameterizeReport>;
  readonly convert: Same<z.infer<typeof convertSchema>, ConvertReport>;
  readonly rehearsal: Same<z.infer<typeof rehearsalSchema>, RehearsalReport>;
} = {
  problem: true,
  plan: true,
  diff: true,
  drift: true,
  lint: true,
  check: true,
  export: true,
  run: true,
  parameterize: true,
  convert: true,
  rehearsal: true,
};
