import type { JsonObject } from '../../model/json';
import { isAtLeast, type Version } from '../versions';

const PHONE = String.raw`^\s*(?:\+?(\d{1,3}))?[-. (]*(\d{2,3})[-. )]*(\d{3})[-. ]*(\d{4,6})(?: *x(\d+))?\s*$`;
const PATTERNS: Readonly<Record<string, string>> = {
  mobile: PHONE,
  telephone: PHONE,
  phoneNumbers: PHONE,
  dob: String.raw`^\d{4}-\d{2}-\d{2}$`,
  'identity/preferredMFAOption': String.raw`^\\s*(\\{[\\s\\S]*\\}|\\[[\\s\\S]*\\])\\s*$`,
};
const EMAIL = String.raw`^([a-zA-Z0-9_\.\-])+\@(([a-zA-Z0-9\-])+\.)+([a-zA-Z0-9]{2,4})+$`;
/** Of 7.0 and later. */
const LONGER_EMAIL = String.raw`^([a-zA-Z0-9_\+\.\-])+\@(([a-zA-Z0-9\-])+\.)+([a-zA-Z0-9]{2,10})+$`;

/** What values of the local claims look like that a server ships with (measured on 6.x, recorded on 7.0). */
export function shippedPattern(version: Version, name: string): JsonObject {
  const email = isAtLeast(version, '7.0') ? LONGER_EMAIL : EMAIL;
  const regEx = name === 'emailaddress' ? email : PATTERNS[name];
  return regEx === undefined ? {} : { regEx };
}

/** What such a claim says when a value does not match. */
export const SHIPPED_MESSAGES: Readonly<Record<string, string>> = {
  dob: 'Write a date as YYYY-MM-DD.',
};
