import { createHash } from 'node:crypto';
import type { ArtifactName } from '../../model/artifact';
import { artifactText } from '../../model/artifact';
import { equalJson, type Json, type JsonObject } from '../../model/json';
import type { Kind } from '../../model/kind';
import { parseLists } from '../../model/lists';
import { formatPath, isField, type Path } from '../../model/path';
import { secretTest } from '../../compare/differences';
import { unequalPlaces } from './align';
import { variableName } from './naming';
import type { Occurrence } from './occurrence';
import { isEnvironmental, oddOneOut } from './pattern';
import { rowKey, rowsOf, treatmentOf, type Row, type Treatment } from './treatment';

/** One artifact in the environments, in their order; `undefined` where it does not exist. Values are canonical. */
export interface Alignment extends ArtifactName {
  readonly kindTable: Kind;
  readonly values: readonly (JsonObject | undefined)[];
  /** Keyed paths whose values the files give rightly in every environment already, or that somebody else looks after. */
  readonly settled?: (path: Path) => boolean;
  /** The workspace says already that it exists in some environments only. */
  readonly isAbsenceKnown?: boolean;
}

/** A place that differs, and how it could be written. */
export interface Place extends Occurrence {
  readonly treatment: Treatment;
  readonly row: Row;
}

export type ProposalType = 'variable' | 'override' | 'mistake' | 'secret' | 'environment-only';

/** What is proposed for one pattern of differences. */
export interface Proposal {
  /** The same for the same finding, so that a reviewed file can be matched with a later run. */
  readonly id: string;
  readonly type: ProposalType;
  /** Of the variable; for an existing variable its name. */
  readonly name?: string;
  readonly isExisting?: boolean;
  /** By environment, in their order; absent values are `undefined`. Empty for secrets. */
  readonly values: Row;
  readonly places: readonly Occurrence[];
  readonly why: string;
}

export interface Inference {
  readonly proposals: readonly Proposal[];
  readonly places: readonly Place[];
}

export interface InferenceInput {
  readonly environments: readonly string[];
  readonly artifacts: readonly Alignment[];
  /** Variables that each environment has already. */
  readonly variables: readonly JsonObject[];
}

/**
 * Finds what differs between environments and proposes how to tell it apart: equal patterns of differences become one
 * variable, what cannot be a variable an override, what looks like an accident is named as one. Pure.
 */
export function inferProposals(input: InferenceInput): Inference {
  const secrets: Occurrence[] = [];
  const places = input.artifacts.flatMap((artifact) => placesOf(artifact, secrets));
  const uses = new Map<string, { row: Row; places: Place[] }>();
  for (const place of places) {
    for (const row of uniqueRows(rowsOf(place.treatment))) {
      const use = uses.get(rowKey(row)) ?? { row, places: [] };
      use.places.push(place);
      uses.set(rowKey(row), use);
    }
  }
  const verdicts = new Map(places.map((place) => [place, verdictOn(place, uses, input.environments)]));
  const proposals = [
    ...variables(input, uses, verdicts),
    ...places.flatMap((place) => single(place, verdicts.get(place) ?? 'variable', input.environments)),
    ...secrets.map((place) => secretProposal(place, input.environments)),
  ];
  return { proposals, places };
}

function placesOf(artifact: Alignment, secrets: Occurrence[]): Place[] {
  if (artifact.values.some((value) => value === undefined)) return [];
  const { kind, key, kindTable } = artifact;
  const lists = parseLists(kindTable.lists);
  const isSecret = secretTest(kindTable);
  return unequalPlaces(artifact.values as JsonObject[], lists).flatMap((unequal): Place[] => {
    if (artifact.settled?.(unequal.path)) return [];
    const name = { kind, key };
    if (isSecret(unequal.path) || looksSecret(unequal.path)) {
      // Declared secrets are placeholders in every file anyway.
      if (!isSecret(unequal.path)) secrets.push({ artifact: name, path: unequal.path });
      return [];
    }
    return [{ artifact: name, path: unequal.path, treatment: treatmentOf(unequal, lists), row: unequal.values }];
  });
}

