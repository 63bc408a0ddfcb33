import { isAtLeast } from '../versions';
import type { World } from '../world';

const PROFILE = [
  ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
  ...['website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
];
const OPENID = [
  ...['sub', 'email', 'email_verified', 'name', 'family_name', 'given_name', 'middle_name', 'nickname'],
  ...[
    'preferred_username',
    'upn',
    'groups',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
  ],
  ...['updated_at', 'phone_number', 'phone_number_verified', 'address', 'street_address', 'country', 'formatted'],
  ...['postal_code', 'locality', 'region'],
];
const SHIPPED: Readonly<Record<string, readonly string[]>> = {
  openid: OPENID,
  email: ['email', 'email_verified'],
  profile: PROFILE,
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address', 'street_address'],
};
/** Measured up to 7.0, which have none of them; not established for later releases. */
const LATER: Readonly<Record<string, readonly string[]>> = { groups: ['groups'], roles: ['roles'] };

/**
 * The scopes that every server has; nothing protects them (reference §2.5). They are served as the configuration has them
 * until they are written to: see `storedScopes`.
 */
export function addShippedScopes(world: World): void {
  const shipped = isAtLeast(world.version, '7.1') ? { ...SHIPPED, ...LATER } : SHIPPED;
  for (const [id, claims] of Object.entries(shipped)) world.oidcScopes.put({ id, displayName: id, claims });
  world.servesConfiguredScopes = true;
}
