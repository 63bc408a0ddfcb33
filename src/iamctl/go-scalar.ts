/** What yaml.v3 (Go), with which IAM-CTL reads YAML, makes of a text without quotes, as it is sent in JSON. */
export type GoScalar =
  | { readonly is: 'text' }
  | { readonly is: 'value'; readonly value: string | number | boolean | null }
  /** Not a value of JSON (infinity, not-a-number): encoding it fails. */
  | { readonly is: 'unsendable' }
  | { readonly is: 'merge' };

const TEXT: GoScalar = { is: 'text' };
const WORDS = new Map<string, GoScalar>([
  ...['true', 'True', 'TRUE'].map((word): [string, GoScalar] => [word, { is: 'value', value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, GoScalar] => [word, { is: 'value', value: false }]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, GoScalar] => [word, { is: 'value', value: null }]),
  ['<<', { is: 'merge' }],
]);
const NOT_FINITE = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?\s*(Z|[-+]\d{2}:\d{2})?)?$/;

/**
 * Resolves a text without quotes: decimal, hexadecimal, binary and octal numbers (also `0755`), digits parted by `_`,
 * dates, the words for true, false and nothing. `yes` and `on` stay texts.
 * Source: gopkg.in/yaml.v3, resolve.go, as far as values of JSON go.
 */
export function goScalar(text: string): GoScalar {
  const word = WORDS.get(text);
  if (word) return word;
  if (NOT_FINITE.test(text)) return { is: 'unsendable' };
  if (!/^[-+.0-9]/.test(text)) return TEXT;
  const time = timeText(text);
  if (time !== undefined) return { is: 'value', value: time };
  const number = numberOf(text.startsWith('.') ? text : text.replaceAll('_', ''));
  return number === undefined ? TEXT : { is: 'value', value: number };
}

function numberOf(text: string): number | string | undefined {
  const match = INTEGER.exec(text);
  if (match) {
    const [, sign = '', hex, binary, octal, decimal = '0'] = match;
    const digits = [hex && `0x${hex}`, binary && `0b${binary}`, octal && `0o${octal}`, decimal].find(Boolean) ?? '0';
    const value = BigInt(digits);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) return exactText(sign, value);
    return sign === '-' ? -Number(value) : Number(value);
  }
  if (!FLOAT.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** More digits than a number of JSON holds everywhere: kept as text, so that none is lost here. */
function exactText(sign: string, value: bigint): string {
  return `${sign === '-' ? '-' : ''}${value}`;
}

/** A date as Go writes it into JSON: `2027-03-01T00:00:00Z`. */
function timeText(text: string): string | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const two = (part: string): string => part.padStart(2, '0');
  const [date, clock] = [`${year}-${two(month)}-${two(day)}`, `${two(hour)}:${two(minute)}:${two(second)}`];
  const parsed = new Date(`${date}T${clock}Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return undefined;
  return `${date}T${clock}${fraction.replace(/\.?0+$/, '')}${zone}`;
}
