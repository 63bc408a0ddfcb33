import { redact } from './redact';

const LONGEST_TEXT = 500;
const EXCERPT = 80;

// C0 and C1 controls (ESC would steer the terminal), line separators, and the marks that reverse or hide text.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;

/**
 * The environment that messages are about, and what must never be said there.
 * Every foreign text that reaches an error or an event goes through `clean`.
 */
export class Site {
  private readonly secrets: Set<string>;

  constructor(
    readonly environment: string,
    secrets: Iterable<string | undefined> = [],
  ) {
    this.secrets = new Set();
    for (const secret of secrets) if (secret !== undefined) this.secrets.add(secret);
  }

  /** From now on the value appears in no text. */
  keepSecret(value: string): void {
    this.secrets.add(value);
  }

  /** A foreign text on one line, bounded, without secrets and without anything that could steer a terminal. */
  clean(text: string, longest: number = LONGEST_TEXT): string {
    const line = redact(text, this.secrets).replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
    return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
  }

  /** The first words of a page, without its tags. */
  excerpt(page: string): string {
    const text = redact(page.slice(0, 100_000), this.secrets)
      .replace(/<(script|style)\b[^>]*>[\s\S]*?(<\/\1>|$)/gi, ' ')
      .replace(/<[^>]*>?/g, ' ');
    return this.clean(text, EXCERPT);
  }
}
