import * as z from 'zod';
import { parsePath } from '../model/path';
import type { Problem } from '../model/problem';
import { nearestHint } from '../model/nearest';
import { Places } from './places';
import { placedIssues, type SchemaIssue } from './schema-issues';
import { artifactVariableIssues, placeholderIssues, variableIssues } from './value-issues';
import type { ArtifactName } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import { anyPattern } from '../model/selection';

/** Names become file names (`environments/NAME.yaml`) and git refs, so they are kept plain. */
const environmentName = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, 'use letters, digits, ".", "_" and "-" only')
  .refine((name) => !name.includes('..') && !name.endsWith('.lock'), 'must not contain ".." or end with ".lock"');

const pattern = z.string().regex(/^[^/]+\/.+$/s, 'write it as kind/key, such as "application/Travel*"');

const artifact = z.strictObject({
  only: z.array(z.string()).min(1).describe('The environments that these artifacts exist in. Default: all').optional(),
  variables: z.record(z.string(), z.unknown()).describe('Values of {{var:NAME}} in these artifacts').default({}),
});

const fieldPath = z.string().min(1).refine(isPath, 'is not a field path');

/** Schema of liftlock.yaml. */
export const settingsSchema = z.strictObject({
  product: z.string().min(1).describe('The kind of server that the environments run: wso2-is'),
  environments: z
    .array(environmentName)
    .min(1)
    .superRefine(refuseDoubles)
    .describe('The promotion path, lowest first. Each has a file environments/NAME.yaml'),
  kinds: z.array(z.string()).min(1).describe('The kinds that are managed here. Default: all of the product').optional(),
  protect: z
    .array(pattern)
    .describe('Artifacts that are never changed or deleted, such as "application/Console"')
    .default([]),
  unprotect: z.array(pattern).describe('Artifacts of the product itself that may be changed nevertheless').default([]),
  ignore: z
    .array(
      z.strictObject({
        artifact: pattern.describe('kind/key, with * for any text'),
        path: fieldPath.describe('Keyed path of the field, such as "advancedConfigurations.attributes.region"'),
        reason: z.string().describe('Why it is left alone, for whoever reads the file').optional(),
      }),
    )
    .describe('Fields that somebody else looks after: not compared, not changed')
    .default([]),
  variables: z
    .record(z.string(), z.unknown())
    .describe('Values of {{var:NAME}} in all environments, unless an environment sets its own')
    .default({}),
  artifacts: z
    .record(z.string(), artifact)
    .describe('What is special about single artifacts (kind/key, * for any text)')
    .default({}),
});

/** What liftlock.yaml says. */
export type Settings = z.output<typeof settingsSchema>;

function isPath(text: string): boolean {
  try {
    return parsePath(text).length > 0;
  } catch {
    return false;
  }
}

/** Also refuses names that differ only by case: they are one file on Windows and macOS. */
function refuseDoubles(names: readonly string[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const folded = name.toLowerCase();
    if (seen.has(folded)) context.addIssue({ code: 'custom', path: [index], message: `"${name}" is named twice` });
    seen.add(folded);
  });
}

/** What the schema cannot say: names of variables, placeholders, environments that do not exist. */
export function settingsIssues(settings: Settings): SchemaIssue[] {
  const { variables, artifacts, environments } = settings;
  const values = { variables, artifacts } as unknown as Json;
  return [
    ...variableIssues(variables as JsonObject),
    ...artifactVariableIssues(artifacts),
    ...placeholderIssues(values, []),
    ...Object.entries(artifacts).flatMap(([name, { only = [] }]) =>
      only.flatMap((environment, index): SchemaIssue[] => {
        if (environments.includes(environment)) return [];
        const hint = nearestHint(environment, environments);
        const message = `There is no environment "${environment}"`;
        const steps = ['artifacts', name, 'only', index];
        return [{ code: 'unknown-environment', message, steps, on: 'value', ...(hint === undefined ? {} : { hint }) }];
      }),
    ),
  ];
}

/** Whether an artifact exists in an environment: patterns that name it may restrict it (`only`). */
export function existsIn(settings: Pick<Settings, 'artifacts'>, environment: string): (name: ArtifactName) => boolean {
  const restricted = Object.entries(settings.artifacts).flatMap(([pattern_, { only }]) =>
    only === undefined || only.includes(environment) ? [] : [pattern_],
  );
  const isElsewhere = anyPattern(restricted);
  return (name) => !isElsewhere(name);
}

/** Names in liftlock.yaml that the product does not know. */
export function settingsProblems(
  file: { readonly file: string; readonly text: string },
  settings: Settings,
  known: { readonly products: readonly string[]; readonly kinds: readonly string[] },
): Problem[] {
  const issues: SchemaIssue[] = [];
  if (!known.products.includes(settings.product)) {
    issues.push(unknownName('product', settings.product, known.products, ['product']));
  } else {
    const { kinds } = known;
    settings.kinds?.forEach((kind, index) => {
      if (!kinds.includes(kind)) issues.push(unknownName('kind', kind, kinds, ['kinds', index]));
    });
    const patterns = [
      ...settings.protect.map((text, index) => ({ text, steps: ['protect', index] })),
      ...settings.unprotect.map((text, index) => ({ text, steps: ['unprotect', index] })),
      ...settings.ignore.map((rule, index) => ({ text: rule.artifact, steps: ['ignore', index, 'artifact'] })),
      ...Object.keys(settings.artifacts).map((text) => ({ text, steps: ['artifacts', text] })),
    ];
    for (const { text, steps } of patterns) {
      const kind = kindOfPattern(text);
      if (kind !== undefined && !kinds.includes(kind)) issues.push(unknownName('kind', kind, kinds, steps));
    }
  }
  return placedIssues(issues, new Places(file.file, file.text));
}

/** The kind that an artifact pattern names, unless it is a wildcard itself. */
function kindOfPattern(text: string): string | undefined {
  const kind = text.slice(0, text.indexOf('/'));
  return kind === '' || /[*?]/.test(kind) ? undefined : kind;
}

function unknownName(
  what: 'product' | 'kind',
  name: string,
  known: readonly string[],
  steps: (string | number)[],
): SchemaIssue {
  const hint = nearestHint(name, known);
  const message = `There is no ${what} "${name}"`;
  return { code: `unknown-${what}`, message, steps, on: 'value', ...(hint === undefined ? {} : { hint }) };
}
