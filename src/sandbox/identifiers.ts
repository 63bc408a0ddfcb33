import { createHash, randomBytes, randomInt } from 'node:crypto';

const CLIENT_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_';
const CLIENT_ID_LENGTH = 28;
const SECRET_LENGTH = 43;

/**
 * Makes the ids and secrets that the server chooses (reference §6, item 4). With a seed they repeat from run to run,
 * so that a test or a demo can name them; the position is part of the saved state, lest a restart repeats an id.
 */
export class Identifiers {
  private position: number;

  constructor(private seed: number | undefined) {
    this.position = seed ?? 0;
  }

  /** Starts over, with another seed when one is given. */
  restart(seed: number | undefined): void {
    this.seed = seed;
    this.position = seed ?? 0;
  }

  /** A number that is the server's own: the seed, or 0 without one. */
  get salt(): number {
    return this.seed ?? 0;
  }

  /** The point in the sequence, to be saved with the state. */
  get state(): number {
    return this.position;
  }

  set state(position: number) {
    this.position = position;
  }

  /** A random (version 4) UUID. */
  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  /** A generated OAuth client id: 28 characters (reference §2.1.5). */
  clientId(): string {
    return this.characters(CLIENT_ID_LENGTH);
  }

  /** A generated OAuth client secret. */
  clientSecret(length = SECRET_LENGTH): string {
    return this.characters(length);
  }

  /** The random SAML attribute consuming service index of reference §2.1.10. */
  serviceIndex(): string {
    return String(this.number(2_000_000_000));
  }

  private characters(length: number): string {
    return Array.from({ length }, () => CLIENT_ID_ALPHABET.charAt(this.number(CLIENT_ID_ALPHABET.length))).join('');
  }

  private bytes(length: number): Buffer {
    if (this.seed === undefined) return randomBytes(length);
    return Buffer.from(Array.from({ length }, () => this.number(256)));
  }

  private number(below: number): number {
    return this.seed === undefined ? randomInt(below) : Math.floor(this.fraction() * below);
  }

  /** Mulberry32: small, well mixed, and its whole state is one number. Not for secrets that must be secret. */
  private fraction(): number {
    this.position = (this.position + 0x6d2b79f5) | 0;
    let mixed = this.position;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

/** A UUID that is always the same for the same text. */
export function derivedUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Base64url without padding: the ids of claims, dialects, authenticators and connectors (reference §2.2.1, §2.3.1). */
export function encodedName(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url');
}

/** Such an id without padding, which the product takes with it as well. */
export function unpadded(id: string): string {
  return id.replace(/=+$/, '');
}

/** The name in such an id; undefined when the id is not base64url of anything. */
export function decodedName(id: string): string | undefined {
  const name = Buffer.from(id, 'base64url').toString('utf8');
  return name !== '' && encodedName(name) === unpadded(id) ? name : undefined;
}

/**
 * The text in an id as Java's decoder of base64url reads it, which takes an id without padding, or with all of it;
 * undefined where it throws (JDK: Base64.Decoder). Other bits than those of a byte at the end are not looked at.
 */
export function decodedId(id: string): string | undefined {
  const [, digits = '', padding = ''] = /^([\w-]*)(=*)$/.exec(id) ?? [undefined, undefined, 'x'];
  const rest = digits.length % 4;
  if (rest === 1 || (padding !== '' && padding.length !== 4 - rest)) return undefined;
  return Buffer.from(digits, 'base64url').toString('utf8');
}

/** The text that stands in base64 with all of its padding, as Java's basic decoder reads it; undefined for any other. */
export function decodedBase64(text: string): string | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64').toString('utf8') : undefined;
}
