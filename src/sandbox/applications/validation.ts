import { X509Certificate } from 'node:crypto';
import { flagIn, isBlank, objectIn, textIn } from '../fields';
import { ApiFailure } from '../failures';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { refuseUnknownClaims } from './claim-configuration';
import { badApplication } from './failures';
import { refuseUnknownAuthenticators } from './login-sequence';
import type { ApplicationRecord } from './record';
import { refuseUnknownRoles } from './role-mappings';

/*
 * What the product looks at before it stores an application as a whole: DefaultApplicationValidator and the checks of
 * ApplicationManagementServiceImpl in application.mgt 5.25.92, which were found alike in 7.0.80.
 */

/** Refuses an application that names what is not there: 400 APP-60001. */
export function refuseInvalid(world: World, application: ApplicationRecord): void {
  refuseHiddenAddress(application);
  refuseUnknownAuthenticators(world, application.sequence);
  refuseUnknownClaims(world, application.claims);
  refuseUnknownRoles(world, application.claims);
}

/** Users cannot discover what has no address (reference §2.1.5). */
function refuseHiddenAddress({ advanced, texts }: ApplicationRecord): void {
  if (flagIn(advanced, 'discoverableByEndUsers') === true && isBlank(textIn(texts, 'accessUrl')))
    throw badApplication('A discoverable application needs an accessUrl.');
}

/**
 * Every update, that of a protocol included, is refused while the certificate cannot be read; a creation takes any
 * (`validateApplicationCertificate`).
 */
export function refuseBadCertificate(world: World, { advanced }: ApplicationRecord): void {
  const certificate = objectIn(advanced, 'certificate');
  const value = textIn(certificate, 'value') ?? '';
  if (
    world.isBeingFilled ||
    isAtLeast(world.version, '7.1') ||
    textIn(certificate, 'type') === 'JWKS' ||
    isBlank(value) ||
    isCertificate(value)
  )
    return;
  throw badApplication('The certificate of the application is malformed.');
}

/** PEM, or the base64 of it, or that of the bytes themselves. */
function isCertificate(value: string): boolean {
  const bare = value.replace(/^-----BEGIN CERTIFICATE-----/, '').replace(/-----END CERTIFICATE-----\s*$/, '');
  try {
    return new X509Certificate(Buffer.from(bare, 'base64')).raw.length > 0;
  } catch {
    return false;
  }
}

/** How many characters the database has room for (h2.sql of application.mgt 5.25.77). */
const ROOM: Readonly<Record<string, number>> = { description: 1024, imageUrl: 1024, accessUrl: 1024, templateId: 255 };
const ROOM_FOR_NAME = 255;

/** What is too long breaks the database, after everything else was looked at: 500 APP-65001. */
export function refuseTooLong(world: World, { name, texts }: ApplicationRecord): void {
  if (world.isBeingFilled || isAtLeast(world.version, '7.1')) return;
  const isTooLong = Object.entries(ROOM).some(([field, room]) => (textIn(texts, field) ?? '').length > room);
  if (!isTooLong && name.length <= ROOM_FOR_NAME) return;
  throw new ApiFailure(500, 'APP-65001', 'Unexpected server error.', 'The application could not be stored.');
}
