import { redact } from '../../src/transport/redact';

test('replaces every occurrence of every secret', () => {
  expect(redact('a one-secret b one-secret c two-secret', ['one-secret', 'two-secret'])).toBe('a *** b *** c ***');
});

test('finds encoded spellings', () => {
  expect(redact('se%20cret%2B1 se+cret%2B1 se cret+1', ['se cret+1'])).toBe('*** *** ***');
  expect(redact('{"p":"say \\"hi\\""}', ['say "hi"'])).toBe('{"p":"***"}');
});

test('leaves no rest of a secret that contains another', () => {
  expect(redact('abcd-efgh', ['abcd', 'abcd-efgh'])).toBe('***');
});

test('leaves very short secrets and half characters alone without failing', () => {
  expect(redact('abc', ['abc', '', '\ud800\ud800\ud800\ud800'])).toBe('abc');
});
