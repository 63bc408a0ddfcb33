import { errorProblem, type Problem } from '../model/problem';

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*(.*)$/;
const DOUBLE_QUOTED = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/;
const SINGLE_QUOTED = /^'([^']*)'\s*(?:#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

/**
 * Reads a `.env` file: `NAME=value` lines, single quotes (nothing is special inside), double quotes (`\n`, `\"`, `\\` …),
 * comments. What other readers understand differently is an error, since a secret cut short would look like a wrong one:
 * a `#` behind a space outside of quotes, an unclosed quote, a name given twice. Messages never hold a value.
 */
export function parseDotenv(
  file: string,
  text: string,
): { readonly values: ReadonlyMap<string, string>; readonly problems: readonly Problem[] } {
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return;
    const [, name, raw = ''] = ASSIGNMENT.exec(line) ?? [];
    const value = name === undefined ? undefined : valueOf(raw.trimEnd());
    const place = { file, line: index + 1, column: 1 };
    if (name === undefined || value === undefined) {
      const what = name === undefined ? 'The line is not of the form NAME=value' : `The value of ${name} is ambiguous`;
      const hint = 'Put the value in quotes: "…" with \\" and \\n, or \'…\' where nothing is special.';
      problems.push(errorProblem('malformed-env-file', what, { place, hint }));
    } else if (values.has(name)) {
      problems.push(errorProblem('malformed-env-file', `${name} is given twice`, { place }));
    } else {
      values.set(name, value);
    }
  });
  return { values, problems };
}

function valueOf(raw: string): string | undefined {
  const [, double] = DOUBLE_QUOTED.exec(raw) ?? [];
  if (double !== undefined) {
    return double.replace(/\\(.)/g, (escape: string, letter: string) => ESCAPES[letter] ?? escape);
  }
  const [, single] = SINGLE_QUOTED.exec(raw) ?? [];
  if (single !== undefined) return single;
  return /^["']|\s#|^#/.test(raw) ? undefined : raw;
}
