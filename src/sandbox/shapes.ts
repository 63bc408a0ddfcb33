import type { Gate } from './versions';

interface Rules extends Gate {
  /** Bean validation refuses the request when the field is absent or null. */
  readonly required?: boolean;
}

export interface TextShape extends Rules {
  readonly kind: 'text';
  readonly words?: readonly string[];
  readonly pattern?: RegExp;
  /** Numbers and booleans are taken as their text. */
  readonly lenient?: boolean;
}
export interface ScalarShape extends Rules {
  readonly kind: 'flag' | 'whole' | 'anything';
}
export interface ListShape extends Rules {
  readonly kind: 'list';
  readonly items: Shape;
  readonly atLeast?: number;
}
export interface MapShape extends Rules {
  readonly kind: 'map';
  readonly values: Shape;
}
export interface ModelShape extends Rules {
  readonly kind: 'model';
  readonly fields: Readonly<Record<string, Shape>>;
}

/** What a JSON value in a request may look like: the tables in the `models.ts` files are written in it. */
export type Shape = TextShape | ScalarShape | ListShape | MapShape | ModelShape;

export const text: TextShape = { kind: 'text' };
export const lenientText: TextShape = { kind: 'text', lenient: true };
export const flag: ScalarShape = { kind: 'flag' };
export const whole: ScalarShape = { kind: 'whole' };
export const anything: ScalarShape = { kind: 'anything' };

/** A text out of a fixed list. */
export function oneOf(...words: string[]): TextShape {
  return { kind: 'text', words };
}

/** A text that fits a pattern; a text that does not is a constraint violation. */
export function matching(pattern: RegExp): TextShape {
  return { kind: 'text', pattern };
}

/** A list of one shape. */
export function listOf(items: Shape, atLeast?: number): ListShape {
  return { kind: 'list', items, atLeast };
}

/** A map with free keys. */
export function mapOf(values: Shape): MapShape {
  return { kind: 'map', values };
}

/** An object with exactly these fields. */
export function model(fields: Record<string, Shape>): ModelShape {
  return { kind: 'model', fields };
}

/** The field must be there. */
export function required<S extends Shape>(shape: S): S {
  return { ...shape, required: true };
}

/** The field exists from a version on. */
export function since<S extends Shape>(version: NonNullable<Gate['since']>, shape: S): S {
  return { ...shape, since: version };
}

/** The field exists up to a version. */
export function until<S extends Shape>(version: NonNullable<Gate['until']>, shape: S): S {
  return { ...shape, until: version };
}
