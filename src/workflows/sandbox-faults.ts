import { readFile } from 'node:fs/promises';
import { nearestHint } from '../model/nearest';
import { failure, LiftlockError } from '../model/problem';
import type { FaultRule } from '../sandbox/fault-rules/rule';
import { faultRulesSchema, readFaultRules } from '../sandbox/fault-rules/schema';
import { readShorthand } from '../sandbox/fault-rules/shorthand';
import { fileFailure } from '../workspace/file-errors';
import { Places } from '../workspace/places';
import { placedIssues, schemaIssues, type SchemaIssue } from '../workspace/schema-issues';
import { parseYaml } from '../workspace/yaml';

/** Where the rules of a sandbox come from: lines of the command line, and files. */
export interface FaultSources {
  readonly lines: readonly string[];
  readonly files: readonly string[];
}

/**
 * The rules of all sources, lines first, in their order.
 * @throws {LiftlockError} with every mistake of a file by line and column, or the first one of a line.
 */
export async function readFaults(sources: FaultSources, environments: readonly string[]): Promise<FaultRule[]> {
  const fromLines = sources.lines.map((line) => lineRule(line, environments));
  const fromFiles = await Promise.all(sources.files.map((file) => fileRules(file, environments)));
  return [...fromLines, ...fromFiles.flat()];
}

function lineRule(line: string, environments: readonly string[]): FaultRule {
  const read = readFaultRules([readShorthand(line)]);
  if ('mistakes' in read) {
    const mistakes = read.mistakes.map((mistake) => mistake.replace(/^rule 1(?:, )?/, ''));
    throw failure('invalid-fault', `The fault "${line}": ${mistakes.join('; ')}`);
  }
  const [rule] = read.rules;
  const unknown = rule?.environments?.find((name) => !environments.includes(name));
  if (rule && unknown === undefined) return rule;
  throw failure('unknown-environment', `The fault "${line}" is for "${unknown}", and no server is called that`, {
    hint: nearestHint(unknown ?? '', environments),
  });
}

async function fileRules(file: string, environments: readonly string[]): Promise<FaultRule[]> {
  const text = await textOf(file);
  const { value, problems } = parseYaml(file, text);
  if (problems.length > 0) throw new LiftlockError(problems);
  const parsed = faultRulesSchema.safeParse(value);
  const places = new Places(file, text);
  if (!parsed.success) throw new LiftlockError(placedIssues(schemaIssues(faultRulesSchema, value), places));
  const unknown = environmentIssues(parsed.data, environments);
  if (unknown.length > 0) throw new LiftlockError(placedIssues(unknown, places));
  return parsed.data;
}

function environmentIssues(rules: readonly FaultRule[], environments: readonly string[]): SchemaIssue[] {
  return rules.flatMap((rule, position) =>
    (rule.environments ?? []).flatMap((name, index): SchemaIssue[] => {
      if (environments.includes(name)) return [];
      const steps = [position, 'environments', index];
      const message = `No server is called "${name}"`;
      return [{ code: 'unknown-environment', message, steps, on: 'value', hint: nearestHint(name, environments) }];
    }),
  );
}

async function textOf(file: string): Promise<string> {
  try {
    // The parser miscounts the columns of a list behind a byte order mark.
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw fileFailure(error, file, 'read');
  }
}
