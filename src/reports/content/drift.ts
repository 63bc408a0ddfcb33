import { artifactText } from '../../model/artifact';
import type { Difference } from '../../model/difference';
import type { DriftClass } from '../../model/plan';
import type { DriftFinding, DriftReport } from '../../model/report';
import type { Count, Entry, Part, ReportDocument, Section, Sign } from '../document';
import { remarkGroups } from '../document';
import { rowsOf, type Row } from '../rows';
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

const DIRECTIONS: Readonly<Record<DriftClass, string>> = {
  drift: 'from the files to the server',
  pending: 'from the server to the files',
  conflict: 'from the server to the files',
};

const LEVELS = { drift: 'warning', pending: 'note', conflict: 'error' } as const;

interface Sides {
  readonly sign: Sign;
  readonly note?: string;
}

/** What a finding means: drift tells what the server did, the others what applying the files would do. */
const PRESENCES: Readonly<Record<'drift' | 'other', Readonly<Record<DriftFinding['presence'], Sides>>>> = {
  drift: {
    changed: { sign: 'change' },
    'missing-on-server': { sign: 'remove', note: 'in the files, not on the server' },
    'missing-in-files': { sign: 'add', note: 'on the server, not in the files' },
  },
  other: {
    changed: { sign: 'change' },
    'missing-on-server': { sign: 'add', note: 'in the files, not on the server' },
    'missing-in-files': { sign: 'remove', note: 'its file was deleted, the server still has it' },
  },
};

/** How drift is told: per environment and class, each with what to do next. */
export function driftDocument(report: DriftReport): ReportDocument {
  const parts = report.environments.map(part);
  const findings = report.environments.flatMap(({ findings: own }) => own).length;
  const environments = counted(report.environments.length, 'environment');
  const closing =
    findings === 0 ? `No drift in ${environments}.` : `${counted(findings, 'finding')} in ${environments}.`;
  return { title: 'Drift', parts, closing: parts.length === 1 ? undefined : closing };
}

function part(drift: EnvironmentDrift): Part {
  const { environment, baseline, findings, unchanged } = drift;
  const note =
    baseline === undefined
      ? 'nothing applied or exported yet, compared with the files'
      : `compared with what was applied last${baseline === '' ? '' : ` (${baseline.slice(0, 12)})`}`;
  const counts: Count[] = CLASSES.map((one) => ({
    label: LABELS[one],
    count: findings.filter((finding) => finding.class === one).length,
    sign: one === 'conflict' ? 'failed' : one === 'drift' ? 'change' : 'add',
  }));
  return {
    title: environment,
    notes: [note],
    counts: [...counts, { label: unchangedLabel(drift), count: unchanged, sign: 'same' }],
    sections: [...CLASSES.flatMap((one) => classSection(drift, one)), ...restSections(drift)],
    closing: closing(drift, counts),
  };
}

function classSection(drift: EnvironmentDrift, one: DriftClass): Section[] {
  const findings = drift.findings.filter((finding) => finding.class === one);
  if (findings.length === 0) return [];
  const entries = findings.map(entry);
  const isAnyDeleted = findings.some(({ presence }) => presence === 'missing-in-files');
  return [{ type: 'entries', title: TITLES[one], advice: advice(one, drift.environment, isAnyDeleted), entries }];
}

function advice(one: DriftClass, environment: string, isAnyDeleted: boolean): string {
  const prune = isAnyDeleted ? ' --prune deletes what has no file any more.' : '';
  if (one === 'drift') {
    return `Shown from the files to the server. To keep it: liftlock export ${environment}. To undo it: liftlock apply ${environment}.`;
  }
  const start = 'Shown from the server to the files.';
  if (one === 'pending') return `${start} To carry it out: liftlock apply ${environment}.${prune}`;
  return `${start} liftlock export ${environment} takes the server's side, liftlock apply ${environment} the files'.${prune}`;
}

function entry(finding: DriftFinding): Entry {
  const { presence, file } = finding;
  const { sign, note } = PRESENCES[finding.class === 'drift' ? 'drift' : 'other'][presence];
  return {
    sign,
    name: artifactText(finding),
    note,
    rows: presence === 'changed' ? findingRows(finding) : [],
    file,
    verdict: { rule: finding.class, level: LEVELS[finding.class], id: finding.id },
  };
}

/** The differences of the finding's own class first; others, if any, under a label of theirs. */
function findingRows(finding: DriftFinding): Row[] {
  const others = CLASSES.filter((one) => one !== finding.class);
  return [finding.class, ...others].flatMap((one) => {
    const own = finding.differences.filter((difference) => difference.class === one);
    if (own.length === 0) return [];
    const rows = rowsOf(one === 'drift' ? own.map(reversed) : own);
    return one === finding.class ? rows : [{ type: 'label', text: `${LABELS[one]}, ${DIRECTIONS[one]}:` }, ...rows];
  });
}

/** Findings hold what turns live into desired; drift is told as what turned the files' state into the server's. */
function reversed(difference: Difference): Difference {
  const { path, change, from, to, secret } = difference;
  const back = { add: 'remove', remove: 'add', change: 'change' } as const;
  return {
    path,
    change: back[change],
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    ...(secret && { secret }),
  };
}

function restSections(drift: EnvironmentDrift): Section[] {
  const { unmanaged, notCompared, problems } = drift;
  const sections: Section[] = [];
  if (unmanaged.length > 0) {
    const title = 'Only on the server';
    const text = 'In no file and, as far as is known, never applied: not ours until exported.';
    sections.push({ type: 'remarks', title, advice: text, groups: remarkGroups(unmanaged), shown: 10 });
  }
  if (notCompared.length > 0) {
    sections.push({ type: 'remarks', title: 'Not compared', groups: remarkGroups(notCompared), shown: 5 });
  }
  return [...sections, ...problemSections(problems)];
}

/** Without a baseline nothing is known of what was applied. */
function unchangedLabel({ baseline }: EnvironmentDrift): string {
  return baseline === undefined ? 'as the files say' : 'as applied';
}

function closing(drift: EnvironmentDrift, counts: readonly Count[]): string {
  const { environment, findings, unchanged, problems } = drift;
  const trouble = problemCount(problems);
  const incomplete = problems.some(({ severity }) => severity === 'error') ? ` Not all was checked: ${trouble}.` : '';
  if (findings.length === 0)
    return `${environment}: no drift, ${counted(unchanged, 'artifact')} ${unchangedLabel(drift)}.${incomplete}`;
  const parts = counts.filter(({ count }) => count > 0).map(({ count, label }) => `${count} ${label}`);
  return `${environment}: ${[...parts, `${unchanged} ${unchangedLabel(drift)}`].join(', ')}.${incomplete}`;
}
