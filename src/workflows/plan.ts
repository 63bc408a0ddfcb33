import { canonicalise } from '../compare/canonical';
import { artifactText, type ArtifactName } from '../model/artifact';
import { compareVersions } from '../model/kind';
import { parsePath } from '../model/path';
import type { Plan, Remark } from '../model/plan';
import type { Problem } from '../model/problem';
import { anyPattern, selects, type Selection } from '../model/selection';
import { dependencies, sortOperations } from '../planning/order';
import { uniqueValuesOf, type Holder } from '../planning/unique-values';
import { fieldsNotHeld, settle, type Settled } from '../planning/settle';
import type { Listed, ProductKind, Server } from '../products/product';
import { danglingReferences } from './dangling-references';
import type { DesiredArtifact, DesiredState } from './desired';
import { missingAddedSecrets, missingSecrets } from './missing-secrets';
import { neededByOthers } from './needed-by-others';
import { refuseEmptySelection } from './open-workspace';
import { listKind, protectionOf, readEach, type LiveArtifact } from './live';
import { toOperation, type PlannedStep } from './planned-operation';
import { serverRefusals } from './server-refusals';
import { duplicatesInFiles, uniqueFindings, type UniqueFindings } from './unique-problems';
import type { Session } from './session';

export interface PlanOptions {
  readonly selection: Selection;
  /** Plan deletions of artifacts that are in no file. */
  readonly prune: boolean;
  /** Names of what was applied or exported once; undefined when nothing is known. */
  readonly applied?: ReadonlySet<string> | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What one artifact came to while planning. */
interface Finding {
  readonly step?: PlannedStep;
  readonly skipped?: readonly Remark[];
  readonly notCarried?: readonly Remark[];
  readonly unmanaged?: ArtifactName;
  readonly awaitingPrune?: ArtifactName;
  readonly unchanged?: true;
  /** Values of the live artifact that no other can have. */
  readonly holds?: Holder;
  readonly problems?: readonly Problem[];
}

/**
 * Compares the files, rendered for the session's environment, with the server and says what to write, in which order.
 * Reads every listed artifact that has a file (and, with prune, those that have none); writes nothing.
 */
export async function makePlan(session: Session, desired: DesiredState, options: PlanOptions): Promise<Plan> {
  const { server } = session;
  const isSelected = selects(options.selection);
  const findings: Finding[] = [];
  const listings = new Map<string, ReadonlyMap<string, Listed>>();
  for (const kind of session.kinds) {
    const wanted = desired.artifacts.filter((artifact) => artifact.kind === kind.name && isSelected(artifact));
    const skipsKind = options.selection.kinds?.length && !options.selection.kinds.includes(kind.name);
    if (skipsKind || !kindExists(kind, server, wanted, findings)) continue;
    const listed = await listKind(server, kind);
    listings.set(kind.name, listed);
    findings.push(...(await planKind(session, kind, wanted, listed, desired, options, isSelected)));
  }
  refuseEmptySelection(options.selection, findings.length);
  const steps = findings.flatMap((finding) => finding.step ?? []);
  const held = findings.flatMap((finding) => finding.holds ?? []);
  const unique = await uniqueFindings(session, desired, steps, held, listings);
  return assemble(session, desired, findings, unique.after, [
    ...duplicatesInFiles(
      session.kinds,
      { name: session.environment, version: server.version },
      desired,
      options.selection,
    ),
    ...unique.problems,
    ...danglingReferences(session.environment, desired, steps, listings),
    ...(await neededByOthers(session, desired, steps, listings)),
    ...(await serverRefusals(session, desired, steps)),
  ]);
}

/** A kind that the server's version does not have: its files are named as not carried. */
function kindExists(
  kind: ProductKind,
  server: Server,
  wanted: readonly DesiredArtifact[],
  findings: Finding[],
): boolean {
  if (kind.since === undefined || compareVersions(server.version, kind.since) >= 0) return true;
  const why = `${server.environment} runs version ${server.version}; this kind needs ${kind.since}`;
  findings.push({ notCarried: wanted.map(({ key }) => ({ kind: kind.name, key, why })) });
  return false;
}

async function planKind(
  session: Session,
  kind: ProductKind,
  wanted: readonly DesiredArtifact[],
  listed: ReadonlyMap<string, Listed>,
  desired: DesiredState,
  options: PlanOptions,
  isSelected: (name: ArtifactName) => boolean,
): Promise<Finding[]> {
  const wantedByKey = new Map(wanted.map((artifact) => [artifact.key, artifact]));
  const inFiles = new Set(desired.artifacts.filter((artifact) => artifact.kind === kind.name).map(({ key }) => key));
  const existing = [...listed.values()].filter((item) => wantedByKey.has(item.key));
  const missing = wanted.filter((artifact) => !listed.has(artifact.key));
  const extra = [...listed.values()].filter(
    (item) =>
      !inFiles.has(item.key) && isSelected({ kind: kind.name, key: item.key }) && !isProtected(session, kind, item),
  );
  const isPruned = options.prune && kind.permanent !== true;
  const reads = existing.length + (isPruned ? extra.length : 0);
  let done = 0;
  const tick = (): void => options.onProgress?.(++done, reads);
  const unreadable = (problem: Problem): Finding => {
    tick();
    return { problems: [problem] };
  };
  const found = await readEach(session.server, kind, existing, {
    work: (live, item): Finding => {
      tick();
      const artifact = wantedByKey.get(item.key);
      if (!artifact) return {};
      if (!live) return planMissing(session, kind, artifact);
      return { ...planExisting(session, kind, artifact, item, live), holds: heldBy(kind, live) };
    },
    unreadable,
  });
  const removed = isPruned
    ? await readEach(session.server, kind, extra, {
        work: (live, item): Finding => {
          tick();
          return live ? { ...planDeletion(session, kind, item, live), holds: heldBy(kind, live) } : {};
        },
        unreadable,
      })
    : extra.map(({ key }) => withoutFile({ kind: kind.name, key }, options.applied));
  return [...found, ...missing.map((artifact) => planMissing(session, kind, artifact)), ...removed];
}

function heldBy(kind: ProductKind, { key, value }: LiveArtifact): Holder {
  return { kind: kind.name, key, values: uniqueValuesOf(kind, value) };
}

/** What no file names and no --prune was asked for: its file was deleted, or nobody ever had one. */
function withoutFile(name: ArtifactName, applied: ReadonlySet<string> | undefined): Finding {
  return applied?.has(artifactText(name)) ? { awaitingPrune: name } : { unmanaged: name };
}

function planDeletion(session: Session, kind: ProductKind, item: Listed, live: LiveArtifact): Finding {
  const { key, value, current, confidential } = live;
  const protection = protectionOfRead(session, kind, item, live);
  if (protection !== undefined) return { skipped: [{ kind: kind.name, key, why: protection }] };
  return { step: { kind, key, action: 'delete', live: value, current, confidential } };
}

/** Protection in force: the user's patterns, or the product's own unless released. */
export function isProtected(session: Session, kind: ProductKind, item: Listed): string | undefined {
  const name = { kind: kind.name, key: item.key };
  if (anyPattern(session.settings.protect)(name)) return 'protected in liftlock.yaml';
  const why = protectionOf(kind, item, session.server.version);
  return why !== undefined && anyPattern(session.settings.unprotect)(name) ? undefined : why;
}

/** The same for one that was read: what only its whole value tells counts too. */
export function protectionOfRead(
  session: Session,
  kind: ProductKind,
  item: Listed,
  { protectedBecause }: LiveArtifact,
): string | undefined {
  const known = protectedBecause === undefined ? {} : { protectedBecause };
  return isProtected(session, kind, { ...known, ...item });
}

function planExisting(
  session: Session,
  kind: ProductKind,
  artifact: DesiredArtifact,
  item: Listed,
  live: LiveArtifact,
): Finding {
  const settled = settleWithLive(session, kind, artifact, live);
  const name = { kind: kind.name, key: artifact.key };
  const notCarried = [
    ...live.remarks,
    ...notHeld(session, kind, artifact),
    ...settled.left.map((remark) => ({ ...name, ...remark })),
  ];
  if (settled.differences.length === 0) return { notCarried, unchanged: true };
  const protection = protectionOfRead(session, kind, item, live);
  if (protection !== undefined) return { notCarried, skipped: [{ ...name, why: protection }] };
  const step = { kind, key: artifact.key, action: 'update' as const, desired: settled.desired, live: live.value };
  const secrets = missingAddedSecrets(session.environment, kind, artifact, settled.differences);
  return {
    notCarried: [...notCarried, ...secrets.remarks],
    problems: secrets.problems,
    step: { ...step, settled, confidential: live.confidential, current: live.current },
  };
}

/** Desired as it can be on this server, and what is left to change. */
export function settleWithLive(
  session: Session,
  kind: ProductKind,
  artifact: DesiredArtifact,
  live: LiveArtifact,
): Settled {
  return settle(kind, live.value, canonicalise(kind, artifact.value, session.server.version), {
    ignored: ignoredPaths(session, artifact),
    unknownSecrets: artifact.unknownSecrets,
    confidential: live.confidential,
  });
}

/** Patterns of `ignore` in liftlock.yaml that concern an artifact. */
export function ignoredPaths(session: Pick<Session, 'settings'>, name: ArtifactName): ReturnType<typeof parsePath>[] {
  return session.settings.ignore
    .filter((rule) => anyPattern([rule.artifact])(name))
    .map((rule) => parsePath(rule.path));
}

function notHeld(session: Session, kind: ProductKind, artifact: DesiredArtifact): Remark[] {
  const holds = (since: string): boolean => compareVersions(session.server.version, since) >= 0;
  return fieldsNotHeld(kind, artifact.value, holds).map((remark) => ({
    kind: kind.name,
    key: artifact.key,
    ...remark,
  }));
}

function planMissing(session: Session, kind: ProductKind, artifact: DesiredArtifact): Finding {
  const name = { kind: kind.name, key: artifact.key };
  const protection = isProtected(session, kind, { id: '', key: artifact.key, value: artifact.value });
  if (protection !== undefined) return { skipped: [{ ...name, why: protection }] };
  const desired = canonicalise(kind, artifact.value, session.server.version);
  const secrets = missingSecrets(session.environment, kind, artifact);
  return {
    step: { kind, key: artifact.key, action: 'create', desired },
    notCarried: [...notHeld(session, kind, artifact), ...secrets.remarks],
    problems: secrets.problems,
  };
}

function assemble(
  session: Session,
  desired: DesiredState,
  findings: readonly Finding[],
  after: UniqueFindings['after'],
  references: readonly Problem[],
): Plan {
  const steps = findings.flatMap((finding) => finding.step ?? []);
  const waits = dependencies(steps);
  for (const { taker, holder } of after) waits.set(taker, [...new Set([...(waits.get(taker) ?? []), holder])].sort());
  const operations = steps.map((step) => toOperation(session, step, waits.get(`${step.kind.name}/${step.key}`) ?? []));
  const kindOrder = session.kinds.map((kind) => kind.name);
  const byName = <T extends ArtifactName>(items: readonly T[]): T[] =>
    [...items].sort(
      (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    );
  return {
    format: 1,
    environment: session.environment,
    product: session.product.name,
    version: session.server.version,
    operations: sortOperations(operations, kindOrder),
    unchanged: findings.filter((finding) => finding.unchanged).length,
    skipped: byName(findings.flatMap((finding) => finding.skipped ?? [])),
    notCarried: byName(findings.flatMap((finding) => finding.notCarried ?? [])),
    awaitingPrune: byName(findings.flatMap((finding) => finding.awaitingPrune ?? [])),
    unmanaged: byName(findings.flatMap((finding) => finding.unmanaged ?? [])),
    problems: [...desired.problems, ...findings.flatMap((finding) => finding.problems ?? []), ...references],
  };
}
