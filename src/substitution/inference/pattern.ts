import type { Row } from './treatment';
import { rowKey } from './treatment';

/** What differs from environment to environment by nature: addresses, host names, mail domains. */
const ADDRESS =
  /^[a-z][a-z0-9+.-]*:\/\/\S+$|^[\w.-]+@[\w.-]+\.[a-z]{2,}$|^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$|^localhost(:\d+)?$/i;

/**
 * True when a row follows from what environments are: addresses, or texts that are the same once the names of the
 * environments (and customary short forms) are taken out. Pure.
 */
export function isEnvironmental(row: Row, environments: readonly string[]): boolean {
  const texts = row.filter((value): value is string => typeof value === 'string');
  if (texts.length < row.length) return false;
  if (texts.every((text) => ADDRESS.test(text))) return true;
  const bare = texts.map((text, index) => withoutName(text, environments[index] ?? ''));
  return bare.every((text) => text === bare[0]);
}

function withoutName(text: string, environment: string): string {
  const names = [environment, ...(SHORT_FORMS.find((forms) => forms.includes(environment.toLowerCase())) ?? [])];
  return names
    .reduce(
      (rest, name) => rest.replaceAll(new RegExp(`(^|[^A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`, 'gi'), '$1'),
      text,
    )
    .replaceAll(/[-_. ()[\]]+/g, ' ')
    .trim();
}

/** Words that people use for the same stage. */
const SHORT_FORMS = [
  ['dev', 'development', 'develop'],
  ['test', 'tst', 'qa'],
  ['int', 'integration'],
  ['preprod', 'pre-prod', 'pre', 'stage', 'staging', 'stg', 'uat', 'acceptance'],
  ['prod', 'production', 'prd', 'live'],
];

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The one environment (by position) that says something else than all the others, of three or more. */
export function oddOneOut(row: Row): number | undefined {
  if (row.length < 3) return undefined;
  const keys = row.map((value) => rowKey([value]));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (counts.size !== 2) return undefined;
  const odd = keys.findIndex((key) => counts.get(key) === 1);
  return odd < 0 ? undefined : odd;
}
