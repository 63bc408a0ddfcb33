import { canonicalise } from '../../compare/canonical';
import { compareCanonical } from '../../compare/differences';
import { artifactText } from '../../model/artifact';
import type { ConversionDifference, CorruptionReason } from '../../model/conversion';
import type { Difference } from '../../model/difference';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { isMask } from '../../model/kind';
import { forEachLeaf, parseLists, valueAt } from '../../model/lists';
import { formatPath, parsePath } from '../../model/path';
import type { Place } from '../../model/problem';
import { MASK, type Occurrence } from '../../iamctl/marks';
import { IDENTITY_PROVIDERS } from '../../iamctl/resource-types';
import { keywordsIn } from '../../iamctl/raw-substitution';
import { referencesIn, type ProcessVariables } from '../../iamctl/process-references';
import { resolved, valueText } from '../../iamctl/meaning';
import { culpritsIn } from './culprits';
import type { Draft } from './drafts';
import { fitted } from './fitting';
import { REASONS } from './reasons';
import { itemOf, sentFor, type Sent } from './sent';
import type { EnvironmentView } from './views';

/** What the differences of a file are made from. */
export interface DifferenceRequest {
  /** All artifacts of one file. */
  readonly drafts: readonly Draft[];
  /** Keywords that hold secrets: what they bring is not shown. */
  readonly isConfidential: (keyword: string) => boolean;
  readonly processVariables: ProcessVariables;
}

/** Everything that IAM-CTL would have sent otherwise than meant for one file, environment by environment. */
export function differencesIn(request: DifferenceRequest): ConversionDifference[] {
  const [draft] = request.drafts;
  return (draft?.views ?? []).flatMap((view) => new FileDifferences(request, view).all());
}

type Side = Sent['first'];

class FileDifferences {
  private readonly found: ConversionDifference[] = [];
  private culprits: Map<string, CorruptionReason> | undefined;

  constructor(
    private readonly request: DifferenceRequest,
    private readonly view: EnvironmentView,
  ) {}

  all(): ConversionDifference[] {
    const { drafts } = this.request;
    const [draft] = drafts;
    if (!draft) return [];
    for (const each of drafts) this.settings(each);
    if (!this.view.isIncluded) return this.found;
    const { iamctl, meant } = this.view;
    if (iamctl.state === 'crash') {
      this.add('value-not-text', placeIn(draft, iamctl.keyword), [iamctl.keyword], 'nothing: it crashes', 'the value');
      return this.found;
    }
    // An unreadable configuration is reported once, with the environment.
    const values = iamctl.state === 'read' ? iamctl.values : new Map([...meant].map(([k, v]) => [k, valueText(v)]));
    const sent = sentFor(draft.resource, values);
    if (this.isUnreadable(draft, sent.first)) return this.found;
    for (const each of drafts) this.artifact(each, sent);
    return this.found;
  }

  /** Differences that come from the configuration, not from values. */
  private settings(draft: Draft): void {
    const { written, name } = this.view;
    if (!this.view.isIncluded && draft.views.some(({ isIncluded }) => isIncluded)) {
      this.add('excluded-here', { file: draft.resource.file }, [], 'nothing', 'the artifact', draft);
    }
    const used = new Set(draft.marks.within(draft.marked).map(({ keyword }) => keyword));
    for (const keyword of used) {
      if (keyword !== MASK && !written.has(keyword)) {
        this.add(
          'keyword-not-set',
          placeIn(draft, keyword),
          [keyword],
          `{{${keyword}}}`,
          `nothing until ${name} has a value`,
          draft,
        );
      }
      for (const variable of referencesIn(valueText(written.get(keyword) ?? ''))) {
        if (this.request.processVariables[variable] !== undefined) continue;
        const sends = `nothing until ${variable} is set`;
        this.add('process-variable-not-set', placeIn(draft, keyword), [keyword], `\${${variable}}`, sends, draft);
      }
    }
    if (draft.resource.type !== IDENTITY_PROVIDERS || !draft.marked) return;
    const lists = parseLists(draft.definition.lists);
    forEachLeaf(draft.marked, lists, (path, leaf) => {
      const isMasked = isMask(leaf) || (typeof leaf === 'string' && draft.marks.sole(leaf)?.keyword === MASK);
      if (isMasked) {
        const sends = 'nothing, or the secret';
        this.add('mask-sent', { file: draft.resource.file }, [], '********', sends, draft, formatPath(path));
      }
    });
  }

  private isUnreadable(draft: Draft, side: Side): boolean {
    if (!('fault' in side)) return false;
    if (side.isJoined === true) {
      this.add('list-joined', side.fault.place, [], 'nothing: the server cannot read the file', 'the list');
      return true;
    }
    const blamed = [...this.blamed()];
    const culprits = blamed.filter(([, reason]) => reason === 'text-unreadable').map(([keyword]) => keyword);
    const keywords = culprits.length > 0 ? culprits : blamed.map(([keyword]) => keyword);
    // A placeholder that stays, without quotes, is no YAML either: then that was reported already.
    if (keywords.length === 0 && this.found.some(({ reason }) => reason === 'keyword-not-set')) return true;
    const isLeft = culprits.length === 0 && blamed.some(([, reason]) => reason === 'value-not-text');
    const reason = isLeft ? 'value-not-text' : 'text-unreadable';
    const place = keywords[0] === undefined ? side.fault.place : placeIn(draft, keywords[0]);
    this.add(reason, place, keywords, 'nothing: the file cannot be read', 'the values as they are');
    return true;
  }

