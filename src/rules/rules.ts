import { openCallback } from './open-callback';
import { outdatedGrant } from './outdated-grant';
import { plainHttpCallback } from './plain-http-callback';
import { publicClientWithoutPkce } from './public-client-without-pkce';
import type { Rule } from './rule';
import { unsignedSaml } from './unsigned-saml';
import { unverifiedIdentityProvider } from './unverified-identity-provider';
import { weakDigest } from './weak-digest';

/** Every security rule of `liftlock lint`. */
export const rules: readonly Rule[] = [
  openCallback,
  outdatedGrant,
  plainHttpCallback,
  publicClientWithoutPkce,
  unsignedSaml,
  unverifiedIdentityProvider,
  weakDigest,
];
