import { artifactText } from '../../model/artifact';
import { equalJson, type Json, type JsonObject } from '../../model/json';
import { parseLists, withValueAt } from '../../model/lists';
import { formatPath } from '../../model/path';
import { escapeText, parseText, placeholderText } from '../placeholder';
import { secretName } from '../secret-names';
import { templateValue } from '../template-value';
import type { Piece } from './pieces';
import type { Occurrence } from './occurrence';
import type { Alignment, Inference, Place, Proposal } from './proposals';
import { rowKey, rowsOf, type Row, type Treatment } from './treatment';

/** A proposal that the user took, under the name that the user gave it. */
export interface Accepted {
  readonly id: string;
  readonly name?: string;
}

/** One artifact as its file is to be: texts that start with RAW are template text. */
export interface Templated {
  readonly alignment: Alignment;
  /** Position of the environment whose values the file holds where nothing else is said. */
  readonly base: number;
  /** Canonical value of that environment. */
  readonly value: JsonObject;
  /** Template text by place: what goes into the file over the value. */
  readonly written: readonly { readonly path: string; readonly template: Json }[];
  /** Keyed paths that differ between environments and are not told apart: proposals that were not accepted. */
  readonly left: readonly string[];
}

/** What accepting proposals comes to. */
export interface Acceptance {
  readonly artifacts: readonly Templated[];
  /** New variables of each environment, in their order. */
  readonly variables: readonly JsonObject[];
  /** New overrides of each environment: artifact, then keyed path. */
  readonly overrides: readonly { readonly [artifact: string]: JsonObject }[];
}

/**
 * Turns accepted proposals into templates, variables and overrides. A place is written with variables only if all of its
 * rows were accepted. Pure.
 */
export function accept(
  alignments: readonly Alignment[],
  inference: Inference,
  accepted: readonly Accepted[],
  environments: readonly string[],
): Acceptance {
  const decisions = new Decisions(inference.proposals, accepted);
  const overrides = environments.map((): Record<string, JsonObject> => ({}));
  const artifacts = alignments.flatMap((alignment): Templated[] => {
    const base = alignment.values.findIndex((value) => value !== undefined);
    const value = alignment.values[base];
    if (!value) return [];
    return [templated(alignment, base, value, inference, decisions, overrides)];
  });
  return { artifacts, variables: environments.map((_, index) => decisions.variables(index)), overrides };
}

function templated(
  alignment: Alignment,
  base: number,
  value: JsonObject,
  inference: Inference,
  decisions: Decisions,
  overrides: Record<string, JsonObject>[],
): Templated {
  const name = artifactText(alignment);
  const lists = parseLists(alignment.kindTable.lists);
  const written: { path: string; template: Json }[] = [];
  const left: string[] = [];
  let current: Json = value;
  for (const place of inference.places.filter(({ artifact }) => artifactText(artifact) === name)) {
    const path = formatPath(place.path);
    const own = decisions.single(place);
    const template = own ? undefined : templateOf(place.treatment, (row) => decisions.nameOf(row), base);
    if (template !== undefined) written.push({ path, template });
    else if (own && decisions.isAccepted(own)) {
      const usual = usualValue(place.row);
      current = withValueAt(current, place.path, usual, lists) ?? current;
      place.row.forEach((each, index) => {
        if (each === undefined ? usual === undefined : equalJson(each, usual)) return;
        // Null is how an override says "absent".
        const held = (overrides[index] ??= {});
        held[name] = { ...held[name], [path]: each === undefined ? null : literal(each) };
      });
    } else left.push(path);
  }
  for (const proposal of inference.proposals.filter(({ type }) => type === 'secret')) {
    const [place] = proposal.places;
    if (!place || artifactText(place.artifact) !== name) continue;
    if (decisions.isAccepted(proposal))
      written.push({ path: formatPath(place.path), template: secretText(place, proposal, decisions) });
    else left.push(formatPath(place.path));
  }
  return { alignment, base, value: current as JsonObject, written, left };
}

function secretText(place: Occurrence, proposal: Proposal, decisions: Decisions): string {
  const name = decisions.chosenName(proposal) ?? secretName(place.artifact, place.path, { taken: new Set() });
  return placeholderText({ namespace: 'secret', name });
}

