import { createHash } from 'node:crypto';

export type SampleEnvironment = 'dev' | 'preprod' | 'prod';

/** Everything in the sample company that differs from environment to environment for good reason, secrets excepted. */
export interface EnvironmentValues {
  readonly environment: SampleEnvironment;
  /** Number from which the server's ids come. */
  readonly random: number;
  /** Parent of every host of our own: portal.<domain>, id.<domain> … */
  readonly domain: string;
  /** Parent of the hosts of the enterprise login, which has test installations too. */
  readonly trustDomain: string;
  /** Private network from which the crew comes to work. */
  readonly officeNetwork: string;
  /** Lifetime of the crew's access tokens, in seconds: shorter where it matters. */
  readonly crewTokenLifetime: number;
  /** OAuth client ids of our applications, by the application's name in kebab-case. */
  readonly clientIds: Readonly<Record<string, string>>;
  /** Client ids that we have at others, by the identity provider's name in kebab-case. */
  readonly providerClientIds: Readonly<Record<string, string>>;
}

const dev: EnvironmentValues = {
  environment: 'dev',
  random: 1101,
  domain: 'dev.aldermere.example',
  trustDomain: 'sandbox.harbourtrust.example',
  officeNetwork: '10.31.0.0/16',
  crewTokenLifetime: 3600,
  clientIds: {
    'booking-portal': 'wNpgRxqdOexGYS2jjRQTcJixzXrf',
    'crew-roster': 'OfdAgmpXLy6AOPOknmnUVGo2d7Rm',
    timetable: 'TqMJDjaAK2r3ZBDbbsuT5UVXRWi0',
    'deckhand-app': '47_xAKMDIiK8dZccm6AAvWCKdMXu',
    'fare-engine': 'mxj5jwpurLiLd1_9Yfop3NFBO39y',
    'settlement-job': 's5hPXcHnQv0oL2E01GFMgInoAS2Q',
    'partner-lounge': 'Fn6P4qgcpJqMoC5jVOzPJDYBG6Yj',
    'shore-operations': 'AFtj6Pm9x7fYChWiamPp6pkiAcyW',
    'loyalty-club': 'u1gV62KuMgusoyDf62rRRv0VHPPE',
    'harbour-kiosk': '1de4Sxcc4QlPEnBDxGLOvNppBBIJ',
    'fare-lab': 'FR3dDG1bmPDu4yKSRx28ZdraUFcB',
  },
  providerClientIds: {
    'harbour-trust': 'aldermere-boats-dev',
    google: '404107-a1dev.apps.googleusercontent.example',
    github: 'Iv1.aldermere0dev',
    'ferry-alliance': 'member-17-dev',
  },
};

const preprod: EnvironmentValues = {
  environment: 'preprod',
  random: 2203,
  domain: 'preprod.aldermere.example',
  trustDomain: 'staging.harbourtrust.example',
  officeNetwork: '10.32.0.0/16',
  crewTokenLifetime: 3600,
  clientIds: {
    'booking-portal': 'rwCrjLIWpOY2wj7fZHChZiGlLeL1',
    'crew-roster': 'BWZHiB9_Vx9Rs83vz1mZH9H0CUvw',
    timetable: 'yMAQyPIGOS3QkdBFBzHX3iID9uPN',
    'deckhand-app': 'En3wAChTCIWAOh4xxQ78GQCfDxLx',
    'fare-engine': 'aPBuzbPzIgPmggFEz8nk4ROFgQ8_',
    'settlement-job': 'RWNHxk6Ky8yhDrk1cyHUyFk2FBxn',
    'partner-lounge': '0AGFzDBwpZzYC5XrZ_GkBdFN43xQ',
    'shore-operations': '7pBAZ8je3L3lV9vgq9HTPGPOCyNc',
    'loyalty-club': 'ny4jk04wzWk6TpqyPbHALBzBU4fJ',
    'harbour-kiosk': 'BLXsAlK27W84OMD0P1pA_D7teRVB',
  },
  providerClientIds: {
    'harbour-trust': 'aldermere-boats-preprod',
    google: '404107-b2pre.apps.googleusercontent.example',
    github: 'Iv1.aldermere0pre',
    'ferry-alliance': 'member-17-preprod',
  },
};

const prod: EnvironmentValues = {
  environment: 'prod',
  random: 3307,
  domain: 'aldermere.example',
  trustDomain: 'harbourtrust.example',
  officeNetwork: '10.40.0.0/16',
  crewTokenLifetime: 900,
  clientIds: {
    'booking-portal': 'IJN4L8eP0LKM2drtvfEoiLphk9ts',
    'crew-roster': 'CoKO1umYq44BHH9kDcjjDFvK3mbl',
    timetable: 'wXLdHixO9E_XFmk1EjQQNK6fbtT2',
    'deckhand-app': '9WWeB6tjXqBo5Qhv4YRFC5tLCwT6',
    'fare-engine': 'kJzCy0ZK4jLC6Wko9MmLc4QKm7En',
    'settlement-job': 'I7KJUQsKSsFEuhlcvXigwno2UfUW',
    'partner-lounge': '44B8fEt2qAzjraGDBWagBdv6dDyr',
    'shore-operations': 'KAtIy1elggOuA90jZeYxGxR7frxL',
    'loyalty-club': 'LNvG3dCrTNQfhq_0o6kWKv16m0Ov',
    'harbour-kiosk': 'iHDKSGK0UOGWv4_GO3hmc_llFUoM',
  },
  providerClientIds: {
    'harbour-trust': 'aldermere-boats',
    google: '404107-c3live.apps.googleusercontent.example',
    github: 'Iv1.aldermere0live',
    'ferry-alliance': 'member-17',
  },
};

const ALL: Readonly<Record<SampleEnvironment, EnvironmentValues>> = { dev, preprod, prod };

/** The values of one environment. */
export function valuesOf(environment: SampleEnvironment): EnvironmentValues {
  return ALL[environment];
}

/** An https address on one of our own hosts. */
export function address(values: EnvironmentValues, host: string, path = ''): string {
  return `https://${host}.${values.domain}${path}`;
}

/** The product's way to have several callback addresses: one entry with an alternation (reference §5, quirk 11). */
export function anyOf(...urls: string[]): string[] {
  return [`regexp=(${urls.join('|')})`];
}

/**
 * The secret of a sample application or identity provider, by its name in kebab-case. Derived, so that whoever sets up
 * the demo can provide the same one; worth nothing outside the sandbox.
 */
export function sampleSecret(environment: SampleEnvironment, name: string): string {
  return createHash('sha256').update(`aldermere/${environment}/${name}`).digest('base64url').slice(0, 32);
}
