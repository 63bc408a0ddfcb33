import type { Plan, RunResult } from '../../src/model/plan';
import type {
  CheckReport,
  ConvertReport,
  DiffReport,
  DriftReport,
  ExportReport,
  LintReport,
  ParameterizeReport,
  RehearsalReport,
} from '../../src/model/report';
import type { ReportData } from '../../src/reports/report';

const SCRIPT = `var roles = ['admin', 'manager'];
var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var user = context.currentKnownSubject;
      if (hasAnyOfTheRolesV2(context, roles)) {
        executeStep(2);
      }
    }
  });
};
`;

const CERTIFICATE_OLD = `LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t${'MIIC'.repeat(60)}OLD`;
const CERTIFICATE_NEW = `LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t${'MIIC'.repeat(60)}NEW`;

export const plan: Plan = {
  format: 1,
  environment: 'prod',
  product: 'wso2-is',
  version: '7.1.0',
  operations: [
    {
      kind: 'identity-provider',
      key: 'Harbour Pass',
      action: 'update',
      reason: 'differs from the files',
      differences: [
        { path: 'certificate.certificates[0]', change: 'change', from: CERTIFICATE_OLD, to: CERTIFICATE_NEW },
        {
          path: 'federatedAuthenticators.authenticators[OpenIDConnectAuthenticator].properties[ClientSecret].value',
          change: 'change',
          secret: true,
        },
        {
          path: 'federatedAuthenticators.authenticators[OpenIDConnectAuthenticator].properties[callbackUrl].value',
          change: 'change',
          from: 'https://preprod.login.harbour.example.com/commonauth',
          to: 'https://login.harbour.example.com/commonauth',
        },
        { path: 'isEnabled', change: 'change', from: false, to: true },
      ],
      requests: ['PATCH identity-providers/{id}'],
      dependsOn: [],
      fingerprint: { live: 'a1', desired: 'b1' },
    },
    {
      kind: 'application',
      key: 'Harbour Kiosk',
      action: 'create',
      reason: 'in the files, not on the server',
      differences: [
        { path: 'advancedConfigurations', change: 'add', to: { saas: false, skipLoginConsent: true, fragment: null } },
        {
          path: 'authenticationSequence',
          change: 'add',
          to: {
            type: 'USER_DEFINED',
            script: SCRIPT,
            steps: [
              { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] },
              { id: 2, options: [{ idp: 'LOCAL', authenticator: 'totp' }] },
            ],
          },
        },
        { path: 'description', change: 'add', to: '' },
        {
          path: 'inboundProtocolConfiguration',
          change: 'add',
          to: {
            oidc: {
              clientSecret: '(secret)',
              grantTypes: ['authorization_code', 'refresh_token'],
              callbackURLs: [
                'https://kiosk.harbour.example.com/cb',
                'https://kiosk-backup.harbour.example.com/cb',
                'https://kiosk-third.harbour.example.com/cb',
              ],
              accessToken: {
                type: 'JWT',
                userAccessTokenExpiryInSeconds: 3600,
                revokeTokensWhenIDPSessionTerminated: false,
              },
            },
          },
        },
        { path: 'name', change: 'add', to: 'Harbour Kiosk' },
      ],
      requests: ['POST applications'],
      dependsOn: ['identity-provider/Harbour Pass'],
      fingerprint: { desired: 'b2' },
    },
    {
      kind: 'application',
      key: 'Travel Portal',
      action: 'update',
      reason: 'differs from the files',
      differences: [
        { path: 'advancedConfigurations.skipLoginConsent', change: 'change', from: false, to: true },
        {
          path: 'authenticationSequence.script',
          change: 'change',
          from: SCRIPT,
          to: SCRIPT.replace("'manager'", "'manager', 'auditor'").replace(
            'executeStep(2);',
            'executeStep(2);\n        executeStep(3);',
          ),
        },
        {
          path: 'authenticationSequence.steps[2].options[LOCAL/totp]',
          change: 'add',
          to: { idp: 'LOCAL', authenticator: 'totp' },
        },
        { path: 'description', change: 'remove', from: 'Old\u001b[31m portal\u202e' },
        { path: 'imageUrl', change: 'add', to: 'https://portal.example.com/logo.svg' },
        {
          path: 'inboundProtocolConfiguration.oidc.accessToken.applicationAccessTokenExpiryInSeconds',
          change: 'change',
          from: 3600,
          to: 1800,
        },
        {
          path: 'inboundProtocolConfiguration.oidc.callbackURLs[https://old.example.com/cb]',
          change: 'remove',
          from: 'https://old.example.com/cb',
        },
        {
          path: 'inboundProtocolConfiguration.oidc.callbackURLs[https://portal.example.com/cb]',
          change: 'add',
          to: 'https://portal.example.com/cb',
        },
        { path: 'inboundProtocolConfiguration.oidc.clientSecret', change: 'add', secret: true },
      ],
      requests: ['PATCH applications/{id}', 'PUT applications/{id}/inbound-protocols/oidc'],
      dependsOn: [],
      fingerprint: { live: 'a3', desired: 'b3' },
    },
    {
      kind: 'application',
      key: 'Legacy <Desk> & "Co"',
      action: 'delete',
      reason: 'on the server, in no file (--prune)',
      differences: [{ path: 'name', change: 'remove', from: 'Legacy <Desk> & "Co"' }],
      requests: ['DELETE applications/{id}'],
      dependsOn: [],
      fingerprint: { live: 'a4' },
    },
  ],
  unchanged: 47,
  skipped: [
    { kind: 'application', key: 'Console', why: 'protected in liftlock.yaml' },
    { kind: 'application', key: 'My Account', why: 'protected in liftlock.yaml' },
    { kind: 'local-claim', key: 'http://wso2.org/claims/userid', why: 'system claim' },
  ],
  notCarried: [
    ...Array.from({ length: 14 }, (_, n) => ({
      kind: 'application',
      key: `Branch ${String(n + 1)}`,
      path: 'inboundProtocolConfiguration.oidc.clientSecret',
      why: 'the server does not show this secret, so it was not compared',
    })),
    {
      kind: 'application',
      key: 'Travel Portal',
      path: 'inboundProtocolConfiguration.oidc.clientId',
      why: 'the API only accepts the value that is deployed; delete and re-create the protocol to change it',
    },
  ],
  awaitingPrune: [{ kind: 'application', key: 'Old Timetable' }],
  unmanaged: [
    { kind: 'application', key: 'Sandbox of Ann' },
    { kind: 'application', key: 'Load test' },
  ],
  problems: [
    {
      code: 'unused-variable',
      message: 'The variable "oldPortal" is set but no artifact uses it.',
      severity: 'warning',
      place: { file: 'environments/prod.yaml', line: 12, column: 5 },
      hint: 'Delete it, or use it as {{var:oldPortal}}.',
    },
  ],
};

