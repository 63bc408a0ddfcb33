import type { Json } from '../model/json';
import { unreadableBody } from './failures';

/*
 * What Jackson makes of a value of another type than the field has, with the mapper as the product configures it:
 * recorded answers of the product's own code of 6.0 and 7.0. What it does not coerce is UE-10000.
 */

/** Numbers and booleans are taken as their text. */
export function coercedText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw unreadableBody();
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** Every whole number but 0 is true; a blank text is no value, as is the word null. */
export function coercedFlag(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return value !== 0;
  if (typeof value !== 'string') throw unreadableBody();
  if (isNoValue(value)) return undefined;
  const flag = FLAGS[value.trim()];
  if (flag === undefined) throw unreadableBody();
  return flag;
}

/** Fractions lose their decimals; a text has to be a whole number, or blank for no value. */
export function coercedNumber(value: Json, greatest: number): number | undefined {
  if (typeof value === 'string' && isNoValue(value)) return undefined;
  const number = typeof value === 'string' ? wholeIn(value.trim()) : value;
  if (typeof number !== 'number') throw unreadableBody();
  const whole = Math.trunc(number);
  if (whole > greatest || whole < -greatest - 1) throw unreadableBody();
  // Not -0, which is another value than 0 to those who compare.
  return whole === 0 ? 0 : whole;
}

function wholeIn(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** A word of an enumeration, by its name or, as a number or its text, by its place among the words. */
export function coercedWord(value: Json, words: readonly string[]): string {
  const name = typeof value === 'string' ? value.trim() : value;
  if (typeof name === 'string' && words.includes(name)) return name;
  const place = typeof name === 'string' && /^\d+$/.test(name) ? Number(name) : name;
  const word = typeof place === 'number' ? words[place] : undefined;
  if (word === undefined) throw unreadableBody();
  return word;
}

function isNoValue(text: string): boolean {
  const word = text.trim();
  return word === '' || word === 'null';
}