  private artifact(draft: Draft, sent: Sent): void {
    const { definition, key, confidential } = draft;
    const { version, name } = this.view;
    const meant = withoutMasks(draft.meant.get(name) ?? {});
    const wanted = canonicalise(definition, meant, version);
    const lucky = this.canonicalOf(draft, sent.first);
    if (!lucky) {
      const keywords = [...this.blamed().keys()];
      this.add(
        'text-injected',
        { file: draft.resource.file },
        keywords,
        `no ${definition.name} of this name`,
        key,
        draft,
      );
      return;
    }
    for (const change of compareCanonical(definition, lucky, wanted, confidential)) this.corrupted(draft, change);
    const unlucky = sent.last === sent.first ? lucky : this.canonicalOf(draft, sent.last);
    const byChance = unlucky ? compareCanonical(definition, unlucky, lucky, confidential) : [];
    for (const change of byChance) this.changed(draft, change, 'order-by-chance', this.nested());
    const { value: final, changed } = fitted(definition, meant, version);
    const types = new Map(
      changed.map(({ steps, to }) => [steps.filter((step) => typeof step === 'string').join('.'), to]),
    );
    for (const change of compareCanonical(definition, wanted, final, confidential)) {
      const names = parsePath(change.path).flatMap((segment) => ('field' in segment ? [segment.field] : []));
      const to = types.get(names.join('.'));
      // A server reads a number in a field for texts as the text.
      if (to !== 'text')
        this.changed(draft, change, to === 'list' ? 'list-joined' : 'type-lost', keywordsAt(draft, change.path));
    }
  }

  private canonicalOf({ definition, key }: Draft, side: Side): JsonObject | undefined {
    const value = 'fault' in side ? undefined : itemOf(side.items, definition, key);
    return value && canonicalise(definition, withoutMasks(value), this.view.version);
  }

  private corrupted(draft: Draft, change: Difference): void {
    const here = keywordsAt(draft, change.path).filter((keyword) => this.blamed().has(keyword));
    const keywords = here.length > 0 ? here : [...this.blamed().keys()];
    const reasons = keywords.map((keyword) => this.blamed().get(keyword));
    const isElsewhere = here.length === 0 && reasons.some((reason) => reason !== 'value-not-text');
    const reason = isElsewhere ? 'text-injected' : (reasons[0] ?? 'text-changed');
    this.changed(draft, change, reason, keywords);
  }

  private changed(draft: Draft, change: Difference, reason: CorruptionReason, keywords: readonly string[]): void {
    // What a secret with a line break injects can come out anywhere in the file.
    const involved = new Set([...keywords, ...keywordsAt(draft, change.path), ...this.blamed().keys()]);
    const isHidden = change.secret === true || [...involved].some((keyword) => this.isHidden(keyword));
    const [sent, sends] = isHidden ? ['(hidden)', '(hidden)'] : [shown(change.from), shown(change.to)];
    const place = placeIn(draft, keywordsAt(draft, change.path)[0] ?? keywords[0], change.path);
    this.add(reason, place, keywords, sent, sends, draft, change.path);
  }

  /** What comes from process variables may be a secret too. */
  private isHidden(keyword: string): boolean {
    const written = valueText(resolved(keyword, this.view.written) ?? '');
    return this.request.isConfidential(keyword) || referencesIn(written).length > 0;
  }

  private blamed(): Map<string, CorruptionReason> {
    const [draft] = this.request.drafts;
    this.culprits ??= draft ? culpritsIn(draft.resource, this.view) : new Map();
    return this.culprits;
  }

  /** Keywords with others in their values. */
  private nested(): string[] {
    const { meant } = this.view;
    return [...meant.keys()].filter((keyword) => keywordsIn(meant.get(keyword), meant).length > 0);
  }

  private add(
    reason: CorruptionReason,
    place: Place,
    keywords: readonly string[],
    sent: string,
    sends: string,
    draft?: Draft,
    path?: string,
  ): void {
    this.found.push({
      reason,
      environment: this.view.name,
      place,
      ...(draft ? { artifact: artifactText(draft) } : {}),
      ...(path === undefined ? {} : { path }),
      keywords,
      sent,
      sends,
      why: REASONS[reason],
    });
  }
}

/** A mask says nothing about the value: that it is sent is reported by itself. */
function withoutMasks(value: JsonObject): JsonObject {
  return withoutMaskValues(value) as JsonObject;
}

function withoutMaskValues(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMaskValues);
  if (!isObject(value)) return isMask(value) ? null : value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, withoutMaskValues(inner)]));
}

/** The placeholders at a path of an artifact. */
function occurrencesAt({ definition, marked, marks }: Draft, path: string): Occurrence[] {
  if (!marked) return [];
  const lists = parseLists(definition.lists);
  const steps = parsePath(path);
  // A list element may be known by another name here: then all of its list is looked at.
  for (let length = steps.length; length > 0; length -= 1) {
    const found = valueAt(marked, steps.slice(0, length), lists);
    if (found !== undefined) return marks.within(found).filter(({ keyword }) => keyword !== MASK);
  }
  return [];
}

function keywordsAt(draft: Draft, path: string): string[] {
  return [...new Set(occurrencesAt(draft, path).map(({ keyword }) => keyword))];
}

/** Where the keyword stands in the file: at the path if one is given, otherwise for the first time. */
function placeIn(draft: Draft, keyword: string | undefined, path?: string): Place {
  const { marks, resource } = draft;
  const here = path === undefined ? [] : occurrencesAt(draft, path);
  const first = [...here, ...marks.occurrences].find((occurrence) => occurrence.keyword === keyword);
  return first ? { file: first.file, line: first.line, column: first.column } : { file: resource.file };
}

const LONGEST = 80;

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = Array.isArray(value) || isObject(value) ? JSON.stringify(value) : JSON.stringify(value ?? null);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
