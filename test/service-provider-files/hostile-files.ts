import { serviceProvider } from './examples';

const LOLS = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');
export const wrap = (inner: string): string =>
  `<ServiceProvider><ApplicationName>x</ApplicationName>${inner}</ServiceProvider>`;
const inner = (text: string): string =>
  wrap(
    `<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs><C><inboundConfiguration><![CDATA[${text}]]></inboundConfiguration></C></InboundAuthenticationRequestConfigs></InboundAuthenticationConfig>`,
  );
const ALIASES = Array.from(
  { length: 9 },
  (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}*l${index}]`,
);

/** Each with the code that it is refused with. */
export const HOSTILE: readonly (readonly [
  name: string,
  text: () => string | Uint8Array,
  file: string,
  code: string,
])[] = [
  [
    'an entity bomb',
    () => `<!DOCTYPE x [<!ENTITY l0 "lol">${LOLS}]>${wrap('<Description>&l9;</Description>')}`,
    'a.xml',
    'document-type',
  ],
  [
    'an external entity',
    () => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wrap('<Description>&e;</Description>')}`,
    'a.xml',
    'document-type',
  ],
  [
    'an external document type',
    () => `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">${wrap('')}`,
    'a.xml',
    'document-type',
  ],
  ['a document type in small letters', () => `<!doctype x>${wrap('')}`, 'a.xml', 'document-type'],
  [
    'a document type in the inner document',
    () => inner('<!DOCTYPE oAuthAppDO [<!ENTITY e "x">]><oAuthAppDO/>'),
    'a.xml',
    'document-type',
  ],
  ['an entity without a document type', () => wrap('<Description>&e;</Description>'), 'a.xml', 'malformed-xml'],
  ['deep nesting', () => wrap('<a>'.repeat(200_000)), 'a.xml', 'too-deep'],
  ['deep nesting in the inner document', () => inner('<a>'.repeat(100_000)), 'a.xml', 'too-deep'],
  ['very many elements', () => wrap('<a/>'.repeat(400_000)), 'a.xml', 'too-large'],
  [
    'very many attributes',
    () => wrap(`<a ${Array.from({ length: 90_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
    'a.xml',
    'malformed-xml',
  ],
  ['a tag without an end', () => wrap(`<a${' '.repeat(1_500_000)}`), 'a.xml', 'malformed-xml'],
  ['an endless row of <', () => wrap('<'.repeat(1_500_000)), 'a.xml', 'malformed-xml'],
  ['an endless row of &', () => wrap(`<Description>${'&'.repeat(1_500_000)}</Description>`), 'a.xml', 'malformed-xml'],
  ['an endless name', () => wrap(`<${'a'.repeat(1_500_000)}/>`), 'a.xml', 'malformed-xml'],
  ['comments that never end', () => wrap('<!-- '.repeat(300_000)), 'a.xml', 'malformed-xml'],
  ['50 MB of XML', () => Buffer.alloc(50_000_000, 0x61), 'a.xml', 'too-large'],
  ['50 MB of YAML', () => Buffer.alloc(50_000_000, 0x61), 'a.yaml', 'too-large'],
  ['a prototype key in XML', () => wrap('<__proto__><polluted>yes</polluted></__proto__>'), 'a.xml', 'reserved-name'],
  ['a constructor in XML', () => wrap('<constructor><prototype/></constructor>'), 'a.xml', 'reserved-name'],
  ['a prototype attribute', () => wrap('<a __proto__="x"/>'), 'a.xml', 'reserved-name'],
  ['a prototype key with a prefix', () => wrap('<n:__proto__ xmlns:n="urn:x"/>'), 'a.xml', 'reserved-name'],
  [
    'a prototype key in JSON',
    () => '{"applicationName":"x","__proto__":{"polluted":"yes"}}',
    'a.json',
    'reserved-name',
  ],
  [
    'a prototype key in YAML',
    () => 'applicationName: x\nclaimConfig: {constructor: {prototype: {polluted: yes}}}',
    'a.yaml',
    'reserved-name',
  ],
  ['a truncated export', () => serviceProvider().slice(0, 900), 'a.xml', 'malformed-xml'],
  ['an export that is cut off in its inner document', () => serviceProvider().slice(0, 1500), 'a.xml', 'malformed-xml'],
  ['an alias bomb', () => `applicationName: x\nl0: &l0 lol\n${ALIASES.join('\n')}\n`, 'a.yaml', 'too-large'],
  ['an alias of itself', () => 'applicationName: x\na: &a [*a]\n', 'a.yaml', 'malformed-yaml'],
  ['deep brackets', () => `applicationName: ${'['.repeat(400_000)}`, 'a.yaml', 'too-deep'],
  ['deep maps', () => `applicationName: ${'{a: '.repeat(200_000)}`, 'a.yaml', 'too-deep'],
  ['deep JSON', () => `{"applicationName":${'['.repeat(900_000)}`, 'a.json', 'too-deep'],
  ['closed deep JSON', () => `{"applicationName":"x","a":${'['.repeat(500)}${']'.repeat(500)}}`, 'a.json', 'too-deep'],
  ['a row of dashes', () => `applicationName: x\na:\n  ${'- '.repeat(400_000)}`, 'a.yaml', 'too-deep'],
  ['a row of question marks', () => `applicationName: x\n${'? '.repeat(400_000)}`, 'a.yaml', 'too-deep'],
  ['very many lines', () => '#\n'.repeat(400_000), 'a.yaml', 'too-large'],
  ['several documents', () => 'applicationName: x\n---\napplicationName: y\n', 'a.yaml', 'malformed-yaml'],
  ['a PNG', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a.xml', 'not-text'],
  ['zeros', () => Buffer.alloc(1000), 'a.yaml', 'not-text'],
];