/** What most environments say stands in the file; the others override it. */
function usualValue(row: Row): Json | undefined {
  const counts = new Map<string, number>();
  for (const value of row) counts.set(rowKey([value]), (counts.get(rowKey([value])) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return row.find((value) => counts.get(rowKey([value])) === most);
}

/** The template text of a place; undefined when one of its rows has no name. */
function templateOf(treatment: Treatment, nameOf: (row: Row) => string | undefined, base: number): Json | undefined {
  if (treatment.form === 'whole') return undefined;
  const names = new Map(rowsOf(treatment).map((row) => [rowKey(row), nameOf(row)]));
  if ([...names.values()].some((name) => name === undefined)) return undefined;
  const text = (pieces: readonly Piece[]): string => joinedText(pieces, (row) => names.get(rowKey(row)) ?? '');
  if (treatment.form === 'value') return text([treatment.row as readonly string[]]);
  if (treatment.form === 'text') return checked(treatment.pieces, text(treatment.pieces), base);
  const items = treatment.items.map((pieces) => checked(pieces, text(pieces), base));
  return items.includes(undefined) ? undefined : (items as string[]);
}

function joinedText(pieces: readonly Piece[], nameOf: (row: readonly string[]) => string): string {
  return pieces
    .map((piece, index) => {
      if (typeof piece !== 'string') return placeholderText({ namespace: 'var', name: nameOf(piece) });
      const text = escapeText(piece);
      // A backslash right before a placeholder would escape it.
      return index < pieces.length - 1 ? text.replace(/\\+$/, (slashes) => slashes + slashes) : text;
    })
    .join('');
}

/** The text if it reads back as the pieces that it was made of: literals may join to something that means more. */
function checked(pieces: readonly Piece[], text: string, base: number): string | undefined {
  const { parts, mistakes } = parseText(text);
  const expected = pieces.map((piece) => (typeof piece === 'string' ? piece : undefined));
  const read = parts.map((part) => (typeof part === 'string' ? part : undefined));
  return mistakes.length === 0 &&
    base >= 0 &&
    equalJson(
      read.map((part) => part ?? null),
      expected.map((part) => part ?? null),
    )
    ? text
    : undefined;
}

/** Who said what about which proposal. */
class Decisions {
  private readonly accepted: ReadonlyMap<string, Accepted>;
  private readonly named = new Map<string, { name: string; row: Row; isExisting: boolean }>();
  private readonly singles = new Map<string, Proposal>();

  constructor(proposals: readonly Proposal[], accepted: readonly Accepted[]) {
    this.accepted = new Map(accepted.map((each) => [each.id, each]));
    for (const proposal of proposals) {
      const { type, values, places } = proposal;
      const name = this.chosenName(proposal);
      if (type === 'variable' && this.isAccepted(proposal) && name !== undefined) {
        this.named.set(rowKey(values), { name, row: values, isExisting: proposal.isExisting === true });
      }
      if (type !== 'override' && type !== 'mistake') continue;
      for (const place of places) this.singles.set(placeKey(place), proposal);
    }
  }

  isAccepted(proposal: Proposal): boolean {
    return this.accepted.has(proposal.id);
  }

  chosenName(proposal: Proposal): string | undefined {
    return this.accepted.get(proposal.id)?.name ?? proposal.name;
  }

  nameOf(row: Row): string | undefined {
    return this.named.get(rowKey(row))?.name;
  }

  /** The override or mistake that was found at a place. */
  single(place: Place): Proposal | undefined {
    return this.singles.get(placeKey(place));
  }

  variables(index: number): JsonObject {
    const fresh = [...this.named.values()].filter(({ isExisting }) => !isExisting);
    const entries = fresh.map(({ name, row }): [string, Json] => [name, literal(row[index] ?? null)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** Values in environment files are template text themselves: what reads like a placeholder is escaped. */
function literal(value: Json): Json {
  return templateValue(value, []);
}

function placeKey({ artifact, path }: Occurrence): string {
  return `${artifactText(artifact)}\n${formatPath(path)}`;
}
