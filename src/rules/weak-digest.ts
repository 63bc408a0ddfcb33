import { mapAtPath, samlOf, type Rule } from './rule';

export const weakDigest: Rule = {
  id: 'weak-digest',
  severity: 'warning',
  kind: 'application',
  why: "SHA-1 signatures can be forged with today's means.",
  mend: 'Choose the SHA-256 variant of the algorithm.',
  check: (artifact) => {
    const saml = samlOf(artifact);
    const algorithms: [string, unknown][] = [
      ['responseSigning.signingAlgorithm', mapAtPath(saml, 'responseSigning').signingAlgorithm],
      [
        'singleSignOnProfile.assertion.digestAlgorithm',
        mapAtPath(saml, 'singleSignOnProfile.assertion').digestAlgorithm,
      ],
    ];
    return algorithms
      .filter(([, algorithm]) => typeof algorithm === 'string' && /sha1$/i.test(algorithm))
      .map(([path]) => ({ path: `inboundProtocolConfiguration.saml.${path}`, message: 'SHA-1 is used' }));
  },
};
