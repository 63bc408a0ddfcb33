import { Document } from 'yaml';
import * as z from 'zod';
import { isObject, type Json } from '../model/json';
import { failure, LiftlockError } from '../model/problem';
import type { ParameterizeReport } from '../model/report';
import type { Accepted } from '../substitution/inference/accept';
import { Places } from './places';
import { placedIssues, schemaIssues } from './schema-issues';
import { parseYaml } from './yaml';

const text = z.string().min(1);

/** Schema of a file with proposals under review. */
const proposalFileSchema = z.strictObject({
  format: z.literal(1),
  environments: z.array(text).min(2),
  proposals: z.array(
    z.strictObject({
      id: text.describe('Tells which finding it is; do not change it'),
      type: z.enum(['variable', 'override', 'mistake', 'secret', 'environment-only']),
      accept: z.boolean().describe('Whether it is to be done'),
      name: z
        .string()
        .regex(/^[A-Za-z0-9_.-]+$/, 'use letters, digits, "_", "." and "-" only')
        .describe('Name of the variable or secret; yours to change')
        .optional(),
      why: z.string().optional(),
      values: z.record(z.string(), z.json()).describe('What each environment has; for reading only').optional(),
      count: z.int().describe('In how many places it was found').optional(),
      examples: z.array(z.string()).describe('Some of the places').optional(),
    }),
  ),
});

const EXAMPLES = 5;

/** The text of a proposal file: all is accepted but secrets, whose values have to be in their stores first. */
export function proposalText(report: ParameterizeReport, command: string): string {
  const proposals = report.proposals.map(({ id, type, name, values, places, why }) => ({
    id,
    type,
    accept: type !== 'secret',
    ...(name === undefined ? {} : { name }),
    why,
    ...(values === undefined ? {} : { values }),
    count: places.length,
    examples: places.slice(0, EXAMPLES).map(({ kind, key, path }) => `${kind}/${key} ${path}`.trim()),
  }));
  const document = new Document(
    { format: 1, environments: [...report.environments], proposals },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = ` Set "accept" to false for what is not to be done, and change names as you like. Then:\n   ${command}`;
  return document.toString({ lineWidth: 0 });
}

/** Reads a reviewed proposal file: what was accepted, for which environments. Throws with file and line for mistakes. */
export function readProposals(file: string, source: string): { environments: readonly string[]; accepted: Accepted[] } {
  const { value, problems } = parseYaml(file, source);
  if (value === undefined) throw new LiftlockError(problems);
  if (!isObject(value) || !('proposals' in value)) {
    throw failure('no-proposals', 'The file holds no proposals', {
      place: { file, line: 1, column: 1 },
      hint: 'Name a file that "liftlock parameterize ENV ENV --out FILE" wrote.',
    });
  }
  const parsed = proposalFileSchema.safeParse(value);
  if (!parsed.success) {
    throw new LiftlockError(placedIssues(schemaIssues(proposalFileSchema, value as Json), new Places(file, source)));
  }
  const accepted = parsed.data.proposals
    .filter(({ accept }) => accept)
    .map(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) }));
  return { environments: parsed.data.environments, accepted };
}
