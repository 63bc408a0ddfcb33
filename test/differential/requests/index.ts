import type { Step } from '../step';
import { APPLICATION_BASICS } from './applications/basics';
import { APPLICATION_CHANGES } from './applications/changes';
import { APPLICATION_CREATIONS } from './applications/creations';
import { APPLICATION_LISTS } from './applications/lists';
import { APPLICATION_OIDC } from './applications/oidc';
import { CLAIMS } from './claims';
import { CLEAN_UP } from './clean-up';
import { IDENTITY_PROVIDER_LISTS } from './identity-providers/lists';
import { IDENTITY_PROVIDER_PARTS } from './identity-providers/parts';
import { IDENTITY_PROVIDER_PATCHES } from './identity-providers/patches';
import { IDENTITY_PROVIDERS } from './identity-providers/creations';
import { LOGIN_SEQUENCES } from './applications/login-sequences';
import { OIDC_SCOPES } from './oidc-scopes';
import { OTHER_PROTOCOLS } from './applications/other-protocols';
import { SERVER_CONFIGS } from './server-configs';
import { SERVICE_PROVIDER_FILES } from './applications/service-provider-files';
import { SIGN_IN_AND_HTTP } from './sign-in-and-http';

/** The fixed requests, by topic, in the order in which they are sent to a server with nothing but what it ships with. */
export const TOPICS: Readonly<Record<string, readonly Step[]>> = {
  'sign-in and HTTP': SIGN_IN_AND_HTTP,
  applications: APPLICATION_BASICS,
  'changes of an application': APPLICATION_CHANGES,
  'login sequences': LOGIN_SEQUENCES,
  'OIDC clients': APPLICATION_OIDC,
  'other protocols': OTHER_PROTOCOLS,
  'applications with protocols': APPLICATION_CREATIONS,
  'settings of the server': SERVER_CONFIGS,
  'lists of applications': APPLICATION_LISTS,
  'OIDC scopes': OIDC_SCOPES,
  claims: CLAIMS,
  'identity providers': IDENTITY_PROVIDERS,
  'parts of an identity provider': IDENTITY_PROVIDER_PARTS,
  'patches of an identity provider': IDENTITY_PROVIDER_PATCHES,
  'lists of identity providers': IDENTITY_PROVIDER_LISTS,
  'service provider files': SERVICE_PROVIDER_FILES,
  'clean-up': CLEAN_UP,
};
