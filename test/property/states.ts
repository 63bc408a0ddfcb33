import fc from '../fast-check';
import type { DesiredArtifact } from '../../src/workflows/desired';
import type { JsonObject } from '../../src/model/json';

/** Arbitrary states of every kind that refer to each other as real ones do: what an operator could have in files. */

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const url = word.map((name) => `https://${name}.example/cb`);
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const CLAIMS = ['http://wso2.org/claims/tier', 'http://wso2.org/claims/berth', 'http://wso2.org/claims/crew'];
const DIALECT = 'https://claims.example/boats';
const IDPS = ['Partner', 'Club'];

const localClaim = (uri: string): fc.Arbitrary<JsonObject> =>
  record({
    claimURI: fc.constant(uri),
    displayName: word,
    description: optional(word),
    displayOrder: optional(fc.nat(9)),
    required: optional(fc.boolean()),
    supportedByDefault: optional(fc.boolean()),
    regEx: optional(fc.constant('^[a-z]+$')),
    attributeMapping: word.map((mappedAttribute) => [{ mappedAttribute, userstore: 'PRIMARY' }]),
    properties: optional(
      fc.uniqueArray(word, { minLength: 1, maxLength: 2 }).map((keys) => keys.map((key) => ({ key, value: 'true' }))),
    ),
  });

const identityProvider = (name: string): fc.Arbitrary<JsonObject> =>
  record({
    name: fc.constant(name),
    description: optional(word),
    isEnabled: optional(fc.constant(true)),
    homeRealmIdentifier: optional(word),
    certificate: optional(word.map((host) => ({ jwksUri: `https://${host}.example/jwks` }))),
    federatedAuthenticators: optional(
      fc
        .record({ id: word, secret: word, scopes: fc.constantFrom('openid', 'openid email') })
        .map(({ id, secret, scopes }) => ({
          defaultAuthenticatorId: 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I',
          authenticators: [
            {
              name: 'OpenIDConnectAuthenticator',
              isEnabled: true,
              properties: [
                { key: 'ClientId', value: id },
                { key: 'ClientSecret', value: `secret-${secret}` },
                { key: 'Scopes', value: scopes },
              ],
            },
          ],
        })),
    ),
    claims: optional(
      fc
        .subarray(CLAIMS, { minLength: 1 })
        .map((uris) => ({ mappings: uris.map((uri, index) => ({ idpClaim: `c${index}`, localClaim: { uri } })) })),
    ),
    provisioning: optional(
      fc
        .record({ isEnabled: fc.boolean(), scheme: fc.constantFrom('PROVISION_SILENTLY', 'PROMPT_CONSENT') })
        .map((jit) => ({ jit })),
    ),
    groups: optional(
      fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((names) => names.map((group) => ({ name: group }))),
    ),
  });

const oidc = fc.record(
  {
    grantTypes: fc.constantFrom(
      ['authorization_code'],
      ['authorization_code', 'refresh_token'],
      ['client_credentials', 'authorization_code'],
    ),
    callbackURLs: fc.uniqueArray(url, { minLength: 1, maxLength: 3 }),
    publicClient: fc.boolean(),
    pkce: fc.record({ mandatory: fc.boolean() }),
    accessToken: fc.record({
      type: fc.constantFrom('Default', 'JWT'),
      userAccessTokenExpiryInSeconds: fc.integer({ min: 60, max: 9000 }),
    }),
    logout: word.map((host) => ({ backChannelLogoutUrl: `https://${host}.example/out` })),
  },
  { requiredKeys: ['grantTypes', 'callbackURLs'] },
);

const saml = (issuer: string) =>
  fc.record(
    {
      issuer: fc.constant(issuer),
      assertionConsumerUrls: fc.uniqueArray(url, { minLength: 1, maxLength: 2 }),
      enableAssertionQueryProfile: fc.boolean(),
      responseSigning: fc.record({ enabled: fc.boolean() }),
    },
    { requiredKeys: ['issuer', 'assertionConsumerUrls'] },
  );

const sequence = (idps: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      script: optional(word.map((name) => `var ${name} = 1;\nexecuteStep(1);\n`)),
      federated: fc.subarray([...idps]),
    })
    .map(({ script, federated }) => ({
      type: 'USER_DEFINED',
      steps: [
        {
          id: 1,
          options: [
            { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
            ...federated.map((idp) => ({ idp, authenticator: 'OpenIDConnectAuthenticator' })),
          ],
        },
      ],
      ...(script === undefined ? {} : { script }),
    }));

const application = (name: string, idps: readonly string[]): fc.Arbitrary<JsonObject> =>
  record({
    name: fc.constant(name),
    description: optional(word),
    accessUrl: optional(url),
    logoutReturnUrl: optional(url),
    inboundProtocolConfiguration: optional(
      record({ oidc: optional(oidc), saml: optional(saml(`https://${name.toLowerCase()}.example/saml`)) }),
    ),
    authenticationSequence: optional(sequence(idps)),
    claimConfiguration: optional(
      fc
        .subarray(CLAIMS, { minLength: 1 })
        .map((uris) => ({ requestedClaims: uris.map((uri) => ({ claim: { uri }, mandatory: uri.length % 2 === 0 })) })),
    ),
    advancedConfigurations: optional(
      record({ saas: optional(fc.boolean()), skipLoginConsent: optional(fc.boolean()) }),
    ),
  });

/** A consistent set of files: every reference has its target. */
export const files: fc.Arbitrary<DesiredArtifact[]> = fc
  .record({
    idps: fc.subarray(IDPS),
    apps: fc.subarray(['Shop', 'Ferry', 'Office']),
    external: fc.subarray(CLAIMS),
    dialect: fc.boolean(),
  })
  .chain(({ idps, apps, external, dialect }) =>
    fc.tuple(
      fc.tuple(...CLAIMS.map(localClaim)),
      fc.tuple(...idps.map(identityProvider)),
      fc.tuple(...apps.map((name) => application(name, idps))),
      fc.constant(dialect ? external : []),
      fc.constant(dialect),
    ),
  )
  .map(([claims, idps, apps, external, dialect]) => [
    ...(dialect ? [artifact('claim-dialect', DIALECT, { dialectURI: DIALECT })] : []),
    ...claims.map((value) => artifact('local-claim', String(value.claimURI), value)),
    ...external.map((uri) =>
      artifact('external-claim', `${DIALECT} ${uri}`, {
        claimDialectURI: DIALECT,
        claimURI: uri,
        mappedLocalClaimURI: uri,
      }),
    ),
    ...withAuthenticators(idps).map((value) => artifact('identity-provider', String(value.name), value)),
    ...apps.map((value) => artifact('application', String(value.name), value)),
  ]);

/** A login step needs the authenticator that it names. */
function withAuthenticators(idps: readonly JsonObject[]): JsonObject[] {
  return idps.map((idp) => ({
    ...idp,
    federatedAuthenticators: idp.federatedAuthenticators ?? {
      defaultAuthenticatorId: 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I',
      authenticators: [
        {
          name: 'OpenIDConnectAuthenticator',
          isEnabled: true,
          properties: [
            { key: 'ClientId', value: 'x' },
            { key: 'ClientSecret', value: 'secret-x' },
            { key: 'Scopes', value: 'openid' },
          ],
        },
      ],
    },
  }));
}

function artifact(kind: string, key: string, value: JsonObject): DesiredArtifact {
  return { kind, key, value, file: `${kind}/${key}.yaml`, unknownSecrets: [] };
}

/** A record whose undefined fields are absent, as in a file. */
function record(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> {
  return fc
    .record(shape)
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as JsonObject);
}