export const emptyPlan: Plan = {
  ...plan,
  operations: [],
  skipped: [],
  notCarried: [],
  awaitingPrune: [],
  unmanaged: [],
  problems: [],
};

const diff: DiffReport = {
  format: 1,
  left: 'preprod',
  right: 'git:main:prod',
  artifacts: [
    { kind: 'application', key: 'Travel Portal', presence: 'both', differences: plan.operations[2]?.differences ?? [] },
    { kind: 'application', key: 'Harbour Kiosk', presence: 'left-only', differences: [] },
    { kind: 'claim-dialect', key: 'http://harbour.example.com/claims', presence: 'right-only', differences: [] },
  ],
  unchanged: 12,
  notShown: { artifacts: 2, byFiles: 3, byServers: 1 },
  notCompared: [plan.notCarried[0] ?? { kind: 'application', key: 'x', why: 'y' }],
  problems: [],
};

export const drift: DriftReport = {
  format: 1,
  environments: [
    {
      environment: 'preprod',
      baseline: '4f1c2d3e4b5a69788796a5b4c3d2e1f001122334',
      findings: [],
      unchanged: 52,
      unmanaged: [],
      notCompared: [],
      problems: [],
    },
    {
      environment: 'prod',
      baseline: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
      findings: [
        {
          kind: 'application',
          key: 'Travel Portal',
          id: 'd1d1d1d1',
          class: 'drift',
          presence: 'changed',
          differences: [
            { path: 'advancedConfigurations.saas', change: 'change', from: true, to: false, class: 'drift' },
            { path: 'inboundProtocolConfiguration.oidc.clientSecret', change: 'change', secret: true, class: 'drift' },
          ],
          file: 'artifacts/applications/Travel Portal.yaml',
        },
        {
          kind: 'application',
          key: 'Harbour Kiosk',
          id: 'p2p2p2p2',
          class: 'pending',
          presence: 'missing-on-server',
          differences: [],
          file: 'artifacts/applications/Harbour Kiosk.yaml',
        },
        {
          kind: 'identity-provider',
          key: 'Harbour Pass',
          id: 'c3c3c3c3',
          class: 'conflict',
          presence: 'changed',
          differences: [
            {
              path: 'alias',
              change: 'change',
              from: 'https://a.example.com',
              to: 'https://b.example.com',
              class: 'conflict',
            },
          ],
          file: 'artifacts/identity-providers/Harbour Pass.yaml',
        },
        {
          kind: 'claim-dialect',
          key: 'http://added.example.com/by-hand',
          id: 'd4d4d4d4',
          class: 'drift',
          presence: 'missing-in-files',
          differences: [],
        },
      ],
      unchanged: 48,
      unmanaged: [{ kind: 'application', key: 'Load test' }],
      notCompared: [],
      problems: [
        {
          code: 'kind-unreadable',
          message: 'prod: GET roles → 403, the token lacks the scope internal_role_mgt_view.',
          severity: 'error',
          environment: 'prod',
          hint: 'Add the scope to the application that Liftlock uses.',
        },
      ],
    },
  ],
};

