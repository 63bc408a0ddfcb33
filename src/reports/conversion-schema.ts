import * as z from 'zod';
import type { ConversionReport, CorruptionReason } from '../model/conversion';
import { problemSchema } from './schema';

const text = z.string();
const list = <Item extends z.ZodType>(item: Item): z.ZodReadonly<z.ZodArray<Item>> => z.array(item).readonly();
const place = z.strictObject({ file: text, line: z.int().optional(), column: z.int().optional() });

const reason: z.ZodType<CorruptionReason> = z.enum([
  'text-cut',
  'text-injected',
  'text-unreadable',
  'text-changed',
  'text-retyped',
  'order-by-chance',
  'keyword-not-set',
  'process-variable-not-set',
  'value-not-text',
  'type-lost',
  'list-joined',
  'config-unreadable',
  'mask-sent',
  'excluded-here',
]);

/** What became of a folder of another tool, in `init --json`. */
export const conversionSchema: z.ZodType<ConversionReport> = z.strictObject({
  environments: list(text).describe('Lowest first.'),
  artifacts: list(
    z.strictObject({
      kind: text,
      key: text,
      source: text.describe('The file that it was read from.'),
      file: text.optional().describe('Absent for an artifact that could not be carried over.'),
      problem: text.optional().describe('Why it could not be carried over.'),
    }),
  ),
  differences: list(
    z.strictObject({
      reason,
      environment: text,
      place,
      artifact: text.optional().describe('kind/key; absent where a whole file is concerned.'),
      path: text.optional(),
      keywords: list(text),
      sent: text.describe('What the other tool would have sent; secrets are hidden.'),
      sends: text.describe('What Liftlock sends.'),
      why: text,
    }),
  ).describe('Where the workspace says something else than the other tool would have sent.'),
  secrets: list(
    z.strictObject({
      name: text,
      artifact: text.optional(),
      path: text.optional(),
      source: text,
      variables: list(z.strictObject({ environment: text, name: text })).describe('Process variables to set.'),
    }),
  ),
  credentials: list(z.strictObject({ environment: text, name: text, source: text })).describe(
    'Process variables that sign in to the servers.',
  ),
  notTaken: list(z.strictObject({ source: text, why: text })),
  problems: list(problemSchema),
});
