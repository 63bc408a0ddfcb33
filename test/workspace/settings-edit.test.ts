import { withOnly, withVariables } from '../../src/workspace/settings-edit';

const ENVIRONMENT = `# Production.
url: "https://is.example.com"   # behind the proxy
auth: {type: basic, username: 'u', password: "{{env:P}}"}
variables:
    host: a.example.com # the portal

    networks: [10.0.0.0/8,   10.1.0.0/16]
secrets: { environment: { prefix: PROD_ } }
`;

test('a variable comes behind the others; everything else stays to the byte', () => {
  expect(withVariables(ENVIRONMENT, { port: 8443 }, {})).toBe(
    ENVIRONMENT.replace('10.1.0.0/16]\n', '10.1.0.0/16]\n    port: 8443\n'),
  );
});

test('a variable that is there is replaced, and an override goes beside those of the same artifact', () => {
  const first = withVariables(ENVIRONMENT, { host: 'b.example.com' }, { 'application/A': { accessUrl: 'https://a' } });
  const second = withVariables(first, {}, { 'application/A': { description: 'A' }, 'application/B': { image: 'b' } });
  expect(second).toBe(`${ENVIRONMENT.replace('host: a.example', 'host: b.example')}overrides:
  application/A:
    accessUrl: https://a
    description: A
  application/B:
    image: b
`);
});

test('the line ends of Windows stay', () => {
  const text = 'url: https://is.example.com\r\nvariables:\r\n  host: a\r\n';
  expect(withVariables(text, { port: 1 }, {})).toBe(`${text}  port: 1\r\n`);
});

test.each(['variables: {}', 'variables:'])('%s becomes lines', (line) => {
  expect(withVariables(`url: https://is.example.com\n${line}\n`, { port: 1 }, {})).toBe(
    'url: https://is.example.com\nvariables:\n  port: 1\n',
  );
});

test('artifacts of some environments leave the spelling of the other settings alone', () => {
  const text = 'product: wso2-is\nenvironments: [dev, prod]\nprotect:\n  # The way in.\n  - "application/Console"\n';
  expect(withOnly(text, new Map([['application/Lab', ['dev']]]))).toBe(`${text}artifacts:
  application/Lab:
    only:
      - dev
`);
});
