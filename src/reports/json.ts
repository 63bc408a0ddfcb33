import { isObject } from '../model/json';
import type { Report } from './report';

/** A report as its JSON document: the same bytes as `--json`. */
export function renderJson(report: Report): string {
  return `${JSON.stringify({ format: 1, ...report.data }, withoutSecrets, 2)}\n`;
}

/** The comparison keeps no value of a secret; should one ever slip in, it does not slip out. */
function withoutSecrets(_field: string, value: unknown): unknown {
  const isSecret = isObject(value) && value.secret === true && 'path' in value && 'change' in value;
  return isSecret ? { ...value, from: undefined, to: undefined } : value;
}
