const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/;

/**
 * A PEM certificate in one spelling: decoded when the server answered base64 of the PEM text (reference, 2.1.10, 2.2.2),
 * 64 characters a line, `\n` line ends, none at the end. Text that is not PEM is returned as it is.
 */
export function normalisePem(text: string): string {
  const match = PEM.exec(text) ?? PEM.exec(decodeBase64(text));
  if (!match) return text.trim();
  const [, label = '', body = ''] = match;
  const lines = body.replaceAll(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}

/** The wire spelling: base64 of the PEM text. Text that is not PEM is returned as it is. */
export function encodePem(text: string): string {
  return PEM.test(text) ? Buffer.from(`${text}\n`, 'utf8').toString('base64') : text;
}

function decodeBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
