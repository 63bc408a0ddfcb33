/*
 * The sample company, Aldermere Boats: ferries and canal boats. Its three environments are the same but for this:
 *
 *   everywhere         hosts, networks, client ids, secrets (environment-values.ts), server ids, the order of lists
 *   Crew Roster        access tokens of users live 900 s in prod, 3600 s elsewhere
 *   Fare Lab           only in dev
 *
 *   the release that is in dev and preprod, and not yet in prod:
 *   Harbour Kiosk      new application
 *   berthPreference    new local claim, with berth_preference in the OIDC dialect
 *   Crew Roster        another login script
 *   Timetable          one more callback address, and the refresh_token grant
 *   Deckhand App       asks for berthPreference
 *   Harbour Trust      just-in-time provisioning preserves local attributes instead of overriding all
 *
 *   Booking Portal     somebody has made PKCE optional in prod, by hand
 */

import type { JsonObject } from '../../model/json';
import type { Seed, SeedRequest } from '../seeding';
import type { Gate } from '../versions';
import { dialects, externalClaims, localClaims } from './claims';
import { valuesOf, type EnvironmentValues, type SampleEnvironment } from './environment-values';
import { blockingPayroll, identityProviders } from './identity-providers';
import {
  bookingPortal,
  bookingPortalOidc,
  crewRoster,
  deckhandApp,
  partnerLounge,
  timetable,
} from './oidc-applications';
import {
  crewDirectory,
  fareLab,
  fleetMaintenance,
  harbourKiosk,
  lockKeeperService,
  logoutAddresses,
  loyaltyClub,
  shoreOperations,
  shoreRoles,
} from './other-applications';
import { freightLedger, ticketOffice } from './saml-applications';
import { apiResources, authorizations, fareEngine, settlementJob } from './service-applications';

export { sampleSecret, valuesOf, type SampleEnvironment } from './environment-values';

/** The seed of one environment of the sample company. */
export function sampleCompany(environment: SampleEnvironment): Seed {
  const values = valuesOf(environment);
  const released = environment !== 'prod';
  const own = (requests: SeedRequest[]): SeedRequest[] => inOwnOrder(environment, requests);
  return {
    random: values.random,
    requests: [
      ...own(localClaims(released)),
      ...own(dialects()),
      ...own(externalClaims(released)),
      ...own(identityProviders(values, released)),
      blockingPayroll(values),
      ...own(apiResources()),
      ...own(applications(values, released)),
      ...own(authorizations()),
      ...shoreRoles(),
      ...own(logoutAddresses(values)),
      ...(environment === 'prod' ? [changeMadeByHand(values)] : []),
    ],
  };
}

function applications(values: EnvironmentValues, released: boolean): SeedRequest[] {
  const all = [
    creation(bookingPortal(values)),
    ...byRelease((isRecent) => crewRoster(values, released, isRecent)),
    creation(timetable(values, released)),
    ...byRelease((isRecent) => deckhandApp(values, released, isRecent)),
    creation(partnerLounge(values)),
    creation(fareEngine(values)),
    creation(settlementJob(values)),
    creation(ticketOffice(values)),
    creation(freightLedger(values)),
    creation(fleetMaintenance(values)),
    creation(lockKeeperService(values)),
    ...byRelease((isRecent) => shoreOperations(values, isRecent)),
    creation(crewDirectory(values)),
    creation(loyaltyClub(values)),
  ];
  return [
    ...all,
    ...(released ? [creation(harbourKiosk(values))] : []),
    ...(values.environment === 'dev' ? [creation(fareLab(values))] : []),
  ];
}

const creation = (body: JsonObject, gate: Gate = {}): SeedRequest => ({
  verb: 'POST',
  path: '/applications',
  body,
  ...gate,
});

/** Before 7.0 without what no 6.0 is sure to have: email codes and magic links as local authenticators, token exchange. */
function byRelease(body: (isRecent: boolean) => JsonObject): SeedRequest[] {
  return [creation(body(false), { until: '6.1' }), creation(body(true), { since: '7.0' })];
}

/** Each environment has grown in an order of its own, and its lists show that. */
function inOwnOrder(environment: SampleEnvironment, requests: SeedRequest[]): SeedRequest[] {
  if (environment === 'dev') return requests;
  if (environment === 'preprod') return requests.toReversed();
  const middle = Math.floor(requests.length / 2);
  return [...requests.slice(middle), ...requests.slice(0, middle)];
}

function changeMadeByHand(values: EnvironmentValues): SeedRequest {
  return {
    verb: 'PUT',
    path: '/applications/{application:Booking Portal}/inbound-protocols/oidc',
    body: bookingPortalOidc(values, false),
  };
}
