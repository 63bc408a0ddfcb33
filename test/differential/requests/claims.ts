import type { JsonObject } from '../../../src/model/json';
import { get, idOf, post, put, remove, queries, type Step } from '../step';

const DIALECTS = '/claim-dialects';
const LOCAL = '/claim-dialects/local/claims';
const OWN = 'http://claims.quay.example/crew';
const RENAMED = 'http://claims.quay.example/crew-2';
const local = (name: string): string => `http://wso2.org/claims/${name}`;
const stored = (mappedAttribute: string, userstore = 'PRIMARY'): JsonObject[] => [{ mappedAttribute, userstore }];

const refusedLocalClaims = (
  [
    ['a claim that is taken', { claimURI: local('berth'), displayName: 'Berth', attributeMapping: stored('berth') }],
    ['no mapping', { claimURI: local('berthC'), displayName: 'C' }],
    ['an empty mapping', { claimURI: local('berthD'), displayName: 'D', attributeMapping: [] }],
    ['no display name', { claimURI: local('berthE'), attributeMapping: stored('e') }],
    ['no URI', { displayName: 'E', attributeMapping: stored('e') }],
    ['an empty URI', { claimURI: '', displayName: 'E', attributeMapping: stored('e') }],
    [
      'a user store that is not there',
      { claimURI: local('berthF'), displayName: 'F', attributeMapping: stored('f', 'BILGE') },
    ],
    [
      'a word as order',
      { claimURI: local('berthG'), displayName: 'G', displayOrder: 'first', attributeMapping: stored('g') },
    ],
    [
      'a mapping without user store',
      { claimURI: local('berthI'), displayName: 'I', attributeMapping: [{ mappedAttribute: 'i' }] },
    ],
  ] as const
).map(([what, body]) => post(`a local claim with ${what}`, LOCAL, body as unknown as JsonObject));

const LOCAL_CLAIMS: readonly Step[] = [
  post(
    'a local claim with everything',
    LOCAL,
    {
      claimURI: local('berth'),
      displayName: 'Berth',
      description: 'Where the boat lies.',
      displayOrder: 4,
      readOnly: true,
      regEx: '^[0-9]+$',
      required: true,
      supportedByDefault: true,
      attributeMapping: stored('berth'),
      properties: [
        { key: 'zone', value: 'north' },
        { key: 'area', value: 'quay' },
      ],
    },
    'berth',
  ),
  get('a local claim with everything, read', `${LOCAL}/{berth}`),
  post(
    'a small local claim',
    LOCAL,
    { claimURI: local('berthB'), displayName: 'B', attributeMapping: stored('berthB') },
    'small',
  ),
  get('a small local claim, read', `${LOCAL}/{small}`),
  ...refusedLocalClaims,
  post(
    'a local claim with blanks in its URI',
    LOCAL,
    { claimURI: 'a plain claim', displayName: 'Plain', attributeMapping: stored('plain') },
    'plain',
  ),
  get('a local claim with blanks in its URI, read', `${LOCAL}/{plain}`),
  post(
    'a local claim of an attribute that another has',
    LOCAL,
    { claimURI: local('berthH'), displayName: 'H', attributeMapping: stored('berth') },
    'shared',
  ),
  post(
    'a local claim with a field of later releases',
    LOCAL,
    { claimURI: local('berthL'), displayName: 'L', dataType: 'string', attributeMapping: stored('berthL') },
    'later',
  ),
  put('a local claim, replaced by less', `${LOCAL}/{berth}`, {
    claimURI: local('berth'),
    displayName: 'Berth 2',
    attributeMapping: stored('berth'),
  }),
  get('a local claim, replaced by less, read', `${LOCAL}/{berth}`),
  put('a local claim under another URI', `${LOCAL}/{berth}`, {
    claimURI: local('mooring'),
    displayName: 'M',
    attributeMapping: stored('berth'),
  }),
  put('a local claim replaced that is not there', `${LOCAL}/${idOf(local('nowhere'))}`, {
    claimURI: local('nowhere'),
    displayName: 'N',
    attributeMapping: stored('n'),
  }),
  put('a local claim that ships, replaced', `${LOCAL}/${idOf(local('fax'))}`, {
    claimURI: local('fax'),
    displayName: 'Facsimile',
    attributeMapping: stored('facsimile'),
  }),
  get('a local claim that ships, after it was replaced', `${LOCAL}/${idOf(local('fax'))}`),
  get('a local claim that is not there', `${LOCAL}/${idOf(local('nowhere'))}`),
  get('a local claim whose id is none', `${LOCAL}/not!an!id`),
  ...queries('local claims with', LOCAL, ['limit=2', 'offset=1', 'attributes=x', 'filter=x', 'sort=x']),
];

const refusedExternalClaims = (
  [
    ['a URI that is taken', { claimURI: `${OWN}/a`, mappedLocalClaimURI: local('berth') }],
    ['a local claim that is mapped', { claimURI: `${OWN}/b`, mappedLocalClaimURI: local('berth') }],
    ['a local claim that is not there', { claimURI: `${OWN}/c`, mappedLocalClaimURI: local('nowhere') }],
    ['no local claim', { claimURI: `${OWN}/d` }],
    ['no URI', { mappedLocalClaimURI: local('berth') }],
  ] as const
).map(([what, body]) =>
  post(`an external claim with ${what}`, `${DIALECTS}/{crew}/claims`, body as unknown as JsonObject),
);

