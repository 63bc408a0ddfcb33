import type { core, ZodType } from 'zod';
import { nearestHint } from '../model/nearest';
import type { Places, Steps } from './places';
import { errorProblem, type Problem } from '../model/problem';
import { fieldsAt } from './schema-fields';

/** A value that does not fit its schema: what is wrong and where, still without line and column. */
export interface SchemaIssue {
  readonly code: string;
  readonly message: string;
  readonly steps: Steps;
  /** Whether the field name is wrong, or its value. */
  readonly on: 'key' | 'value';
  readonly hint?: string;
}

/** Everything in which a value does not fit a schema, in words of the file. */
export function schemaIssues(schema: ZodType, value: unknown): SchemaIssue[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => translate(schema, issue, []));
}

/** Issues with their places in a file. */
export function placedIssues(issues: readonly SchemaIssue[], places: Places, rest: Partial<Problem> = {}): Problem[] {
  return issues.map(({ code, message, steps, on, hint }) => {
    const place = on === 'key' ? places.ofKey(steps) : places.ofValue(steps);
    return errorProblem(code, message, { ...rest, place, ...(hint === undefined ? {} : { hint }) });
  });
}

/** `a.b[2]`, counting elements from 1 as people do. */
function stepsText(steps: Steps): string {
  const text = steps.map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${step}`)).join('');
  return text.replace(/^\./, '');
}

type Issue = core.$ZodIssue;

function translate(schema: ZodType, issue: Issue, at: Steps): SchemaIssue[] {
  const steps = [...at, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(schema, steps, key, issue.input));
  if (issue.code === 'invalid_union') return union(schema, issue, steps);
  const name = steps.length > 0 ? `"${stepsText(steps)}"` : 'The file';
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value') {
    const expected = issue.code === 'invalid_type' ? typeWord(issue.expected) : optionsText(issue.values);
    if (issue.input === undefined) {
      return [{ code: 'missing-field', message: `${name} is missing; expected ${expected}`, steps, on: 'value' }];
    }
    const found = issue.code === 'invalid_value' ? valueWord(issue.input) : foundWord(issue.input);
    const hint =
      issue.code === 'invalid_value' ? nearestHint(String(issue.input), issue.values.map(String)) : quoting(issue);
    const message = `${name}: expected ${expected}, found ${found}`;
    const code = issue.code === 'invalid_type' ? 'wrong-type' : 'invalid-value';
    return [{ code, message, steps, on: 'value', ...(hint === undefined ? {} : { hint }) }];
  }
  return [{ code: 'invalid-value', message: `${name}: ${rangeText(issue)}`, steps, on: 'value' }];
}

function unknownKey(schema: ZodType, steps: Steps, key: string, map: unknown): SchemaIssue {
  const known = fieldsAt(schema, steps, map);
  const hint = nearestHint(key, known, 'Fields here');
  const where = steps.length > 0 ? ` in "${stepsText(steps)}"` : '';
  const message = `Unknown field "${key}"${where}`;
  return { code: 'unknown-field', message, steps: [...steps, key], on: 'key', ...(hint === undefined ? {} : { hint }) };
}

/** The variant that fits best speaks; where none comes close, the expected types are named together. */
function union(schema: ZodType, issue: core.$ZodIssueInvalidUnion, steps: Steps): SchemaIssue[] {
  const discriminator = 'discriminator' in issue ? issue.discriminator : undefined;
  if (issue.errors.length === 0) return [noVariant(issue, steps, discriminator)];
  const close = issue.errors.filter((errors) => !errors.some((error) => isTypeOfWhole(error)));
  const best = close.sort((a, b) => a.length - b.length)[0];
  if (best) return best.flatMap((error) => translate(schema, error as Issue, steps));
  const expected = issue.errors.flatMap((errors) => errors.map((error) => expectedWord(error)));
  const name = steps.length > 0 ? `"${stepsText(steps)}"` : 'The file';
  const found = foundWord(issue.input);
  const message = `${name}: expected ${[...new Set(expected)].join(' or ')}, found ${found}`;
  return [{ code: issue.input === undefined ? 'missing-field' : 'wrong-type', message, steps, on: 'value' }];
}

function noVariant(issue: core.$ZodIssueInvalidUnion, steps: Steps, discriminator: string | undefined): SchemaIssue {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const input: unknown = issue.input;
  const value = isRecord(input) && discriminator !== undefined ? input[discriminator] : input;
  const name = `"${stepsText(steps)}"`;
  const expected = optionsText(options);
  if (value === undefined) {
    return { code: 'missing-field', message: `${name} is missing; expected ${expected}`, steps, on: 'value' };
  }
  const hint = nearestHint(String(value), options);
  const message = `${name}: expected ${expected}, found ${valueWord(value)}`;
  return { code: 'invalid-value', message, steps, on: 'value', ...(hint === undefined ? {} : { hint }) };
}

function isTypeOfWhole(error: Issue): boolean {
  return error.path.length === 0 && (error.code === 'invalid_type' || error.code === 'invalid_value');
}

function expectedWord(error: Issue): string {
  if (error.code === 'invalid_type') return typeWord(error.expected);
  return error.code === 'invalid_value' ? optionsText(error.values) : error.message;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'null',
  never: 'nothing',
};

function typeWord(type: string): string {
  return TYPE_WORDS[type] ?? type;
}

function optionsText(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length === 1 ? String(texts[0]) : `one of ${texts.join(', ')}`;
}

/** The type only: the value may be a secret that somebody wrote in the wrong place. */
function foundWord(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return String(value);
  return { string: 'a text', number: 'a number' }[typeof value as string] ?? 'a map';
}

/** Long values are cut, so that a message stays readable. */
function valueWord(value: unknown): string {
  if (typeof value === 'object' && value !== null) return foundWord(value);
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function quoting(issue: core.$ZodIssueInvalidType): string | undefined {
  const isScalar = typeof issue.input === 'number' || typeof issue.input === 'boolean';
  return issue.expected === 'string' && isScalar ? 'Write it in quotes to make it a text.' : undefined;
}

function rangeText(issue: Issue): string {
  if (issue.code === 'too_small') {
    if (issue.origin === 'string')
      return Number(issue.minimum) === 1 ? 'must not be empty' : `needs ${issue.minimum} characters or more`;
    if (issue.origin === 'array')
      return `needs ${issue.minimum} element${Number(issue.minimum) === 1 ? '' : 's'} or more`;
    return `must be ${issue.inclusive ? '' : 'more than '}${issue.minimum}${issue.inclusive ? ' or more' : ''}`;
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'array') return `may have ${issue.maximum} elements at most`;
    return issue.origin === 'string'
      ? `may have ${issue.maximum} characters at most`
      : `must be ${issue.maximum} or less`;
  }
  return issue.message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
