import { mapAtPath, samlOf, type Rule } from './rule';

export const unsignedSaml: Rule = {
  id: 'unsigned-saml',
  severity: 'warning',
  kind: 'application',
  why: 'A SAML response that is not signed can be forged.',
  mend: 'Set inboundProtocolConfiguration.saml.responseSigning.enabled to true.',
  check: (artifact) => {
    const saml = samlOf(artifact);
    const unsigned = saml.issuer !== undefined && mapAtPath(saml, 'responseSigning').enabled === false;
    return unsigned
      ? [{ path: 'inboundProtocolConfiguration.saml.responseSigning', message: 'responses are not signed' }]
      : [];
  },
};
