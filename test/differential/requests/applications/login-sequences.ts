import type { Json } from '../../../../src/model/json';
import { get, patch, post, type Step } from '../../step';

const QUAY = '/applications/{quay}';
const password = { idp: 'LOCAL', authenticator: 'BasicAuthenticator' };
const totp = { idp: 'LOCAL', authenticator: 'totp' };

function sequence(fields: { readonly [field: string]: Json }): Json {
  return { authenticationSequence: { type: 'USER_DEFINED', ...fields } };
}
function changed(what: string, body: Json): Step[] {
  return [patch(what, QUAY, body), get(`${what}, read`, QUAY)];
}

const script = 'var onLoginRequest = function (context) {\n  executeStep(1);\n  executeStep(2);\n};\n';

/** Steps of the sign-in, scripts and request path authenticators. */
export const LOGIN_SEQUENCES: readonly Step[] = [
  patch(
    'an authenticator that is not there',
    QUAY,
    sequence({ steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'Semaphore' }] }] }),
  ),
  patch(
    'an identity provider that is not there',
    QUAY,
    sequence({ steps: [{ id: 1, options: [{ idp: 'Nobody', authenticator: 'OpenIDConnectAuthenticator' }] }] }),
  ),
  ...changed(
    'two steps and a script',
    sequence({
      steps: [
        { id: 1, options: [password] },
        { id: 2, options: [totp] },
      ],
      script,
      subjectStepId: 1,
      attributeStepId: 1,
    }),
  ),
  ...changed('two ways in one step', sequence({ steps: [{ id: 1, options: [password, totp] }] })),
  patch('no steps', QUAY, sequence({ steps: [] })),
  patch('steps left out', QUAY, sequence({})),
  ...changed('a step without options', sequence({ steps: [{ id: 1, options: [] }] })),
  ...changed(
    'the subject of a step that is not there',
    sequence({ steps: [{ id: 1, options: [password] }], subjectStepId: 4 }),
  ),
  patch(
    'attributes of a step that is not there',
    QUAY,
    sequence({ steps: [{ id: 1, options: [password] }], attributeStepId: 4 }),
  ),
  patch('steps that begin with two', QUAY, sequence({ steps: [{ id: 2, options: [password] }] })),
  patch('an option without authenticator', QUAY, sequence({ steps: [{ id: 1, options: [{ idp: 'LOCAL' }] }] })),
  patch(
    'an option without identity provider',
    QUAY,
    sequence({ steps: [{ id: 1, options: [{ authenticator: 'totp' }] }] }),
  ),
  ...changed('the sequence of the server', { authenticationSequence: { type: 'DEFAULT' } }),
  ...changed(
    'a request path authenticator',
    sequence({
      steps: [{ id: 1, options: [password] }],
      requestPathAuthenticators: ['BasicAuthRequestPathAuthenticator'],
    }),
  ),
  ...changed(
    'no request path authenticator',
    sequence({ steps: [{ id: 1, options: [password] }], requestPathAuthenticators: [] }),
  ),
  patch(
    'an unknown request path authenticator',
    QUAY,
    sequence({ steps: [{ id: 1, options: [password] }], requestPathAuthenticators: ['Flag'] }),
  ),
  post(
    'created with a sequence',
    '/applications',
    {
      name: 'quay-steps',
      ...(sequence({
        steps: [
          { id: 1, options: [password] },
          { id: 2, options: [totp] },
        ],
      }) as object),
    },
    'steps',
  ),
  get('created with a sequence, read', '/applications/{steps}'),
];
