import type { Json, JsonObject } from '../../model/json';
import { nearestHint } from '../../model/nearest';
import { failure, type LiftlockError } from '../../model/problem';

/*
 * A fault rule in one line, for the command line:
 *
 *   [ENVIRONMENT:] METHOD PATH WORD…
 *
 *   prod: GET /applications page=2 500 x3
 *
 * METHOD is one method, several with commas between, or * for any. PATH is a resource pattern as in a rule, or * for
 * any. The words, in any order, narrow the rule down and say what happens; their list is WORDS below.
 */

/** What a word adds to its rule. */
interface Part {
  readonly match?: JsonObject;
  readonly action?: JsonObject;
  readonly rule?: JsonObject;
}

interface Word {
  /** How the word looks in the list of all words. */
  readonly form: string;
  readonly pattern: RegExp;
  part(value: string, more: string | undefined): Part;
}

const WORDS: readonly Word[] = [
  { form: 'page=2', pattern: /^page=(\d+)$/, part: (page) => ({ match: { page: Number(page) } }) },
  { form: 'after=2', pattern: /^after=(\d+)$/, part: (after) => ({ rule: { after: Number(after) } }) },
  { form: 'x3', pattern: /^x(\d+)$/, part: (times) => ({ rule: { times: Number(times) } }) },
  { form: '25%', pattern: /^(\d+(?:\.\d+)?)%$/, part: (share) => ({ rule: { probability: Number(share) / 100 } }) },
  { form: '503', pattern: /^(\d{3})$/, part: (status) => ({ action: { status: Number(status) } }) },
  {
    form: 'retry-after=1',
    pattern: /^retry-after=(\d+)$/,
    part: (seconds) => ({ action: { headers: { 'Retry-After': seconds } } }),
  },
  {
    form: 'reset',
    pattern: /^reset(?:=(before|after))?$/,
    part: (reset) => ({ action: { reset: reset || 'before' } }),
  },
  {
    form: 'delay=100-300',
    pattern: /^delay=(\d+)(?:-(\d+))?$/,
    part: (min, max) => ({ action: { delayMs: spreadOf(min, max) } }),
  },
  {
    form: 'slow=64/100',
    pattern: /^slow=(\d+)\/(\d+)$/,
    part: (bytes, everyMs) => ({ action: { trickle: { bytes: Number(bytes), everyMs: Number(everyMs) } } }),
  },
  {
    form: 'cut',
    pattern: /^cut(?:=(\d+))?$/,
    part: (bytes) => ({ action: { truncate: bytes === '' ? true : Number(bytes) } }),
  },
  { form: 'html', pattern: /^html$/, part: () => ({ action: { html: true } }) },
  { form: 'token=revoked', pattern: /^token=(refused|revoked)$/, part: (token) => ({ action: { token } }) },
  {
    form: 'hidden=2',
    pattern: /^hidden=(\d+)(ms)?$/,
    part: (amount, ms) => ({ action: { hidden: { [ms === undefined ? 'reads' : 'ms']: Number(amount) } } }),
  },
  {
    form: 'half',
    pattern: /^half(?:=(\d{3}))?$/,
    part: (status) => ({ action: { half: { ...(status === '' ? {} : { status: Number(status) }) } } }),
  },
  {
    form: 'without=description',
    pattern: /^without=([\w.,-]+)$/,
    part: (fields) => ({ action: { half: { without: fields.split(',') } } }),
  },
];

/**
 * The rule that a line stands for, still to be held against the schema: the line says no more than which words it has.
 * @throws {LiftlockError} `invalid-fault`, naming the word that is none.
 */
export function readShorthand(line: string): Json {
  const [environment, rest] = splitEnvironment(line.trim());
  const [method, path, ...words] = rest.split(/\s+/).filter((word) => word !== '');
  if (method === undefined || path === undefined || words.length === 0) throw tooShort(line);
  if (path !== '*' && !path.startsWith('/')) {
    const why = `"${path}" (column ${line.indexOf(path) + 1}) is no path`;
    throw failure('invalid-fault', `The fault "${line}": ${why}`, { hint: 'Write one such as /applications/*, or *.' });
  }
  const parts = words.map((word) => partOf(line, word));
  const rule = Object.assign({}, ...parts.map((part) => part.rule)) as JsonObject;
  const match = Object.assign({}, ...parts.map((part) => part.match)) as JsonObject;
  return {
    match: {
      ...(method === '*' ? {} : { method: method.toUpperCase().split(',') }),
      ...(path === '*' ? {} : { resource: path }),
      ...match,
    },
    ...(environment === undefined ? {} : { environments: environment.split(',') }),
    ...rule,
    action: actionOf(line, words, parts),
  };
}

/** A time of the command line, `200` or `150-250`. */
function spreadOf(min: string, max: string | undefined): number | { min: number; max: number } {
  return max === undefined ? Number(min) : { min: Number(min), max: Number(max) };
}

function splitEnvironment(line: string): [string | undefined, string] {
  const [, environment, rest] = /^([^\s/*:]+):\s+(.*)$/s.exec(line) ?? [];
  return environment === undefined || rest === undefined ? [undefined, line] : [environment, rest];
}

function partOf(line: string, word: string): Part {
  for (const { pattern, part } of WORDS) {
    const found = pattern.exec(word);
    if (found) return part(found[1] ?? '', found[2]);
  }
  throw badWord(line, word, 'is none of the words of a fault');
}

/** The words of one action, put together: a status with its header, a half with what it loses. */
function actionOf(line: string, words: readonly string[], parts: readonly Part[]): JsonObject {
  const action: JsonObject = {};
  for (const [index, part] of parts.entries()) {
    for (const [field, value] of Object.entries(part.action ?? {})) {
      const known = action[field];
      if (known !== undefined && field !== 'half') throw badWord(line, words[index] ?? '', `says "${field}" once more`);
      action[field] = known === undefined ? value : { ...(known as JsonObject), ...(value as JsonObject) };
    }
  }
  if (Object.keys(action).length > 0) return action;
  throw failure('invalid-fault', `The fault "${line}" does not say what happens`, { hint: allWords() });
}

function badWord(line: string, word: string, why: string): LiftlockError {
  const column = line.indexOf(word) + 1;
  const names = WORDS.map(({ form }) => form.replace(/=.*/, ''));
  const near = /^[a-z]/.test(word) ? nearestHint(word.replace(/=.*/, ''), names) : undefined;
  return failure('invalid-fault', `The fault "${line}": "${word}" (column ${column}) ${why}`, {
    hint: near === undefined ? allWords() : `${near} ${allWords()}`,
  });
}

function tooShort(line: string): LiftlockError {
  return failure('invalid-fault', `The fault "${line}" is too short`, {
    hint: `Write METHOD PATH and what happens, such as "GET /applications 503 x2". ${allWords()}`,
  });
}

function allWords(): string {
  return `Words: ${WORDS.map(({ form }) => form).join(', ')}.`;
}