/** Names that give away a secret where the kind does not declare one. */
function looksSecret(path: Path): boolean {
  const last = path.findLast((segment) => !isField(segment) || segment.field !== 'value');
  const name = last === undefined ? '' : isField(last) ? last.field : last.item;
  return /(secret|password|passphrase|private.?key|api.?key|access.?token)$/i.test(name);
}

function uniqueRows(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [rowKey(row), row])).values()];
}

type Verdict = 'variable' | 'override' | 'mistake';

function verdictOn(
  place: Place,
  uses: ReadonlyMap<string, { places: readonly Place[] }>,
  environments: readonly string[],
): Verdict {
  if (place.treatment.form === 'whole') return oddOneOut(place.row) === undefined ? 'override' : 'mistake';
  const rows = rowsOf(place.treatment);
  const isPattern = (row: Row): boolean =>
    (uses.get(rowKey(row))?.places.length ?? 0) > 1 || isEnvironmental(row, environments);
  if (rows.every(isPattern)) return 'variable';
  if (oddOneOut(place.row) !== undefined) return 'mistake';
  const isSwitch = place.row.some((value) => typeof value === 'boolean');
  return isSwitch && environments.length < 3 ? 'override' : 'variable';
}

function variables(
  input: InferenceInput,
  uses: ReadonlyMap<string, { row: Row; places: readonly Place[] }>,
  verdicts: ReadonlyMap<Place, Verdict>,
): Proposal[] {
  const taken = new Set(input.variables.flatMap((variables_) => Object.keys(variables_)));
  return [...uses.values()].flatMap(({ row, places }): Proposal[] => {
    const own = places.filter((place) => verdicts.get(place) === 'variable');
    if (own.length === 0) return [];
    const known = existing(row, input.variables);
    const name = known ?? variableName(row, own, taken);
    taken.add(name);
    const why =
      own.length > 1
        ? `the same difference in ${own.length} places`
        : isEnvironmental(row, input.environments)
          ? 'it follows from the environment'
          : 'each environment has its own value';
    return [
      {
        id: idOf('variable', row, input.environments),
        type: 'variable',
        name,
        isExisting: known !== undefined,
        values: row,
        places: own,
        why,
      },
    ];
  });
}

/** A variable that has just these values already. */
function existing(row: Row, variables_: readonly JsonObject[]): string | undefined {
  const [first = {}] = variables_;
  return Object.keys(first).find((name) =>
    row.every((value, index) => value !== undefined && equalJson(value, variables_[index]?.[name])),
  );
}

function single(place: Place, verdict: Verdict, environments: readonly string[]): Proposal[] {
  if (verdict === 'variable') return [];
  const odd = oddOneOut(place.row);
  const why =
    verdict === 'mistake'
      ? `only ${environments[odd ?? 0] ?? ''} differs, and by no pattern: probably a mistake`
      : 'it cannot be told by a variable';
  return [
    { id: idOf(verdict, place.row, environments, place), type: verdict, values: place.row, places: [place], why },
  ];
}

function secretProposal(place: Occurrence, environments: readonly string[]): Proposal {
  return {
    id: idOf('secret', [], environments, place),
    type: 'secret',
    values: [],
    places: [place],
    why: 'a secret: its values belong into the secret stores, not into files',
  };
}

/** An artifact that not all environments have. */
export function environmentOnly(artifact: Alignment, environments: readonly string[]): Proposal {
  const { kind, key } = artifact;
  const there = environments.filter((_, index) => artifact.values[index] !== undefined);
  const row = artifact.values.map((value): Json => value !== undefined);
  const place = { artifact: { kind, key }, path: [] };
  const why = `exists in ${there.join(', ')} only`;
  const id = idOf('environment-only', row, environments, place);
  return { id, type: 'environment-only', values: row, places: [place], why };
}

function idOf(type: ProposalType, row: Row, environments: readonly string[], place?: Occurrence): string {
  const where = place ? `${artifactText(place.artifact)}\n${formatPath(place.path)}` : '';
  return createHash('sha256')
    .update(`${type}\n${environments.join()}\n${rowKey(row)}\n${where}`)
    .digest('hex')
    .slice(0, 8);
}
