import type { CheckItem, CheckReport } from '../../model/report';
import type { Count, Entry, Part, ReportDocument, Sign } from '../document';
import { counted } from '../words';

const SIGNS: Readonly<Record<CheckItem['status'], Sign>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  skipped: 'skipped',
};

const LEVELS = { ok: 'none', warning: 'warning', failed: 'error', skipped: 'skipped' } as const;

/** How the check of environments is told: one line per thing checked. */
export function checkDocument(report: CheckReport): ReportDocument {
  const bad = report.environments.filter(({ items }) => items.some(({ status }) => status === 'failed')).length;
  const all = counted(report.environments.length, 'environment');
  const parts = report.environments.map(({ environment, items }) => part(environment, items));
  const closing = bad === 0 ? `${all} ready.` : `${bad} of ${all} not ready.`;
  return { title: 'Environments', parts, closing: parts.length === 1 ? undefined : closing };
}

function part(environment: string, items: readonly CheckItem[]): Part {
  const failed = items.filter(({ status }) => status === 'failed').length;
  const warned = items.filter(({ status }) => status === 'warning').length;
  const warnings = warned === 0 ? '' : `, ${counted(warned, 'warning')}`;
  const counts: Count[] = (['ok', 'warning', 'failed', 'skipped'] as const).map((status) => ({
    label: status,
    count: items.filter((item) => item.status === status).length,
    sign: SIGNS[status],
  }));
  return {
    title: environment,
    notes: [],
    counts,
    sections: [{ type: 'entries', title: 'Checks', entries: items.map((item) => entry(environment, item)) }],
    closing:
      failed === 0
        ? `${environment} is ready${warnings}.`
        : `${environment}: ${counted(failed, 'check')} failed${warnings}.`,
  };
}

function entry(environment: string, item: CheckItem): Entry {
  const rule = `check-${item.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  return {
    sign: SIGNS[item.status],
    name: item.name,
    note: item.detail,
    hint: item.hint,
    rows: [],
    verdict: { rule, level: LEVELS[item.status], id: `${environment} ${rule}` },
  };
}
