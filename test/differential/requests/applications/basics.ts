import type { JsonObject } from '../../../../src/model/json';
import { get, patch, post, remove, type Step } from '../../step';

const LIST = '/applications';
const NO_ONE = '00000000-0000-4000-8000-000000000000';

const refusedCreations = (
  [
    ['no name', { description: 'moored' }],
    ['an empty name', { name: '' }],
    ['a blank name', { name: '  ' }],
    ['a name with a slash and a question mark', { name: 'quay/side?' }],
    ['a name with an umlaut', { name: 'Fähre' }],
    ['a name of 300 letters', { name: 'q'.repeat(300) }],
    ['null as name', { name: null }],
    ['a list as name', { name: ['Quay'] }],
    ['a word as truth value', { name: 'Quay Truth', advancedConfigurations: { saas: 'perhaps' } }],
    ['an unknown dialect kind', { name: 'Quay Dialect', claimConfiguration: { dialect: 'SOME' } }],
    ['an unknown sequence type', { name: 'Quay Sequence', authenticationSequence: { type: 'GUESSED' } }],
  ] as const
).map(([what, body]) => post(`created with ${what}`, LIST, body as unknown as JsonObject));

const unreadableCreations = (
  [
    ['broken JSON', '{"name":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
  ] as const
).map(([what, raw]) => post(`created with ${what} as body`, LIST, { raw }));

/** Names, bodies and ids of applications. */
export const APPLICATION_BASICS: readonly Step[] = [
  get('an empty server', LIST),
  post('no more than a name', LIST, { name: 'quay-board' }, 'quay'),
  get('no more than a name, read', `${LIST}/{quay}`),
  post('a name that is taken', LIST, { name: 'quay-board' }),
  post('a name that is taken in other letters', LIST, { name: 'Quay-BOARD' }, 'upper'),
  ...refusedCreations,
  ...unreadableCreations,
  post('a number as name', LIST, { name: 42 }, 'number'),
  get('a number as name, read', `${LIST}/{number}`),
  post('a field that nobody knows', LIST, { name: 'quay-unknown', berth: 3 }, 'odd'),
  post('an id that the client wants', LIST, { name: 'quay-id', id: NO_ONE }, 'chosenid'),
  post('a truth value as text', LIST, { name: 'quay-text', advancedConfigurations: { saas: 'true' } }, 'truth'),
  get('a truth value as text, read', `${LIST}/{truth}`),
  remove('a truth value as text, deleted', `${LIST}/{truth}`),
  get('an id that is no id', `${LIST}/nowhere`),
  get('an id of nobody', `${LIST}/${NO_ONE}`),
  patch('a change of nobody', `${LIST}/nowhere`, { description: 'moored' }),
  remove('nobody deleted', `${LIST}/nowhere`),
  get('protocols of nobody', `${LIST}/nowhere/inbound-protocols`),
  get('OIDC of nobody', `${LIST}/nowhere/inbound-protocols/oidc`),
  { name: 'HEAD of one application', method: 'HEAD', path: `${LIST}/{quay}` },
  get('the list with what was made', LIST),
];
