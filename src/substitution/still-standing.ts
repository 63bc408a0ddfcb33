/** A part of a template's text: a literal, or a placeholder (`part` is its number) with what it stands for. */
export interface TextPart {
  readonly value: string;
  readonly part?: number;
}

/** Live text, cut up: literals, and numbers of placeholders whose value stands there. */
export type Piece = string | number;

/**
 * Finds the values of placeholders in a text that changed around them. A value counts where it stands at a sensible
 * boundary: not as a part of a longer word, host or number, and in the company that it had, unless it is so distinctive
 * that chance is ruled out. Each placeholder is found once at most; the pieces joined are the live text.
 */
export function stillStanding(parts: readonly TextPart[], live: string): Piece[] {
  const found = new Finder(parts, live).best();
  const pieces: Piece[] = [];
  let position = 0;
  for (const { part, at, length } of found) {
    if (at > position) pieces.push(live.slice(position, at));
    pieces.push(part);
    position = at + length;
  }
  if (position < live.length) pieces.push(live.slice(position));
  return pieces;
}

interface Candidate {
  readonly part: number;
  readonly at: number;
  readonly length: number;
  readonly score: number;
  /** How far it moved. */
  readonly distance: number;
}

/** A place on both sides: `here` in what the template rendered to, `there` in the live text. */
interface Company {
  readonly here: number;
  readonly there: number;
  readonly value: string;
  /** Equal characters right before and right behind. */
  readonly before: number;
  readonly behind: number;
}

/** More company than this says no more. */
const MOST_COMPANY = 40;
/** Company that is no accident. */
const GOOD_COMPANY = 4;
/** Texts of this length, or shorter ones with punctuation (hosts, paths), do not come about by chance. */
const DISTINCTIVE = 8;
const MOST_PLACES = 500;
const INSIDE_WORD = /[\p{L}\p{N}_]/u;
/** Joins words to one host name, number or identifier where a word follows. */
const JOINER = /[.\-]/;

class Finder {
  private readonly rendered: string;

  constructor(
    private readonly parts: readonly TextPart[],
    private readonly live: string,
  ) {
    this.rendered = parts.map(({ value }) => value).join('');
  }

  /** The best places that do not overlap, in the order of the live text. */
  best(): Candidate[] {
    const candidates = this.candidates().sort((a, b) => b.score - a.score || a.distance - b.distance || a.at - b.at);
    const chosen: Candidate[] = [];
    const used = new Set<number>();
    for (const candidate of candidates) {
      const { part, at, length } = candidate;
      const isFree = chosen.every((other) => at + length <= other.at || other.at + other.length <= at);
      if (used.has(part) || !isFree) continue;
      used.add(part);
      chosen.push(candidate);
    }
    return chosen.sort((a, b) => a.at - b.at || a.part - b.part);
  }

  private candidates(): Candidate[] {
    const candidates: Candidate[] = [];
    let here = 0;
    for (const { value, part } of this.parts) {
      if (part !== undefined) candidates.push(...this.candidatesFor(value, part, here));
      here += value.length;
    }
    return candidates;
  }

  private candidatesFor(value: string, part: number, here: number): Candidate[] {
    const found: Candidate[] = [];
    let count = 0;
    for (let at = this.live.indexOf(value); at >= 0 && count < MOST_PLACES; at = this.live.indexOf(value, at + 1)) {
      count += 1;
      const company = this.companyAt(value, here, at);
      if (this.isWhole(company) && this.isMeant(company)) {
        const score = company.before + company.behind + 2 * value.length;
        found.push({ part, at, length: value.length, score, distance: Math.abs(at - here) });
      }
      if (value === '' && at >= this.live.length) break;
    }
    return found;
  }

  private companyAt(value: string, here: number, there: number): Company {
    const { rendered, live } = this;
    let before = 0;
    while (
      before < MOST_COMPANY &&
      here > before &&
      there > before &&
      rendered[here - 1 - before] === live[there - 1 - before]
    )
      before += 1;
    const [from, to] = [here + value.length, there + value.length];
    let behind = 0;
    while (
      behind < MOST_COMPANY &&
      from + behind < rendered.length &&
      to + behind < live.length &&
      rendered[from + behind] === live[to + behind]
    )
      behind += 1;
    return { here, there, value, before, behind };
  }

  /** Not a part of a longer word or host name, unless the template joins it in the same way. */
  private isWhole({ here, there, value, before, behind }: Company): boolean {
    if (value === '') return true;
    const [end, rest] = [here + value.length, there + value.length];
    const left = INSIDE_WORD.test(value[0] ?? '') ? runBefore(this.live, there) : 0;
    const right = INSIDE_WORD.test(value.at(-1) ?? '') ? runBehind(this.live, rest) : 0;
    const ownLeft = runBefore(this.rendered, here);
    const ownRight = runBehind(this.rendered, end);
    const isJoined = (joiner: string | undefined, own: number, common: number): boolean =>
      JOINER.test(joiner ?? '') && own > 0 && common > 0;
    const isSameLeft =
      left === 0 || (before >= left && ownLeft === left) || isJoined(this.live[there - 1], ownLeft, before);
    const isSameRight =
      right === 0 || (behind >= right && ownRight === right) || isJoined(this.live[rest], ownRight, behind);
    return isSameLeft && isSameRight;
  }

  /** Stands there because it is the same thing, not by chance. */
  private isMeant({ here, there, value, before, behind }: Company): boolean {
    const room = this.rendered.length - here - value.length;
    const isGoodBefore = here >= GOOD_COMPANY ? before >= GOOD_COMPANY : here > 0 && before === here && there === here;
    const isGoodBehind = room > 0 && behind >= Math.min(GOOD_COMPANY, room);
    if (value === '') return before + behind > 0 && (isGoodBefore || here + there === 0) && (behind > 0 || room === 0);
    if (isDistinctive(value) || isGoodBefore) return true;
    if (here === 0 && there === 0 && behind > 0) return true;
    return isGoodBehind && value.length >= GOOD_COMPANY && !/^[\d.]+$/.test(value);
  }
}

function isDistinctive(value: string): boolean {
  if (/^[\d.,:-]*$/.test(value)) return false;
  return value.length >= DISTINCTIVE || (value.length >= GOOD_COMPANY && /[^\p{L}\p{N}_]/u.test(value));
}

/** Characters before a position that belong to the same word, host name or number; 0 at a boundary. */
function runBefore(text: string, position: number): number {
  let start = position;
  for (;;) {
    if (INSIDE_WORD.test(text[start - 1] ?? '')) start -= 1;
    else if (JOINER.test(text[start - 1] ?? '') && INSIDE_WORD.test(text[start - 2] ?? '')) start -= 2;
    else return position - start;
  }
}

function runBehind(text: string, position: number): number {
  let end = position;
  for (;;) {
    if (INSIDE_WORD.test(text[end] ?? '')) end += 1;
    else if (JOINER.test(text[end] ?? '') && INSIDE_WORD.test(text[end + 1] ?? '')) end += 2;
    else return end - position;
  }
}
