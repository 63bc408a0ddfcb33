/**
 * True when an Accept header takes JSON, which is what the APIs answer (RFC 9110 §12.5.1); a lone `*`, as old clients
 * send it, is any type.
 */
export function takesJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '' || accept === '*/*' || accept === 'application/json') {
    return true;
  }
  return accept.split(',').some(isJsonRange);
}

const JSON_RANGES = new Set(['*', '*/*', 'application/*', 'application/json', 'application/scim+json']);

function isJsonRange(range: string): boolean {
  const [type = ''] = range.split(';');
  return JSON_RANGES.has(type.trim().toLowerCase());
}
