// Measures re-exporting many artifacts with many placeholders, without network and disk: reading the files, rendering
// and checking them, merging each with what the server has, and reading back what changed.
// Usage: node test/bench/substitution-bench.mjs [artifacts, 2000] [most seconds, 5]
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const load = (name) => createRequire(import.meta.url)(path.join(root, 'dist', name));
const { wso2Is } = load('products/wso2-is/product.js');
const { canonicalise } = load('compare/canonical.js');
const { parameterise } = load('substitution/parameterise.js');
const { renderArtifact } = load('substitution/render.js');
const { readTemplate } = load('workspace/artifacts.js');
const { validateArtifact } = load('workspace/validate.js');

const count = Number(process.argv[2] ?? 2000);
const limit = Number(process.argv[3] ?? 5);
const kind = wso2Is.kinds.find(({ name }) => name === 'application');

const variables = {
  host: 'aldermere.example',
  portal: 'https://portal.{{var:host}}',
  lifetime: 900,
  consent: true,
  claims: 'wso2.org/claims',
};
const scope = { environment: 'prod', version: '7.1', variables, secrets: new Map(), overrides: {} };

/** An application with twenty placeholders: in texts, as whole values, in lists, twice in one text, in a script. */
function file(index) {
  return `# Owned by team ${index % 7}
name: App ${index}
description: Runs at {{var:host}} and {{var:host}}
imageUrl: https://static.{{var:host}}/${index}.svg # per environment
accessUrl: "{{var:portal}}/apps/${index}"
logoutReturnUrl: "{{var:portal}}/bye"
inboundProtocolConfiguration:
  oidc:
    clientId: client-${index}
    clientSecret: "{{secret:app-${index}}}"
    grantTypes: [authorization_code, refresh_token]
    callbackURLs:
      - "{{var:portal}}/apps/${index}/cb" # browser
      - https://m.{{var:host}}/apps/${index}/cb
      - https://old.{{var:host}}/apps/${index}/cb
    allowedOrigins:
      - "{{var:portal}}"
      - https://m.{{var:host}}
    accessToken:
      userAccessTokenExpiryInSeconds: "{{var:lifetime}}"
      applicationAccessTokenExpiryInSeconds: "{{var:lifetime}}"
    logout:
      backChannelLogoutUrl: "{{var:portal}}/apps/${index}/logout"
authenticationSequence:
  type: USER_DEFINED
  steps:
    - id: 1
      options:
        - idp: LOCAL
          authenticator: basic
  script: |
    var host = "{{var:host}}";
    var onLoginRequest = function (context) {
      executeStep(1);
${Array.from({ length: 40 }, (_, line) => `      log("${line} of ${index}");`).join('\n')}
      redirect("{{var:portal}}/${index}");
    };
claimConfiguration:
  role:
    claim:
      uri: http://{{var:claims}}/role
advancedConfigurations:
  certificate:
    type: JWKS
    value: "{{var:portal}}/apps/${index}/jwks"
  skipLoginConsent: "{{var:consent}}"
  skipLogoutConsent: "{{var:consent}}"
`;
}

/** What a busy administrator changes: an address, a callback, a line of the script. */
function changed(live) {
  const copy = structuredClone(live);
  const { oidc } = copy.inboundProtocolConfiguration;
  copy.accessUrl = copy.accessUrl.replace('/apps/', '/applications/');
  oidc.callbackURLs = [...oidc.callbackURLs.slice(1), 'https://new.example/cb'];
  copy.authenticationSequence.script = copy.authenticationSequence.script.replace('39 of', 'thirty-nine of');
  return copy;
}

function reexport(texts, lives) {
  let bytes = 0;
  texts.forEach((text, index) => {
    const { template } = readTemplate(kind, `artifacts/applications/App ${index}.yaml`, text);
    const rendered = renderArtifact(kind, template, scope);
    validateArtifact(kind, rendered.value, template, { unknownSecrets: rendered.unknownSecrets });
    const result = parameterise(template, lives[index], scope, kind);
    if (result.text !== text) {
      const again = readTemplate(kind, template.file, result.text).template;
      canonicalise(kind, renderArtifact(kind, again, scope).value, scope.version);
      bytes += result.text.length;
    }
  });
  return bytes;
}

function measured(label, texts, lives) {
  // Time of the processor, so that a busy machine does not count.
  const start = process.cpuUsage();
  const bytes = reexport(texts, lives);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const verdict = seconds <= limit ? 'ok' : `more than ${limit} s`;
  process.stdout.write(
    `${label.padEnd(22)} ${seconds.toFixed(2).padStart(6)} s   ${String(bytes).padStart(9)} B written   ${verdict}\n`,
  );
  if (seconds > limit) process.exitCode = 1;
}

const texts = Array.from({ length: count }, (_, index) => file(index));
const lives = texts.map((text, index) => {
  const { template } = readTemplate(kind, `artifacts/applications/App ${index}.yaml`, text);
  return canonicalise(kind, renderArtifact(kind, template, scope).value, scope.version);
});
const changes = lives.map((live) => canonicalise(kind, changed(live), scope.version));
process.stdout.write(`${count} artifacts with ${[...file(0).matchAll(/\{\{/g)].length} placeholders each\n`);
const some = lives.map((live, index) => (index % 10 === 0 ? changes[index] : live));
measured('nothing changed', texts, lives);
measured('one in ten changed', texts, some);
measured('all changed', texts, changes);
