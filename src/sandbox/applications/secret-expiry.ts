import { badOidc } from './failures';

/** The time in seconds, in which the API tells when a client secret expires. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

/** Whether a secret has expired; 0 means never. */
export function isPast(expiresAt: number): boolean {
  return expiresAt !== 0 && expiresAt <= secondsNow();
}

/** A secret expires in seconds to come, or never. */
export function refuseBadExpiry(expiresAt: number): void {
  const told = `The client secret expiry time ${expiresAt}`;
  if (expiresAt < 0) throw badOidc(`${told} is invalid.`);
  if (isPast(expiresAt)) throw badOidc(`${told} is in the past.`);
}
