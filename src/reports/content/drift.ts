import { artifactText } from '../../model/artifact';
import type { DriftClass } from '../../model/plan';
import type { DriftFinding, DriftReport } from '../../model/report';
import type { Count, Entry, Part, ReportDocument, Section, Sign } from '../document';
import { remarkGroups } from '../document';
import { rowsOf } from '../rows';
import { counted } from '../words';
import { problemCount, problemSections } from './problems';

type EnvironmentDrift = DriftReport['environments'][number];

const CLASSES: readonly DriftClass[] = ['drift', 'pending', 'conflict'];

const TITLES: Readonly<Record<DriftClass, string>> = {
  drift: 'Changed on the server',
  pending: 'Not applied yet',
  conflict: 'Both changed',
};

const LABELS: Readonly<Record<DriftClass, string>> = {
  drift: 'changed on the server',
  pending: 'not applied yet',
  conflict: 'changed on both sides',
};

const LEVELS = { drift: 'warning', pending: 'note', conflict: 'error' } as const;

const SIGNS: Readonly<Record<DriftFinding['presence'], Sign>> = {
  changed: 'change',
  'missing-on-server': 'remove',
  'missing-in-files': 'add',
};

const NOTES: Readonly<Record<DriftFinding['presence'], string | undefined>> = {
  changed: undefined,
  'missing-on-server': 'in the files, not on the server',
  'missing-in-files': 'on the server, not in the files',
};

/** How drift is told: per environment and class, each with what to do next. */
export function driftDocument(report: DriftReport): ReportDocument {
  const parts = report.environments.map(part);
  const findings = report.environments.flatMap(({ findings: own }) => own).length;
  const environments = counted(report.environments.length, 'environment');
  const closing = findings === 0 ? `No drift in ${environments}.` : `${counted(findings, 'finding')} in ${environments}.`;
  return { title: 'Drift', parts, closing: parts.length === 1 ? undefined : closing };
}

function part(drift: EnvironmentDrift): Part {
  const { environment, baseline, findings, unchanged } = drift;
  const note =
    baseline === undefined ? 'nothing applied yet, compared with the files' : `compared with ${baseline.slice(0, 12)}, applied last`;
  const counts: Count[] = CLASSES.map((one) => ({
    label: LABELS[one],
    count: findings.filter((finding) => finding.class === one).length,
    sign: one === 'conflict' ? 'failed' : one === 'drift' ? 'change' : 'add',
  }));
  return {
    title: environment,
    notes: [note],
    counts: [...counts, { label: 'as applied', count: unchanged, sign: 'same' }],
    sections: [...CLASSES.flatMap((one) => classSection(drift, one)), ...restSections(drift)],
    closing: closing(drift, counts),
  };
}

function classSection(drift: EnvironmentDrift, one: DriftClass): Section[] {
  const findings = drift.findings.filter((finding) => finding.class === one);
  if (findings.length === 0) return [];
  const entries = findings.map((finding) => entry(finding));
  return [{ type: 'entries', title: TITLES[one], advice: advice(one, drift.environment), entries }];
}

function advice(one: DriftClass, environment: string): string {
  if (one === 'drift') {
    return `To keep it: liftlock export ${environment}. To undo it: liftlock apply ${environment}.`;
  }
  if (one === 'pending') return `The files are ahead. To carry it out: liftlock apply ${environment}.`;
  return `Decide for each: liftlock export ${environment} takes the server's side, liftlock apply ${environment} the files'.`;
}

function entry(finding: DriftFinding): Entry {
  return {
    sign: SIGNS[finding.presence],
    name: artifactText(finding),
    note: NOTES[finding.presence],
    rows: finding.presence === 'changed' ? rowsOf(finding.differences) : [],
    file: finding.file,
    verdict: { rule: finding.class, level: LEVELS[finding.class], id: finding.id },
  };
}

function restSections(drift: EnvironmentDrift): Section[] {
  const { unmanaged, notCompared, problems } = drift;
  const sections: Section[] = [];
  if (unmanaged.length > 0) {
    const title = 'Only on the server';
    const text = 'In no file and never applied: not ours until exported.';
    sections.push({ type: 'remarks', title, advice: text, groups: remarkGroups(unmanaged), shown: 10 });
  }
  if (notCompared.length > 0) {
    sections.push({ type: 'remarks', title: 'Not compared', groups: remarkGroups(notCompared), shown: 5 });
  }
  return [...sections, ...problemSections(problems)];
}

function closing(drift: EnvironmentDrift, counts: readonly Count[]): string {
  const { environment, findings, unchanged, problems } = drift;
  const trouble = problemCount(problems);
  const incomplete = problems.some(({ severity }) => severity === 'error') ? ` Not all was checked: ${trouble}.` : '';
  if (findings.length === 0) return `${environment}: no drift, ${counted(unchanged, 'artifact')} as applied.${incomplete}`;
  const parts = counts.filter(({ count }) => count > 0).map(({ count, label }) => `${count} ${label}`);
  return `${environment}: ${[...parts, `${unchanged} as applied`].join(', ')}.${incomplete}`;
}