export const lint: LintReport = {
  format: 1,
  files: 31,
  problems: [
    {
      code: 'unknown-field',
      message: 'Unknown field "callbackUrls"; did you mean "callbackURLs"?',
      severity: 'error',
      place: { file: 'artifacts/applications/Travel Portal.yaml', line: 7, column: 5 },
      artifact: 'application/Travel Portal',
    },
    {
      code: 'insecure-redirect',
      message:
        'The redirect URI http://portal.example.com/cb is not encrypted, so that codes and tokens travel in the clear to whoever listens in between.',
      severity: 'warning',
      place: { file: 'artifacts/applications/Travel Portal.yaml', line: 9, column: 9 },
      artifact: 'application/Travel Portal',
      hint: 'Use https.',
    },
    {
      code: 'variable-missing',
      message: 'The variable "portal" is not set.',
      severity: 'error',
      environment: 'prod',
    },
  ],
};

const check: CheckReport = {
  format: 1,
  environments: [
    {
      environment: 'dev',
      items: [
        { name: 'address', status: 'ok', detail: 'https://dev.example.com:9443 answers' },
        {
          name: 'TLS',
          status: 'warning',
          detail: 'the certificate ends in 12 days',
          hint: 'Renew it before 2031-01-01.',
        },
        {
          name: 'scopes',
          status: 'failed',
          detail: 'the token lacks internal_application_mgt_update and internal_idp_update, so nothing can be applied',
          hint: 'Add them to the application that Liftlock uses, in the console under API Authorization.',
        },
        { name: 'version', status: 'skipped', detail: 'no token' },
      ],
    },
  ],
};

const exported: ExportReport = {
  format: 1,
  environment: 'dev',
  files: [
    { kind: 'application', key: 'Travel Portal', file: 'artifacts/applications/Travel Portal.yaml', change: 'updated' },
    { kind: 'application', key: 'Harbour Kiosk', file: 'artifacts/applications/Harbour Kiosk.yaml', change: 'created' },
    { kind: 'application', key: 'Same', file: 'artifacts/applications/Same.yaml', change: 'unchanged' },
    { kind: 'local-claim', key: 'http://wso2.org/claims/x', file: 'artifacts/local-claims/x.yaml', change: 'removed' },
  ],
  skipped: [{ kind: 'application', key: 'Console', why: 'belongs to the product' }],
  problems: [],
  commit: 'abc1234',
};

const run: RunResult = {
  run: '20310101-120000-prod',
  environment: 'prod',
  outcomes: [
    { kind: 'application', key: 'Harbour Kiosk', status: 'done', action: 'create' },
    {
      kind: 'application',
      key: 'Travel Portal',
      status: 'failed',
      action: 'update',
      reason: 'PATCH applications/{id} → 409 APP-60009: the callback URL is used by another application',
    },
    {
      kind: 'application',
      key: 'After',
      status: 'skipped',
      action: 'update',
      reason: 'waits for application/Travel Portal, which failed',
    },
    { kind: 'application', key: 'Same', status: 'unchanged' },
  ],
  writes: 3,
};

