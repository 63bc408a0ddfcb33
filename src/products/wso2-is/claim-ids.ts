/** The dialect that holds the user attributes of the server itself. */
export const LOCAL_DIALECT = 'http://wso2.org/claims';

/**
 * The server id of something that is known by name: base64url of the name without padding, the same in every
 * environment (claims, dialects, authenticators, connectors; reference, 2.2.1, 2.3.1, quirk 19).
 */
export function computedId(name: string): string {
  return Buffer.from(name, 'utf8').toString('base64url');
}

/** The name that an id was computed from; undefined for anything else. */
export function nameOfId(id: string): string | undefined {
  const name = Buffer.from(id, 'base64url').toString('utf8');
  return name !== '' && computedId(name) === id ? name : undefined;
}

/** The server id of a claim dialect; the local one has a name instead (reference, 2.3.1). */
export function dialectId(dialectURI: string): string {
  return dialectURI === LOCAL_DIALECT ? 'local' : computedId(dialectURI);
}
