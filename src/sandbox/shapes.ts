import type { Gate } from './versions';

interface Rules extends Gate {
  /** Bean validation refuses the request when the field is absent or null. */
  readonly required?: boolean;
  /**
   * What a null that is sent does to a field with a default: bean validation refuses it, or the code behind, which takes
   * the field for filled, breaks. Absent, the field has its default.
   */
  readonly whenNull?: 'violation' | 'failure';
}

export interface TextShape extends Rules {
  readonly kind: 'text';
  readonly words?: readonly string[];
  readonly pattern?: RegExp;
  /** The least and the greatest number of characters. */
  readonly size?: readonly [least: number, greatest: number];
}
export interface ScalarShape extends Rules {
  /** The least number; a lesser one is a constraint violation. */
  readonly least?: number;
  readonly kind: 'flag' | 'whole' | 'long' | 'anything';
}
export interface ListShape extends Rules {
  readonly kind: 'list';
  readonly items: Shape;
  readonly atLeast?: number;
  /** A null stands for a list without items. */
  readonly nullIsEmpty?: boolean;
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
export const flag: ScalarShape = { kind: 'flag' };
/** An Integer of Java; what does not fit into one cannot be read. */
export const whole: ScalarShape = { kind: 'whole' };
/** A Long of Java. */
export const long: ScalarShape = { kind: 'long' };
export const anything: ScalarShape = { kind: 'anything' };

/** A number from a least one on. */
export function from(least: number, shape: ScalarShape): ScalarShape {
  return { ...shape, least };
}

/** A text out of a fixed list. */
export function oneOf(...words: string[]): TextShape {
  return { kind: 'text', words };
}

/** A text that fits a pattern; a text that does not is a constraint violation. */
export function matching(pattern: RegExp): TextShape {
  return { kind: 'text', pattern };
}

/** A text of so many characters; another one is a constraint violation. */
export function sized(least: number, greatest: number): TextShape {
  return { kind: 'text', size: [least, greatest] };
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

/** The field has a default when it is absent, and must not be null. */
export function defaulted<S extends Shape>(shape: S, whenNull: Rules['whenNull'] = 'failure'): S {
  return { ...shape, whenNull };
}

/** The field exists from a version on. */
export function since<S extends Shape>(version: NonNullable<Gate['since']>, shape: S): S {
  return { ...shape, since: version };
}

/** The field exists up to a version. */
export function until<S extends Shape>(version: NonNullable<Gate['until']>, shape: S): S {
  return { ...shape, until: version };
}