const parameterize: ParameterizeReport = {
  format: 1,
  environments: ['dev', 'preprod', 'prod'],
  isApplied: false,
  proposals: [
    {
      id: '0a1b2c3d',
      type: 'variable',
      name: 'portalUrl',
      values: {
        dev: 'https://portal.dev.example',
        preprod: 'https://portal.pre.example',
        prod: 'https://portal.example',
      },
      places: [
        { kind: 'application', key: 'Travel Portal', path: 'accessUrl' },
        { kind: 'application', key: 'Travel Portal', path: 'inboundProtocolConfiguration.oidc.callbackURLs' },
        { kind: 'application', key: 'Harbour Kiosk', path: 'accessUrl' },
        { kind: 'application', key: 'Harbour Kiosk', path: 'imageUrl' },
      ],
      why: 'the same difference in 4 places',
    },
    {
      id: '1a1b2c3d',
      type: 'mistake',
      values: { dev: true, preprod: false, prod: true },
      places: [{ kind: 'application', key: 'Travel Portal', path: 'advancedConfigurations.skipLoginConsent' }],
      why: 'only preprod differs, and by no pattern: probably a mistake',
    },
    {
      id: '2a1b2c3d',
      type: 'secret',
      places: [{ kind: 'identity-provider', key: 'Harbour Trust', path: 'properties[ApiKey].value' }],
      why: 'a secret: its values belong into the secret stores, not into files',
    },
    {
      id: '3a1b2c3d',
      type: 'environment-only',
      values: { dev: true, preprod: false, prod: false },
      places: [{ kind: 'application', key: 'Fare Lab', path: '' }],
      why: 'exists in dev only',
    },
  ],
  files: [],
  problems: [],
};

const convert: ConvertReport = {
  format: 1,
  to: 'artifacts',
  sources: [
    { file: 'exports/portal.xml', status: 'converted', kind: 'application' },
    { file: 'exports/broken.xml', status: 'failed' },
  ],
  files: [
    {
      kind: 'application',
      key: 'Travel Portal',
      source: 'exports/portal.xml',
      file: 'artifacts/applications/Travel Portal.yaml',
      change: 'created',
    },
  ],
  notConverted: [
    {
      source: 'exports/portal.xml',
      line: 52,
      element: 'claimConfig.spClaimDialects[]',
      why: 'the API has no field for additional claim dialects',
      count: 2,
      meaningless: false,
    },
    {
      source: 'exports/portal.xml',
      line: 40,
      element: 'claimConfig.claimMappings[].localClaim.claimId',
      why: 'it is always 0',
      count: 3,
      meaningless: true,
    },
  ],
  problems: [
    {
      code: 'malformed-xml',
      message: '<ClaimConfig> is never closed: the file is cut off',
      severity: 'error',
      place: { file: 'exports/broken.xml', line: 9, column: 3 },
      hint: 'Export it again; a download may have been interrupted.',
    },
  ],
};

const rehearsal: RehearsalReport = {
  format: 1,
  environment: 'prod',
  product: 'wso2-is',
  version: '7.1',
  succeeded: false,
  copied: [
    { kind: 'claim-dialect', count: 10 },
    { kind: 'application', count: 16 },
    { kind: 'api-resource', count: 1 },
  ],
  notCopied: [
    { kind: 'user-store', key: '*', why: 'the server refuses to list them (scope internal_userstore_view)' },
    { kind: 'application', key: 'Lock Panel', path: 'authenticationSequence', why: 'the copy has it differently' },
  ],
  outcomes: run.outcomes,
  writes: 3,
  secondPlan: 'not-empty',
  remaining: [
    { kind: 'application', key: 'Travel Portal', action: 'update', paths: ['description'] },
    { kind: 'application', key: 'After', action: 'create', paths: [] },
  ],
  besides: [{ kind: 'local-claim', key: 'http://wso2.org/claims/x', path: 'displayName', why: 'changed' }],
  problems: [{ code: 'x', message: 'Something is doubtful.', severity: 'warning' }],
};

/** A sample for every kind of report. */
export const samples: ReportData = {
  plan,
  diff,
  drift,
  lint,
  check,
  export: exported,
  run,
  parameterize,
  convert,
  rehearsal,
};
