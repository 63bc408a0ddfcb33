import { createHash } from 'node:crypto';
import { artifactText, type ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import type { Remark } from '../model/plan';
import type { DriftDifference, DriftFinding, DriftReport } from '../model/report';
import { classify, classOfPresence, gravest } from '../planning/classify';
import { settle } from '../planning/settle';
import type { ProductKind } from '../products/product';
import type { Baseline } from './baseline';
import { ignoredPaths } from './plan';
import type { Session } from './session';
import type { State, StateArtifact } from './states';

/** The three states of one environment. */
export interface DriftStates {
  readonly live: State;
  readonly desired: State;
  /** What the applied record holds; undefined when nothing was applied or exported yet. */
  readonly baseline?: Pick<Baseline, 'artifacts' | 'commit'>;
}

type EnvironmentDrift = DriftReport['environments'][number];

/** Compares live with desired and says for each difference who moved: the server, the files or both. Writes nothing. */
export function findDrift(session: Session, states: DriftStates): EnvironmentDrift {
  const { live, desired, baseline } = states;
  const notCompared: Remark[] = [];
  const findings: DriftFinding[] = [];
  const unmanaged: ArtifactName[] = [];
  let unchanged = 0;
  const names = new Set([...live.artifacts.keys(), ...desired.artifacts.keys()]);
  for (const name of [...names].sort()) {
    if (live.unreadable?.has(name)) continue;
    const item = concern(session, name, states);
    if (!item) continue;
    // What was never in the files is not theirs to miss.
    if (!item.desired && !item.baseline) unmanaged.push({ kind: item.kind.name, key: item.key });
    else {
      const { finding, remarks } = judge(session, item, baseline !== undefined);
      notCompared.push(...remarks);
      if (finding) findings.push(finding);
      else unchanged += 1;
    }
  }
  return {
    environment: session.environment,
    ...(baseline ? { baseline: baseline.commit } : {}),
    findings,
    unchanged,
    unmanaged,
    notCompared,
    problems: [...live.problems, ...desired.problems],
  };
}

/** One artifact in its three states. */
interface Item {
  readonly kind: ProductKind;
  readonly key: string;
  readonly live?: StateArtifact;
  readonly desired?: StateArtifact;
  readonly baseline?: StateArtifact;
}

function concern(session: Session, name: string, states: DriftStates): Item | undefined {
  const live = states.live.artifacts.get(name);
  const desired = states.desired.artifacts.get(name);
  const baseline = states.baseline?.artifacts.get(name);
  const known = live ?? desired;
  const kind = session.kinds.find((candidate) => candidate.name === known?.kind);
  return kind && known
    ? { kind, key: known.key, ...(live && { live }), ...(desired && { desired }), ...(baseline && { baseline }) }
    : undefined;
}

function judge(session: Session, item: Item, hasBaseline: boolean): { finding?: DriftFinding; remarks: Remark[] } {
  const { kind, key, live, desired, baseline } = item;
  const name = { kind: kind.name, key };
  if (live && desired) return judgeBoth(session, kind, live, desired, hasBaseline ? (baseline ?? 'none') : undefined);
  const presence = live ? 'missing-in-files' : 'missing-on-server';
  const driftClass = hasBaseline
    ? classOfPresence({ baseline: baseline !== undefined, live: live !== undefined, desired: desired !== undefined })
    : 'drift';
  const finding: DriftFinding = {
    ...name,
    id: findingId(session.environment, name, [presence]),
    class: driftClass,
    presence,
    differences: [],
    ...(desired?.file ? { file: desired.file } : {}),
  };
  return { finding, remarks: [] };
}

function judgeBoth(
  session: Session,
  kind: ProductKind,
  live: StateArtifact,
  desired: StateArtifact,
  /** `none`: others are known, and this one came into the files after the last apply. */
  baseline: StateArtifact | 'none' | undefined,
): { finding?: DriftFinding; remarks: Remark[] } {
  const name = { kind: kind.name, key: desired.key };
  const settled = settle(kind, live.value, desired.value, {
    ignored: ignoredPaths(session, name),
    unknownSecrets: desired.unknownSecrets,
    confidential: live.confidential,
  });
  const remarks = settled.left.map((remark) => ({ ...name, ...remark }));
  if (settled.differences.length === 0) return { remarks };
  const differences: DriftDifference[] =
    baseline === 'none'
      ? settled.differences.map((difference) => ({ ...difference, class: 'pending' }))
      : classify(kind, settled.differences, {
          baseline: baseline && settledBaseline(session, kind, live, baseline),
          live: live.value,
          desired: settled.desired,
        });
  const finding: DriftFinding = {
    ...name,
    id: findingId(
      session.environment,
      name,
      differences.map(({ path }) => path),
    ),
    class: gravest(differences.map((difference) => difference.class)),
    presence: 'changed',
    differences,
    ...(desired.file ? { file: desired.file } : {}),
  };
  return { finding, remarks };
}

/** The baseline, too, says nothing about fields that cannot be compared. */
function settledBaseline(
  session: Session,
  kind: ProductKind,
  live: StateArtifact,
  baseline: StateArtifact,
): JsonObject {
  return settle(kind, live.value, baseline.value, {
    ignored: ignoredPaths(session, baseline),
    unknownSecrets: baseline.unknownSecrets,
    confidential: live.confidential,
  }).desired;
}

function findingId(environment: string, name: ArtifactName, parts: readonly string[]): string {
  return createHash('sha256')
    .update([environment, artifactText(name), ...parts].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
