const MASK = '***';

/** Shorter values would blot out ordinary words and protect nothing. */
const SHORTEST = 4;

/**
 * Replaces every secret in a text by `***`, also where it is percent-encoded, form-encoded or escaped for JSON.
 * Secrets under four characters are left alone.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (secret.length >= SHORTEST) for (const spelling of spellingsOf(secret)) spellings.add(spelling);
  }
  // Longest first, so that a secret that contains another one leaves no rest behind.
  const ordered = [...spellings].sort((left, right) => right.length - left.length);
  return ordered.reduce((result, spelling) => result.split(spelling).join(MASK), text);
}

function spellingsOf(secret: string): string[] {
  const wellFormed = Buffer.from(secret, 'utf8').toString('utf8');
  const percent = encodeURIComponent(wellFormed);
  return [secret, percent, percent.replace(/%20/g, '+'), JSON.stringify(secret).slice(1, -1)];
}
