import type { JsonObject } from '../../src/model/json';
import { LiftlockError } from '../../src/model/problem';
import { readProductFile } from '../../src/service-provider-files/read';
import { writeProductFile } from '../../src/service-provider-files/write';
import {
  FORMATS,
  CLAIM_DIALECT,
  INBOUND,
  LOCAL_CLAIMS,
  serviceProvider,
  YAML_IDENTITY_PROVIDER,
  YAML_SERVICE_PROVIDER,
} from './examples';

const read = (text: string | Uint8Array, file = 'sp.xml'): ReturnType<typeof readProductFile> =>
  readProductFile(text, { file });
const rootOf = (text: string | Uint8Array, file?: string): JsonObject => read(text, file).root;
const xml = (inner: string): string =>
  `<ServiceProvider><ApplicationName>x</ApplicationName>${inner}</ServiceProvider>`;

function faultOf(text: string | Uint8Array, file?: string): string {
  try {
    read(text, file);
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    const [{ code = '', place } = {}] = error.problems;
    return `${code} ${place?.line ?? '-'}:${place?.column ?? '-'}`;
  }
  return 'none';
}

describe('both dialects of XML', () => {
  it.each(Object.entries(INBOUND))('give the same tree when the inner document is %s', (_how, inbound) => {
    const { inboundConfigurationProtocol, ...rest } = inboundOf(rootOf(serviceProvider(inbound)));
    expect(rest).toEqual({
      inboundAuthKey: 'aldermere-moorings',
      inboundAuthType: 'oauth2',
      inboundConfigType: 'standardAPP',
      properties: [],
    });
    expect(inboundConfigurationProtocol).toEqual(inboundOf(rootOf(serviceProvider())).inboundConfigurationProtocol);
  });

  it('are told apart from nothing else than their elements: prefixes and declarations of namespaces do not matter', () => {
    const prefixed = '<n:ServiceProvider xmlns:n="urn:x"><n:ApplicationName>x</n:ApplicationName></n:ServiceProvider>';
    expect(rootOf(prefixed)).toEqual({ applicationName: 'x' });
  });
});

function inboundOf(root: JsonObject): JsonObject {
  const config = root.inboundAuthenticationConfig as { inboundAuthenticationRequestConfigs: JsonObject[] };
  return config.inboundAuthenticationRequestConfigs[0] ?? {};
}

describe('values', () => {
  it('are absent, empty or there, as the file says', () => {
    expect(rootOf(xml('<Description/><ClaimConfig><ClaimMappings/></ClaimConfig>'))).toEqual({
      applicationName: 'x',
      description: '',
      claimConfig: { claimMappings: [] },
    });
    expect(rootOf(xml('<Description xsi:nil="true" xmlns:xsi="urn:x"/>'))).toEqual({ applicationName: 'x' });
  });

  it('have their references resolved, numeric ones too, and line ends as they were escaped', () => {
    expect(rootOf(xml('<Description>&lt;&#x41;&#66;&gt;&#xD;\n&amp;amp;</Description>')).description).toBe(
      '<AB>\r\n&amp;',
    );
    expect(rootOf(xml('<Description>a\r\nb</Description>')).description).toBe('a\nb');
    expect(rootOf(xml('<Description>a<!-- not here -->b<![CDATA[<c>&amp;]]></Description>')).description).toBe(
      'ab<c>&amp;',
    );
  });

  it('that are "null" as a word are absent where the product writes that, and only there', () => {
    const inner =
      '<oAuthAppDO><idTokenEncryptionMethod>null</idTokenEncryptionMethod><grantTypes>null</grantTypes></oAuthAppDO>';
    const config = `<InboundAuthenticationRequestConfig><inboundConfiguration><![CDATA[${inner}]]></inboundConfiguration></InboundAuthenticationRequestConfig>`;
    const root = rootOf(
      xml(
        `<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs>${config}</InboundAuthenticationRequestConfigs></InboundAuthenticationConfig>`,
      ),
    );
    expect(inboundOf(root)).toEqual({ inboundConfigurationProtocol: { grantTypes: 'null' } });
  });

  it('that should be a flag and are not are false, as the product reads them, with a warning', () => {
    const { root, problems } = read(xml('<IsSaaSApp>yes</IsSaaSApp>'));
    expect(root.saasApp).toBe(false);
    expect(problems).toMatchObject([{ code: 'not-a-flag', severity: 'warning', place: { file: 'sp.xml', line: 1 } }]);
  });

  it('of elements that are not known are kept under their own names', () => {
    expect(rootOf(xml('<Owner><UserName>mia</UserName></Owner>')).Owner).toEqual({ UserName: 'mia' });
    expect(rootOf('applicationName: x\nnewest: {a: [1.10, no]}', 'sp.yaml').newest).toEqual({ a: ['1.10', 'no'] });
  });
});

