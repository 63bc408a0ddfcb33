import { isObject, type Json } from '../../../src/model/json';
import { withFileContent } from './file-content';
import type { Answer } from '../server';

/** Fields whose values a server makes up, where a request does not choose them. */
const RANDOM_FIELDS = [
  ...['clientId', 'clientSecret', 'attributeConsumingServiceIndex'],
  ...['InboundAuthKey', 'oauthConsumerKey', 'oauthConsumerSecret'],
];

/**
 * An answer without what differs from server to server and from run to run: ids, dates, trace ids, addresses of the server,
 * and values made up by it.
 * @param kept what was kept of the server's answers; it is shown by its name
 */
export function normalised(answer: Answer, kept: ReadonlyMap<string, string>, url: string): Answer {
  const text = textRules(kept, url);
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, text(value)] as const);
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body: withRule(withFileContent(answer.body), text),
  };
}

function withRule(value: Json, text: (value: string) => string, field = ''): Json {
  if (typeof value === 'string') return isRandom(field, value) ? '<random>' : text(value);
  if (Array.isArray(value)) return value.map((element) => withRule(element, text));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'traceId');
  return Object.fromEntries(entries.map(([name, inner]) => [name, withRule(inner, text, name)]));
}

/**
 * Client ids and secrets have 27 to 44 characters of base64url; indices of attributes are numbers, in files the value of a
 * property.
 */
function isRandom(field: string, value: string): boolean {
  if (field === 'Value') return /^\d{6,}$/.test(value);
  if (!RANDOM_FIELDS.includes(field)) return false;
  return field.endsWith('Index') ? /^\d+$/.test(value) : /^[\w-]{27,44}$/.test(value);
}

function textRules(kept: ReadonlyMap<string, string>, url: string): (value: string) => string {
  const names = [...kept].filter(([, value]) => value.length > 8).sort(([, a], [, b]) => b.length - a.length);
  return (value) => {
    const named = names.reduce((text, [name, id]) => text.replaceAll(id, `<${name}>`), value);
    return named
      .replaceAll(url, '<server>')
      .replaceAll(/https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?=\/|$)/g, '<server>')
      .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '<id>')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g, '<date>');
  };
}
