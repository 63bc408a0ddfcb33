import { explanationText } from '../../src/workflows/explain';

test('a path that is too long for a line is broken, not cut: its end tells it from others', () => {
  const url = 'https://booking.preprod.aldermere.example/callback';
  const path = `inboundProtocolConfiguration.oidc.callbackURLs[${url}]`;
  const value = { path, value: url, from: 'file' as const, file: 'a.yaml', line: 17, column: 9 };
  const text = explanationText('a.yaml', [{ ...value, variables: [], secrets: [] }]);
  expect(text).toBe(`  inboundProtocolConfiguration.oidc.callbackURLs\n      [${url}]:\n    ${url}\n    17:9\n`);
});