describe('YAML and JSON', () => {
  it('give the tree that XML gives; tags of Java classes are passed over', () => {
    expect(inboundOf(rootOf(YAML_SERVICE_PROVIDER, 'sp.yaml')).inboundConfigurationProtocol).toEqual(
      withoutLists(inboundOf(rootOf(serviceProvider())).inboundConfigurationProtocol as JsonObject),
    );
  });

  const withoutLists = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([field]) => field !== 'scopeValidators')
        .concat([['idTokenEncryptionAlgorithm', 'null']])
        .filter(([field]) => field !== 'idTokenEncryptionAlgorithm'),
    );

  it('know the names of flags with and without "is"', () => {
    expect(rootOf('{"applicationName":"x","isSaasApp":true,"isManagementApp":true}', 'sp.json')).toEqual({
      applicationName: 'x',
      saasApp: true,
      managementApp: true,
    });
  });

  it('may share values by aliases', () => {
    const text = 'identityProviderName: x\nidPGroupConfig:\n- &a {idpGroupName: crew}\n- *a\n';
    expect(rootOf(text, 'idp.yaml').idPGroupConfig).toEqual([{ idpGroupName: 'crew' }, { idpGroupName: 'crew' }]);
  });
});

describe('kinds', () => {
  it.each(Object.entries(CLAIM_DIALECT))('a claim dialect in %s', (format, text) => {
    const { kind, root } = read(text, `dialect.${format}`);
    expect(kind).toBe('claim-dialect');
    expect(root.claims).toEqual([
      {
        type: 'ExternalClaim',
        claimURI: 'berth',
        claimDialectURI: 'urn:aldermere:claims',
        mappedLocalClaimURI: 'http://wso2.org/claims/berth',
      },
    ]);
  });

  it('local claims in XML, whose lists have no wrapper', () => {
    const [claim] = rootOf(LOCAL_CLAIMS).claims as JsonObject[];
    expect(claim?.type).toBe('LocalClaim');
    expect(claim?.attributeMapping).toEqual([
      { userstore: 'PRIMARY', mappedAttribute: 'berth' },
      { userstore: 'CREW', mappedAttribute: 'place' },
    ]);
  });

  it('an identity provider', () => {
    expect(read(YAML_IDENTITY_PROVIDER, 'idp.yaml').kind).toBe('identity-provider');
  });
});

describe('bytes', () => {
  const text = xml('<Description>Schleuse Öhe</Description>');

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['ISO-8859-1 as declared', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, 'latin1')],
  ])('in %s', (_name, bytes) => {
    expect(rootOf(bytes).description).toBe('Schleuse Öhe');
  });

  it('that are no text are refused', () => {
    expect(faultOf(Buffer.from([0x3c, 0xff, 0xfe, 0x00, 0x9f]))).toMatch(/^not-text/);
    expect(faultOf(Buffer.from(text, 'latin1'))).toMatch(/^not-text/);
    expect(faultOf(Buffer.from('<a>\0</a>'))).toMatch(/^not-text/);
    expect(faultOf(`<?xml version="1.0" encoding="EBCDIC-1"?>${text}`)).toBe('not-text 1:1');
  });
});

