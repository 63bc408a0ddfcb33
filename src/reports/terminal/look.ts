import type { Sign } from '../document';

/** How text for a terminal is to look. */
export interface TerminalOptions {
  /** Columns; no line is wider, unless nothing may be cut or a word of a problem is. */
  readonly width: number;
  /** Nothing is left out or cut. */
  readonly full?: boolean;
  readonly colour: boolean;
  /** False for terminals that can only show ASCII. */
  readonly unicode?: boolean;
}

export type Tone = 'plain' | 'add' | 'change' | 'remove' | 'dim' | 'bold' | 'ok' | 'warning' | 'error';

/** A piece of a line in one colour; text without control characters. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
  /** Is to be copied from the screen: not cut, however long it is. */
  readonly uncut?: true;
}

export type Line = readonly Span[];

/** The signs that a terminal can show. */
export interface Glyphs {
  readonly minus: string;
  readonly arrow: string;
  readonly more: string;
  readonly tick: string;
  readonly cross: string;
  readonly dot: string;
}

const UNICODE: Glyphs = { minus: '−', arrow: '→', more: '…', tick: '✓', cross: '✗', dot: '·' };
const ASCII: Glyphs = { minus: '-', arrow: '->', more: '...', tick: 'ok', cross: 'x', dot: '.' };

/** Width and signs, settled. */
export interface Look {
  readonly width: number;
  readonly full: boolean;
  readonly glyphs: Glyphs;
}

/** Narrower than this nothing can be laid out. */
const NARROWEST = 20;

export function lookOf(options: TerminalOptions): Look {
  const width = Math.max(NARROWEST, Math.floor(options.width));
  return { width, full: options.full === true, glyphs: options.unicode === false ? ASCII : UNICODE };
}

/** The sign and colour of an entry. */
export function signOf(sign: Sign, glyphs: Glyphs): Span {
  const signs: Readonly<Record<Sign, Span>> = {
    add: { text: '+', tone: 'add' },
    change: { text: '~', tone: 'change' },
    remove: { text: glyphs.minus, tone: 'remove' },
    ok: { text: glyphs.tick, tone: 'ok' },
    failed: { text: glyphs.cross, tone: 'error' },
    warning: { text: '!', tone: 'warning' },
    skipped: { text: '-', tone: 'dim' },
    same: { text: '=', tone: 'dim' },
  };
  return signs[sign];
}
