import { get, post, put, upload, type Step, type Upload } from '../../step';

const IMPORT = '/applications/import';

function file(name: string, content: string): Upload {
  return upload(
    `${name}.xml`,
    `<ServiceProvider><ApplicationName>${name}</ApplicationName>${content}</ServiceProvider>`,
  );
}

const request = (key: string, type: string, properties = ''): string =>
  `<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs><InboundAuthenticationRequestConfig><InboundAuthKey>${key}</InboundAuthKey><InboundAuthType>${type}</InboundAuthType>${properties}</InboundAuthenticationRequestConfig></InboundAuthenticationRequestConfigs></InboundAuthenticationConfig>`;

const OAUTH = `<inboundConfiguration><![CDATA[<oAuthAppDO><oauthConsumerKey>file-client</oauthConsumerKey><oauthConsumerSecret>file-secret</oauthConsumerSecret><applicationName>file-oidc</applicationName><callbackUrl>https://file.example/back</callbackUrl><oauthVersion>OAuth-2.0</oauthVersion><grantTypes>authorization_code refresh_token</grantTypes><scopeValidators/><pkceSupportPlain>true</pkceSupportPlain><pkceMandatory>false</pkceMandatory><userAccessTokenExpiryTime>3600</userAccessTokenExpiryTime><applicationAccessTokenExpiryTime>3600</applicationAccessTokenExpiryTime><refreshTokenExpiryTime>84600</refreshTokenExpiryTime><idTokenExpiryTime>3600</idTokenExpiryTime><tokenType>Default</tokenType></oAuthAppDO>]]></inboundConfiguration>`;

const SAML = `<inboundConfiguration><![CDATA[<samlssoServiceProviderDTO><issuer>file-saml</issuer><assertionConsumerUrls><assertionConsumerUrl>https://file.example/acs</assertionConsumerUrl></assertionConsumerUrls><defaultAssertionConsumerUrl>https://file.example/acs</defaultAssertionConsumerUrl><doSignResponse>true</doSignResponse><nameIDFormat>urn/oasis/names/tc/SAML/1.1/nameid-format/emailAddress</nameIDFormat></samlssoServiceProviderDTO>]]></inboundConfiguration>`;

const STEPS = `<LocalAndOutBoundAuthenticationConfig><AuthenticationSteps><AuthenticationStep><StepOrder>1</StepOrder><LocalAuthenticatorConfigs><LocalAuthenticatorConfig><Name>BasicAuthenticator</Name><DisplayName>basic</DisplayName><IsEnabled>true</IsEnabled></LocalAuthenticatorConfig></LocalAuthenticatorConfigs><SubjectStep>true</SubjectStep><AttributeStep>true</AttributeStep></AuthenticationStep></AuthenticationSteps><AuthenticationType>local</AuthenticationType><alwaysSendBackAuthenticatedListOfIdPs>true</alwaysSendBackAuthenticatedListOfIdPs><UseTenantDomainInUsername>true</UseTenantDomainInUsername><SkipConsent>true</SkipConsent></LocalAndOutBoundAuthenticationConfig>`;

const CLAIMS = `<ClaimConfig><RoleClaimURI>http://wso2.org/claims/role</RoleClaimURI><LocalClaimDialect>true</LocalClaimDialect><ClaimMappings><ClaimMapping><LocalClaim><ClaimUri>http://wso2.org/claims/emailaddress</ClaimUri></LocalClaim><RemoteClaim><ClaimUri>http://wso2.org/claims/emailaddress</ClaimUri></RemoteClaim><RequestClaim>true</RequestClaim><MandatoryClaim>true</MandatoryClaim></ClaimMapping></ClaimMappings></ClaimConfig>`;

const ROLES = `<PermissionAndRoleConfig><RoleMappings><RoleMapping><localRole><LocalRoleName>admin</LocalRoleName></localRole><remoteRole>captain</remoteRole></RoleMapping></RoleMappings></PermissionAndRoleConfig>`;

const FILES: readonly Upload[] = [
  file('file-small', '<Description>By file.</Description>'),
  file('file-oidc', request('file-client', 'oauth2', OAUTH)),
  file('file-saml', request('file-saml', 'samlsso', SAML)),
  file(
    'file-sts',
    request(
      'file-realm',
      'passivests',
      '<Properties><Property><Name>passiveSTSWReply</Name><Value>https://file.example/reply</Value></Property></Properties>',
    ),
  ),
  file('file-steps', STEPS),
  file('file-claims', CLAIMS),
  file('file-roles', ROLES),
  file(
    'file-saas',
    '<IsSaaSApp>true</IsSaaSApp><IsDiscoverable>true</IsDiscoverable><AccessUrl>https://file.example/</AccessUrl><ImageUrl>https://file.example/logo.png</ImageUrl>',
  ),
  file(
    'file-everything',
    `<Description>All of it.</Description>${request('file-realm-2', 'passivests')}${STEPS}${CLAIMS}${ROLES}`,
  ),
];

/** What can be told of a file that a server is asked for, without its whole text. */
function imported(each: Upload): Step[] {
  const name = each.fileName.replace('.xml', '').replace('-', '');
  return [
    post(`${each.fileName} imported`, IMPORT, each, name),
    get(`${each.fileName} imported, read`, `/applications/{${name}}`),
    get(`${each.fileName} exported`, `/applications/{${name}}/export`, { accept: '*/*' }),
  ];
}

const [small = file('file-small', '')] = FILES;

/** Service providers as files: imported, read, exported. */
export const SERVICE_PROVIDER_FILES: readonly Step[] = [
  get('nobody as file', '/applications/nowhere/export', { accept: '*/*' }),
  ...FILES.flatMap(imported),
  get('the client of file-oidc.xml', '/applications/{fileoidc}/inbound-protocols/oidc'),
  get('the issuer of file-saml.xml', '/applications/{filesaml}/inbound-protocols/saml'),
  post('a file that is taken', IMPORT, small),
  put('a file replaced', IMPORT, file('file-small', '<Description>By another file.</Description>')),
  get('a file replaced, read', '/applications/{filesmall}'),
  put('a file replaced that is not there', IMPORT, file('file-nowhere', '')),
  post('a file that is no service provider', IMPORT, upload('odd.xml', '<Driftwood/>')),
  post('a file that is no XML', IMPORT, upload('odd.xml', 'driftwood')),
  post('an empty file', IMPORT, upload('odd.xml', '')),
  post(
    'a file without name',
    IMPORT,
    upload('odd.xml', '<ServiceProvider><Description>x</Description></ServiceProvider>'),
  ),
  post('a file of a default name', IMPORT, file('default', '')),
  post('a file with a role that is not there', IMPORT, file('file-pilot', ROLES.replace('>admin<', '>pilot<'))),
  post(
    'a file with a claim that is not there',
    IMPORT,
    file('file-tonnage', CLAIMS.replaceAll('emailaddress', 'tonnage')),
  ),
  post(
    'a file with an authenticator that is not there',
    IMPORT,
    file('file-flag', STEPS.replaceAll('BasicAuthenticator', 'Flag')),
  ),
];
