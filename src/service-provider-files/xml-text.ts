import type { SourceText } from './source-text';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Characters that XML 1.0 allows (its production 2). */
const NOT_A_CHAR = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * A text or attribute value with its references resolved: the five names of XML and numbers. There are no others, since
 * a document type is refused. Throws at `offset` for an unknown name or a character that XML does not have.
 */
export function decodeReferences(source: SourceText, raw: string, offset: number): string {
  if (NOT_A_CHAR.test(raw))
    throw source.fault('malformed-xml', 'The text holds a character that XML does not allow', offset);
  if (!raw.includes('&')) return raw;
  return raw.replaceAll(/&([^;&]{0,40});?/g, (whole: string, name: string) => {
    const text = whole.endsWith(';') ? resolved(name) : undefined;
    if (text !== undefined) return text;
    // What follows the "&" may be part of a secret, and is not shown.
    const hint = 'Write &amp; for the character itself.';
    throw source.fault('malformed-xml', 'Not valid XML: "&" starts no character reference here', offset, hint);
  });
}

function resolved(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = /^#x[0-9a-f]{1,8}$/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : /^#\d{1,8}$/.test(name)
      ? Number(name.slice(1))
      : -1;
  if (code < 0 || code > 0x10ffff) return undefined;
  const text = String.fromCodePoint(code);
  return NOT_A_CHAR.test(text) ? undefined : text;
}

/** A text between tags; a carriage return is kept as a reference, since a reader would turn it into a line feed. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

/** An attribute's value between double quotes. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;');
}

/** A CDATA section, split where the text would close it; carriage returns cannot be kept in one, so such a text is escaped. */
export function cdata(text: string): string {
  return text.includes('\r') ? escapeText(text) : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
