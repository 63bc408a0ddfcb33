import * as z from 'zod';
import { nearestHint } from '../../model/nearest';
import type { FaultAction, FaultMatch, FaultRule, HalfWrite, Milliseconds, Visibility } from './rule';

/*
 * What a fault rule may say, for all three ways to say it: the file, the flag and the control path. What an action is
 * is told by its field; there are no variants, so that a mistake is told in terms of the field that holds it.
 */

const LONGEST_MS = 600_000;

const text = z.string().min(1);
const count = z.int().min(1);
const milliseconds = z.int().min(0).max(LONGEST_MS);
const error = z.int().min(400).max(599);

const SPREAD = { error: `must be milliseconds up to ${LONGEST_MS}, or {"min": …, "max": …}` };

const time: z.ZodType<Milliseconds> = z.union(
  [
    milliseconds,
    z
      .strictObject({ min: milliseconds, max: milliseconds })
      .refine(({ min, max }) => min <= max, '"min" must not be more than "max"'),
  ],
  SPREAD,
);

const visibility: z.ZodType<Visibility> = z
  .strictObject({
    reads: count.describe('Reads that would show the write and do not yet').optional(),
    ms: milliseconds.describe('Time until it is seen').optional(),
  })
  .refine(({ reads, ms }) => reads !== undefined || ms !== undefined, 'give "reads" or "ms"');

const half: z.ZodType<HalfWrite> = z.strictObject({
  status: error.describe('Answer with this error; without it, as if all had been done').optional(),
  without: z.array(text).min(1).describe('Fields that are lost, in place of the second half').optional(),
});

const method = z.enum([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
]);

const match: z.ZodType<FaultMatch> = z.strictObject({
  method: z
    .union([method, z.array(method).min(1)], {
      error: 'must be GET, HEAD, POST, PUT, PATCH or DELETE, or a list of them',
    })
    .optional(),
  resource: text
    .startsWith('/', 'begins with "/"')
    .describe('Path below the API, such as /applications/*; * is one segment, ** any number')
    .optional(),
  path: text
    .refine(isExpression, 'is no regular expression')
    .describe('Regular expression that is searched in path and query')
    .optional(),
  page: count.describe('Page of a list, counted from 1').optional(),
});

/** The fields of which an action has exactly one. */
const KINDS = ['status', 'reset', 'delayMs', 'html', 'truncate', 'trickle', 'token', 'hidden', 'half'] as const;

const action: z.ZodType<FaultAction> = z
  .strictObject({
    status: z.int().min(200).max(599).describe('Answer with this status; nothing is done').optional(),
    headers: z.record(z.string(), z.string()).describe('With status').optional(),
    body: z.json().describe('With status').optional(),
    reset: z.enum(['before', 'after']).describe('Cut the connection before or after the work').optional(),
    delayMs: time.describe('Answer later').optional(),
    html: z.literal(true).describe('Answer 200 with a web page; nothing is done').optional(),
    truncate: z
      .union([z.literal(true), count])
      .describe('Send half of the body, or so many bytes, and cut the connection')
      .optional(),
    trickle: z.strictObject({ bytes: count, everyMs: milliseconds }).describe('Send the body in pieces').optional(),
    token: z.enum(['refused', 'revoked']).describe('Answer 401; "revoked" for this token for good').optional(),
    hidden: visibility.describe('Answer the write, and show it later').optional(),
    half: half.describe('Do the write in part').optional(),
  })
  .superRefine((value, context) => {
    const given = KINDS.filter((kind) => value[kind] !== undefined);
    const [first = 'status', second] = given;
    if (given.length === 0) context.addIssue({ code: 'custom', message: `needs one of ${KINDS.join(', ')}` });
    if (second !== undefined) {
      const message = `cannot go together with "${first}"; make two rules of it`;
      context.addIssue({ code: 'custom', path: [second], message });
    }
    for (const field of ['headers', 'body'] as const) {
      if (value[field] === undefined || value.status !== undefined) continue;
      context.addIssue({ code: 'custom', path: [field], message: 'only goes together with "status"' });
    }
  });

export const faultRuleSchema: z.ZodType<FaultRule> = z.strictObject({
  match: match.describe('Which requests; all that is given has to hold'),
  environments: z.array(text).min(1).describe('Only on the servers of these environments').optional(),
  after: z.int().min(0).describe('Leave the first n matching requests alone').optional(),
  times: count.describe('Strike n times, then never again').optional(),
  probability: z.number().gt(0).max(1).describe('Strike with this chance; the seed says when').optional(),
  action: action.describe('What happens: exactly one'),
});

/** A file of fault rules, and the body of PUT /sandbox/faults. */
export const faultRulesSchema: z.ZodType<FaultRule[]> = z.array(faultRuleSchema).describe('Tried in order');

/** The rules that a JSON value holds, or what is wrong with it, one sentence for each mistake that names its place. */
export function readFaultRules(value: unknown): { rules: FaultRule[] } | { mistakes: string[] } {
  const parsed = faultRulesSchema.safeParse(value, { reportInput: true });
  return parsed.success ? { rules: parsed.data } : { mistakes: parsed.error.issues.flatMap((issue) => told(issue)) };
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  match: ['method', 'resource', 'path', 'page'],
  action: [...KINDS, 'headers', 'body'],
  rule: ['match', 'environments', 'after', 'times', 'probability', 'action'],
};

function told(issue: z.core.$ZodIssue): string[] {
  const place = placeText(issue.path);
  if (issue.code !== 'unrecognized_keys') {
    const isMissing = 'input' in issue && issue.input === undefined && issue.code !== 'custom';
    return [`${place}: ${isMissing ? 'is missing' : reasonOf(issue)}`];
  }
  const known = FIELDS[issue.path.length === 1 ? 'rule' : String(issue.path.at(-1))] ?? [];
  return issue.keys.map((key) => {
    const hint = nearestHint(key, known, 'Known here');
    return `${place}: unknown field "${key}".${hint === undefined ? '' : ` ${hint}`}`;
  });
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`;
  return issue.code === 'invalid_type' ? `must be ${issue.expected}` : issue.message;
}

/** `rule 2, action.status`, counting rules from 1 as people do. */
function placeText([rule, ...steps]: readonly PropertyKey[]): string {
  if (rule === undefined) return 'the body';
  const fields = steps.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${String(step)}`)).join('');
  return `rule ${Number(rule) + 1}${fields === '' ? '' : `, ${fields.replace(/^\./, '')}`}`;
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