describe('mistakes have a line and a column', () => {
  it.each([
    ['an element that is never closed', '<ServiceProvider>\n  <A>', 'malformed-xml 2:3'],
    ['an element that closes another', '<ServiceProvider>\n  <A></B></ServiceProvider>', 'malformed-xml 2:6'],
    ['an attribute twice', '<ServiceProvider>\n<A b="1" b="2"/></ServiceProvider>', 'malformed-xml 2:10'],
    [
      'an element twice',
      '<ServiceProvider>\n<ApplicationName>a</ApplicationName>\n<ApplicationName>b</ApplicationName></ServiceProvider>',
      'duplicate-field 3:1',
    ],
    [
      'an unknown reference',
      '<ServiceProvider>\n <Description>&nbsp;</Description></ServiceProvider>',
      'malformed-xml 2:2',
    ],
    ['a second document', '<ServiceProvider/>\n<ServiceProvider/>', 'malformed-xml 2:1'],
    [
      'a text for a number',
      xml(
        '\n<InboundAuthenticationConfig/><LocalAndOutBoundAuthenticationConfig><AuthenticationSteps><S><StepOrder>one</StepOrder></S></AuthenticationSteps></LocalAndOutBoundAuthenticationConfig>',
      ),
      'wrong-type 2:93',
    ],
    ['another document', '<Envelope/>', 'unknown-file 1:1'],
    ['an empty file', '  \n', 'empty-file -:-'],
  ])('%s', (_what, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    ['a field twice', 'applicationName: a\napplicationName: b\n', 'duplicate-field 2:1'],
    ['a field twice in JSON', '{"applicationName": "a",\n"applicationName": "b"}', 'duplicate-field 2:1'],
    ['a map for a text', 'applicationName:\n  a: b\n', 'wrong-type 2:3'],
    ['broken YAML', 'applicationName: [a\n', 'malformed-yaml 2:1'],
    ['another file', 'name: x\n', 'unknown-file 1:1'],
    ['a merge key', 'applicationName: a\n<<: {a: b}\n', 'malformed-yaml 2:1'],
  ])('%s', (_what, text, fault) => {
    expect(faultOf(text, 'sp.yaml')).toBe(fault);
  });
});

describe('no message shows what may be a secret', () => {
  it.each([
    ['sp.xml', xml('<A>sesame&open</A>')],
    ['sp.xml', xml('<ClaimConfig>sesame-open</ClaimConfig>')],
    ['sp.yaml', 'applicationName: x\nsecret: "sesame" open\n'],
    ['sp.yaml', 'applicationName: x\nsecret: ]sesame open\n'],
    ['sp.yaml', 'applicationName: x\nsecret: @sesame open\n'],
  ])('%s %s', (file, text) => {
    const said: string[] = [];
    try {
      said.push(...read(text, file).problems.map(({ message }) => message));
    } catch (error) {
      said.push(error instanceof LiftlockError ? error.message : 'a bug');
    }
    expect(said).toHaveLength(1);
    expect(said.join()).not.toMatch(/sesame|open$|a bug/);
  });
});

describe('a tree that is written and read', () => {
  const roots = [
    ['application', rootOf(serviceProvider())],
    ['identity-provider', rootOf(YAML_IDENTITY_PROVIDER, 'idp.yaml')],
    ['claim-dialect', rootOf(LOCAL_CLAIMS)],
  ] as const;
  it.each(roots.flatMap(([kind, root]) => FORMATS.map((options) => ({ kind, root, options }))))(
    'is the same: $kind as $options.format',
    ({ kind, root, options }) => {
      const text = writeProductFile(kind, root, options);
      const again = read(text, `x.${options.format}`);
      expect(again).toMatchObject({ kind, problems: [] });
      expect(sameFields(again.root)).toEqual(sameFields(root));
    },
  );

  /** JSON says in a field of what type the inner document is. */
  function sameFields(root: JsonObject): unknown {
    return JSON.parse(JSON.stringify(root), (_name, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !('oauthConsumerKey' in value))
        return value;
      const { type: _type, ...rest } = value as JsonObject;
      return rest;
    });
  }
});

describe('a keyword of IAM-CTL without quotes', () => {
  it('is no YAML value, and the error says what to do', () => {
    let found: unknown;
    try {
      readProductFile('applicationName: {{NAME}}\n', { file: 'sp.yml' });
    } catch (error) {
      found = error;
    }
    expect(found).toMatchObject({
      problems: [
        {
          code: 'malformed-yaml',
          place: { line: 1, column: 19 },
          hint: expect.stringContaining('liftlock init --from-iamctl') as string,
        },
      ],
    });
  });
});

it('reads a name that stands as the text of an element, as files of a deployment have it', () => {
  const text =
    '<IdentityProvider><IdentityProviderName>x</IdentityProviderName><DefaultAuthenticatorConfig>SAMLSSOAuthenticator</DefaultAuthenticatorConfig></IdentityProvider>';
  expect(readProductFile(text, { file: 'x.xml' }).root).toEqual({
    identityProviderName: 'x',
    defaultAuthenticatorConfig: { name: 'SAMLSSOAuthenticator' },
  });
});