const EXTERNAL_CLAIMS: readonly Step[] = [
  post(
    'an external claim',
    `${DIALECTS}/{crew}/claims`,
    { claimURI: `${OWN}/a`, mappedLocalClaimURI: local('berth') },
    'external',
  ),
  get('an external claim, read', `${DIALECTS}/{crew}/claims/{external}`),
  ...refusedExternalClaims,
  post('an external claim of a dialect that is not there', `${DIALECTS}/${idOf('http://nowhere')}/claims`, {
    claimURI: 'x',
    mappedLocalClaimURI: local('berth'),
  }),
  put('an external claim, replaced', `${DIALECTS}/{crew}/claims/{external}`, {
    claimURI: `${OWN}/a`,
    mappedLocalClaimURI: local('berthB'),
  }),
  get('an external claim, replaced, read', `${DIALECTS}/{crew}/claims/{external}`),
  put('an external claim under another URI', `${DIALECTS}/{crew}/claims/{external}`, {
    claimURI: `${OWN}/z`,
    mappedLocalClaimURI: local('berthB'),
  }),
  put('an external claim replaced by one of a local claim that is not there', `${DIALECTS}/{crew}/claims/{external}`, {
    claimURI: `${OWN}/a`,
    mappedLocalClaimURI: local('nowhere'),
  }),
  get('an external claim that is not there', `${DIALECTS}/{crew}/claims/${idOf(`${OWN}/nowhere`)}`),
  get('the claims of a dialect', `${DIALECTS}/{crew}/claims`),
  remove('a local claim deleted that is mapped', `${LOCAL}/{small}`),
  post(
    'an external claim of a dialect that ships',
    `${DIALECTS}/${idOf('http://wso2.org/oidc/claim')}/claims`,
    { claimURI: 'berth', mappedLocalClaimURI: local('berth') },
    'oidcberth',
  ),
  get(
    'an external claim of a dialect that ships, read',
    `${DIALECTS}/${idOf('http://wso2.org/oidc/claim')}/claims/{oidcberth}`,
  ),
  put('a dialect renamed', `${DIALECTS}/{crew}`, { dialectURI: RENAMED }),
  get('the claims of a dialect renamed', `${DIALECTS}/${idOf(RENAMED)}/claims`),
  get('a dialect by its old URI', `${DIALECTS}/{crew}`),
  remove('an external claim deleted by the old URI of its dialect', `${DIALECTS}/{crew}/claims/{external}`),
  remove('an external claim deleted', `${DIALECTS}/${idOf(RENAMED)}/claims/{external}`),
  remove('an external claim deleted again', `${DIALECTS}/${idOf(RENAMED)}/claims/{external}`),
  remove(
    'an external claim of a dialect that ships, deleted',
    `${DIALECTS}/${idOf('http://wso2.org/oidc/claim')}/claims/{oidcberth}`,
  ),
];

const LAST: readonly Step[] = [
  remove('a dialect deleted by its old URI', `${DIALECTS}/{crew}`),
  remove('a dialect deleted', `${DIALECTS}/${idOf(RENAMED)}`),
  remove('a dialect deleted again', `${DIALECTS}/${idOf(RENAMED)}`),
  remove('a dialect deleted that is not there', `${DIALECTS}/${idOf('http://nowhere')}`),
  remove('the local dialect deleted', `${DIALECTS}/local`),
  ...['berth', 'small', 'plain', 'shared', 'later'].map((name) =>
    remove(`the local claim ${name} deleted`, `${LOCAL}/{${name}}`),
  ),
  remove('a local claim deleted again', `${LOCAL}/{berth}`),
  remove('a local claim deleted that ships', `${LOCAL}/${idOf(local('fax'))}`),
  get('the claims of the OIDC dialect', `${DIALECTS}/${idOf('http://wso2.org/oidc/claim')}/claims`),
  get('all local claims', LOCAL),
  get('local claims that are not of identity management', `${LOCAL}?exclude-identity-claims=true`),
];

/** Dialects, local claims and external claims, from the first to the last. */
export const CLAIMS: readonly Step[] = [
  get('the dialects that ship', DIALECTS),
  ...queries('dialects with', DIALECTS, ['limit=2', 'offset=1', 'filter=x', 'sort=x']),
  post('a dialect', DIALECTS, { dialectURI: OWN }, 'crew'),
  post('a dialect that is taken', DIALECTS, { dialectURI: OWN }),
  get('a dialect, read', `${DIALECTS}/{crew}`),
  post('a dialect without URI', DIALECTS, {}),
  post('a dialect with an empty URI', DIALECTS, { dialectURI: '' }),
  post('a dialect in broken JSON', DIALECTS, { raw: '{' }),
  post(
    'a dialect with an unknown field',
    DIALECTS,
    { dialectURI: 'http://claims.quay.example/odd', berth: 1 },
    'odddialect',
  ),
  get('a dialect that is not there', `${DIALECTS}/${idOf('http://nowhere')}`),
  get('a dialect whose id is none', `${DIALECTS}/not!an!id`),
  get('the local dialect', `${DIALECTS}/local`),
  get('the claims of a dialect without any', `${DIALECTS}/{crew}/claims`),
  get('the claims of a dialect that is not there', `${DIALECTS}/${idOf('http://nowhere')}/claims`),
  ...LOCAL_CLAIMS,
  ...EXTERNAL_CLAIMS,
  remove('the dialect with an unknown field deleted', `${DIALECTS}/{odddialect}`),
  ...LAST,
];
