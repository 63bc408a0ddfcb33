import { isObject, type Json } from '../../src/model/json';
import { idOf } from '../differential/step';

/** What a request can name and a real server of the lane lacks, and what is as good and there on both. */
const AT_HAND: Readonly<Record<string, string>> = {
  'email-otp-authenticator': 'EmailOTP',
  MagicLinkAuthenticator: 'IdentifierExecutor',
  GithubAuthenticator: 'FacebookAuthenticator',
  [idOf('GithubAuthenticator')]: idOf('FacebookAuthenticator'),
  'urn:ietf:params:oauth:grant-type:token-exchange': 'password',
  'urn:ietf:params:oauth:grant-type:device_code': 'implicit',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'password',
};

/** A body that names nothing but what every server of the lane has: authenticators, grants, roles, no connectors. */
export function withWhatIsAtHand(value: Json): Json {
  if (typeof value === 'string')
    return /^Internal\/(?!everyone$|admin$)/.test(value) ? 'admin' : (AT_HAND[value] ?? value);
  if (Array.isArray(value)) return distinct(value.map(withWhatIsAtHand));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name]) => name !== 'outboundConnectors' && name !== 'outboundProvisioningIdps',
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, withWhatIsAtHand(inner)]));
}

function distinct(values: readonly Json[]): Json[] {
  const known = new Set<string>();
  return values.filter((value) => {
    const text = JSON.stringify(value);
    if (known.has(text)) return false;
    known.add(text);
    return true;
  });
}
