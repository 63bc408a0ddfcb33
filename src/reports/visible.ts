/** Characters that move the cursor, change colours, hide or reorder text: none of them may reach a reader unseen. */
const UNSEEN =
  // C0 and C1 controls, soft hyphen, invisible and bidirectional format characters, lone surrogates, line separators.
  /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufff9-\ufffb]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with every unseen character spelt out, such as `\x1b`, `\n` or `\u{202e}`. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => SHORT[character] ?? spelt(character.codePointAt(0) ?? 0));
}

function spelt(code: number): string {
  const digits = code.toString(16);
  return code < 256 ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
