/** The spellings of a role that the server takes for the same, for the documentation. */
export const SAME_ROLES = '`admin` is `Internal/admin`, and the user store before the slash may be in any case';

/**
 * A name that a local role and its other spellings share. `admin` is the role `Internal/admin`, whose domain may be
 * written in any case. The server answers either as it was sent, in mappings of applications and identity providers and
 * in outbound provisioning roles; only an identity provider's mapping gets its domain back as `Internal` (real server, 6.0).
 */
export function comparableRole(role: string): string {
  if (role === 'admin') return comparableRole('Internal/admin');
  const slash = role.indexOf('/');
  return slash < 0 ? role : `${role.slice(0, slash).toUpperCase()}${role.slice(slash)}`;
}
