import type { JsonObject } from '../../model/json';
import type { SeedRequest } from '../seeding';

const LOCAL = 'http://wso2.org/claims';
const OIDC = 'http://wso2.org/oidc/claim';
const SCIM = 'urn:scim:wso2:schema';
const CREW = 'urn:aldermere:claims:crew';
const ALLIANCE = 'https://schema.ferryalliance.example/claims';

/** URI of a local claim of the company. */
export function localClaim(name: string): string {
  return `${LOCAL}/${name}`;
}

function claim(name: string, displayName: string, displayOrder: number, more: JsonObject = {}): JsonObject {
  return {
    claimURI: localClaim(name),
    displayName,
    displayOrder,
    description: `${displayName} of a person at Aldermere Boats`,
    supportedByDefault: true,
    attributeMapping: [{ mappedAttribute: name, userstore: 'PRIMARY' }],
    ...more,
  };
}

function property(key: string, value: string): JsonObject {
  return { key, value };
}

const CUSTOM = property('USER_CUSTOM_ATTRIBUTE', 'TRUE');

function crewClaims(): JsonObject[] {
  return [
    claim('crewNumber', 'Crew Number', 101, {
      regEx: '^AB-[0-9]{5}$',
      required: true,
      readOnly: true,
      uniquenessScope: 'WITHIN_USERSTORE',
      properties: [CUSTOM, property('isUnique', 'true'), property('ProfileUsageLimit', '1')],
    }),
    claim('homePort', 'Home Port', 102, { properties: [CUSTOM] }),
    claim('boatingLicence', 'Boating Licence', 103, {
      regEx: '^(inland|coastal|offshore)$',
      properties: [CUSTOM, property('displayHint', 'select')],
    }),
    claim('licenceExpiry', 'Licence Expiry', 104, { regEx: '^\\d{4}-\\d{2}-\\d{2}$', required: true }),
    claim('dutyStatus', 'Duty Status', 105, { readOnly: true, supportedByDefault: false }),
    claim('seniorityYears', 'Years of Service', 106, { regEx: '^[0-9]{1,2}$', readOnly: true }),
    claim('watchGroup', 'Watch Group', 107, {
      profiles: {
        console: { readOnly: false, required: true, supportedByDefault: true },
        endUser: { readOnly: true, required: false, supportedByDefault: true },
      },
      properties: [CUSTOM, property('multiValued', 'false')],
    }),
    claim('emergencyContact', 'Emergency Contact', 108, { regEx: '^\\+?[0-9 ()/-]{6,20}$' }),
  ];
}

function passengerClaims(): JsonObject[] {
  return [
    claim('loyaltyTier', 'Loyalty Tier', 201, {
      regEx: '^(ripple|wave|tide)$',
      readOnly: true,
      sharedProfileValueResolvingMethod: 'FromOrigin',
    }),
    claim('loyaltyNumber', 'Loyalty Number', 202, {
      regEx: '^[0-9]{9}$',
      uniquenessScope: 'ACROSS_USERSTORES',
      properties: [CUSTOM, property('isUnique', 'true')],
    }),
    claim('preferredDeck', 'Preferred Deck', 203),
    claim('dietaryNeeds', 'Dietary Needs', 204, { description: 'What the galley has to know' }),
    claim('accessibilityNeeds', 'Accessibility Needs', 205, {
      profiles: {
        endUser: { readOnly: false, required: false, supportedByDefault: true },
        selfRegistration: { readOnly: false, required: false, supportedByDefault: true },
      },
    }),
    claim('passportCountry', 'Country of the Passport', 206, { regEx: '^[A-Z]{2}$' }),
    claim('marketingConsent', 'Marketing Consent', 207, {
      regEx: '^(true|false)$',
      uniquenessScope: 'NONE',
      properties: [property('consentPurpose', 'newsletter'), CUSTOM, property('defaultValue', 'false')],
    }),
  ];
}

/** What the release adds that prod does not have yet. */
function releasedClaim(): JsonObject {
  return claim('berthPreference', 'Berth Preference', 208, { regEx: '^(upper|lower|window)$', properties: [CUSTOM] });
}

/** The company's local claims; `released` adds the one of the release. */
export function localClaims(released: boolean): SeedRequest[] {
  const bodies = [...crewClaims(), ...passengerClaims(), ...(released ? [releasedClaim()] : [])];
  return bodies.map((body) => ({ verb: 'POST', path: '/claim-dialects/local/claims', body }));
}

/** The company's two dialects. */
export function dialects(): SeedRequest[] {
  return [CREW, ALLIANCE].map((dialectURI) => ({ verb: 'POST', path: '/claim-dialects', body: { dialectURI } }));
}

/** Claims in other dialects, by dialect: its name for a claim, and the local claim behind it. */
const EXTERNAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [OIDC]: {
    crew_number: 'crewNumber',
    home_port: 'homePort',
    watch_group: 'watchGroup',
    loyalty_tier: 'loyaltyTier',
    loyalty_number: 'loyaltyNumber',
  },
  [SCIM]: {
    [`${SCIM}:crewNumber`]: 'crewNumber',
    [`${SCIM}:homePort`]: 'homePort',
    [`${SCIM}:dutyStatus`]: 'dutyStatus',
    [`${SCIM}:loyaltyNumber`]: 'loyaltyNumber',
  },
  [CREW]: {
    [`${CREW}:number`]: 'crewNumber',
    [`${CREW}:port`]: 'homePort',
    [`${CREW}:licence`]: 'boatingLicence',
    [`${CREW}:licence-expiry`]: 'licenceExpiry',
    [`${CREW}:watch`]: 'watchGroup',
  },
  [ALLIANCE]: {
    [`${ALLIANCE}/passenger-id`]: 'loyaltyNumber',
    [`${ALLIANCE}/tier`]: 'loyaltyTier',
    [`${ALLIANCE}/mail`]: 'emailaddress',
  },
};

/** The company's external claims; the SCIM dialect is one that servers have from 7.1 on. */
export function externalClaims(released: boolean): SeedRequest[] {
  const added: Readonly<Record<string, Readonly<Record<string, string>>>> = released
    ? { [OIDC]: { berth_preference: 'berthPreference' } }
    : {};
  return Object.entries(EXTERNAL).flatMap(([dialect, claims]) =>
    Object.entries({ ...claims, ...added[dialect] }).map(([claimURI, local]): SeedRequest => ({
      verb: 'POST',
      path: `/claim-dialects/{encoded:${dialect}}/claims`,
      ...(dialect === SCIM ? { since: '7.1' } : {}),
      body: { claimURI, mappedLocalClaimURI: localClaim(local) },
    })),
  );
}
