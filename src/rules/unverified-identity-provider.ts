import { mapAtPath, type Rule } from './rule';

export const unverifiedIdentityProvider: Rule = {
  id: 'unverified-identity-provider',
  severity: 'warning',
  kind: 'identity-provider',
  why: 'Without a certificate or key set the tokens of an OIDC or SAML provider cannot be verified.',
  mend: 'Set certificate.jwksUri or certificate.certificates.',
  check: (artifact) => {
    const certificate = mapAtPath(artifact.value, 'certificate');
    const list = mapAtPath(artifact.value, 'federatedAuthenticators').authenticators;
    const needsOne = JSON.stringify(list ?? []).match(/SAMLSSOAuthenticator|"OpenIDConnectAuthenticator"/) !== null;
    const hasOne = Object.keys(certificate).length > 0;
    return needsOne && !hasOne
      ? [{ path: 'certificate', message: 'there is no certificate and no key set to verify its answers' }]
      : [];
  },
};
