/** The greatest Integer of Java, which most numbers of the APIs are. */
export const GREATEST_INTEGER = 0x7fffffff;

/** True for a whole number that fits into an Integer of Java. */
export function isInteger(value: number): boolean {
  return Number.isInteger(value) && value >= -GREATEST_INTEGER - 1 && value <= GREATEST_INTEGER;
}

/** The greatest number up to which a Long of Java and a number of JSON are the same. */
export const GREATEST_LONG = Number.MAX_SAFE_INTEGER;
