import { canonicalise } from '../compare/canonical';
import { artifactText, type ArtifactName } from '../model/artifact';
import { errorProblem, type Problem } from '../model/problem';
import { selects, type Selection } from '../model/selection';
import type { Step } from '../planning/order';
import {
  circlesOf,
  duplicateValues,
  newValues,
  takeovers,
  uniqueValuesOf,
  type Holder,
  type Takeover,
  type UniqueValue,
} from '../planning/unique-values';
import type { Listed, ProductKind } from '../products/product';
import type { DesiredState } from './desired';
import { FindingPlaces } from './finding-places';
import { readEach } from './live';
import type { Session } from './session';

/** Files that give two artifacts of an environment a value that its server lets one of them have. */
export function duplicatesInFiles(
  kinds: readonly ProductKind[],
  environment: { readonly name: string; readonly version: string },
  desired: DesiredState,
  selection: Selection = {},
): Problem[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const files = new Map(desired.artifacts.map((artifact) => [artifactText(artifact), artifact.file]));
  const places = new FindingPlaces(desired);
  const isSelected = selects(selection);
  return duplicateValues(holdersInFiles(kinds, environment.version, desired)).flatMap(({ value, holders: all }) => {
    if (!all.some(isSelected)) return [];
    const [first, second] = all;
    const kind = second && byName.get(second.kind);
    if (!first || !second || !kind) return [];
    const file = files.get(artifactText(second));
    const place = places.ofField(kind, second.key, value.path) ?? (file === undefined ? undefined : { file });
    const names = all.map((name) => `${artifactText(name)} (${files.get(artifactText(name)) ?? ''})`).join(' and ');
    return [
      errorProblem('duplicate-value', `${names} have the same ${value.what}: ${value.text}`, {
        artifact: artifactText(second),
        environment: environment.name,
        ...(place ? { place } : {}),
        hint: `A server lets one artifact have it. Give one of them another ${value.what}, by a variable where only ${environment.name} is concerned.`,
      }),
    ];
  });
}

function holdersInFiles(kinds: readonly ProductKind[], version: string, { artifacts }: DesiredState): Holder[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return artifacts.flatMap(({ kind: kindName, key, value }): Holder[] => {
    const kind = byName.get(kindName);
    return kind?.unique
      ? [{ kind: kindName, key, values: uniqueValuesOf(kind, canonicalise(kind, value, version)) }]
      : [];
  });
}

/** What a plan has to know of unique values: what stands in its way, and which writes come after which. */
export interface UniqueFindings {
  readonly problems: readonly Problem[];
  /** `kind/key` of a write to the one that gives up first what it takes. */
  readonly after: readonly { readonly taker: string; readonly holder: string }[];
}

/**
 * Values that the writes of a plan take from artifacts that have them on the server: from one that gives them up in the
 * same plan they are taken after that; from any other the server would refuse them. Artifacts that the plan has not read
 * are read only when a write of their kind brings in such a value.
 */
export async function uniqueFindings(
  session: Session,
  desired: DesiredState,
  steps: readonly Step[],
  read: readonly Holder[],
  listings: ReadonlyMap<string, ReadonlyMap<string, Listed>>,
): Promise<UniqueFindings> {
  const taking = new Set(steps.filter((step) => newValues(step).length > 0).map((step) => step.kind.name));
  const others = await Promise.all(
    session.kinds
      .filter((kind) => taking.has(kind.name))
      .map((kind) => unreadHolders(session, kind, read, listings.get(kind.name) ?? new Map<string, Listed>())),
  );
  // Where the files give both the value, that is what has to be told.
  const duplicates = new Map(
    holdersInFiles(session.kinds, session.server.version, desired).map((holder) => [artifactText(holder), holder]),
  );
  const found = takeovers(steps, [...read, ...others.flat()]).filter(
    ({ holder, value }) => !duplicates.get(artifactText(holder))?.values.some(({ id }) => id === value.id),
  );
  const given = found.filter(({ holderIs }) => holderIs !== 'kept');
  const circles = new Set(circlesOf(given));
  const places = new FindingPlaces(desired);
  const problemOf = (takeover: Takeover, message: string, hint: string): Problem => {
    const { taker, value } = takeover;
    const kind = session.kinds.find(({ name }) => name === taker.kind);
    const place = kind && places.ofField(kind, taker.key, value.path);
    const about = { artifact: artifactText(taker), environment: session.environment, hint };
    return errorProblem('value-taken', message, { ...about, ...(place ? { place } : {}) });
  };
  return {
    problems: [
      ...found.filter(({ holderIs }) => holderIs === 'kept').map((one) => problemOf(one, taken(session, one), TAKEN)),
      ...found
        .filter(({ holderIs }) => holderIs === 'deleted')
        .map((one) => ({
          ...problemOf(one, replaced(one), REPLACED),
          severity: 'warning' as const,
          code: 'deleted-and-created',
        })),
      ...[...circles].map((one) => problemOf(one, circle(one), CIRCLE)),
    ],
    after: given
      .filter((one) => !circles.has(one))
      .map(({ taker, holder }) => ({ taker: artifactText(taker), holder: artifactText(holder) })),
  };
}

async function unreadHolders(
  session: Session,
  kind: ProductKind,
  read: readonly Holder[],
  listed: ReadonlyMap<string, Listed>,
): Promise<Holder[]> {
  const known = new Set(read.map(artifactText));
  const unread = [...listed.values()].filter(({ key }) => !known.has(artifactText({ kind: kind.name, key })));
  return readEach<Holder>(session.server, kind, unread, {
    work: (live, { key }) => ({ kind: kind.name, key, values: uniqueValuesOf(kind, live?.value) }),
    // What nobody can read is named where it counts; the server says whether it has the value.
    unreadable: (_problem, { key }) => ({ kind: kind.name, key, values: [] }),
  });
}

const about = ({ what, text }: UniqueValue): string => `the ${what} ${text}`;
const name = (artifact: ArtifactName): string => artifactText(artifact);

function taken({ environment }: Session, { taker, holder, value }: Takeover): string {
  return `${name(taker)} cannot have ${about(value)} in ${environment}: ${name(holder)} has it and keeps it`;
}

const TAKEN =
  'The server would refuse it. Give the artifact another value, or let the same plan take it from the other one: by its file, or by --prune where it has none.';

function replaced({ taker, holder, value }: Takeover): string {
  return `${name(taker)} takes ${about(value)} from ${name(holder)}, which is deleted first: what the server keeps for it (id, secret, sessions) is lost`;
}

const REPLACED = 'To keep it, rename the artifact on the server instead, and export.';

function circle({ taker, holder, value }: Takeover): string {
  return `${name(taker)} is to take ${about(value)} from ${name(holder)}, which waits for another one itself: none of them can come first`;
}

const CIRCLE = 'Apply it in two steps: first give one of them a value that nobody has, then the final one.';
