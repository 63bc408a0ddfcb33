import { membersOf } from '../../src/sandbox/application-files/classes';
import { classNames, RELEASES } from '../service-provider-files/class-model';

/** Our classes and those of the product; of an identity provider the sandbox has only a part. */
const CLASSES = [
  ['ServiceProvider', 'ServiceProvider'],
  ['InboundAuthenticationConfig', 'InboundAuthenticationConfig'],
  ['Inbound', 'InboundAuthenticationRequestConfig'],
  ['Authentication', 'LocalAndOutboundAuthenticationConfig'],
  ['Step', 'AuthenticationStep'],
  ['Authenticator', 'LocalAuthenticatorConfig'],
  ['Authenticator', 'FederatedAuthenticatorConfig'],
  ['Property', 'Property'],
  ['ClaimConfig', 'ClaimConfig'],
  ['Claim', 'Claim'],
  ['ClaimMapping', 'ClaimMapping'],
  ['Roles', 'PermissionsAndRoleConfig'],
  ['Permission', 'ApplicationPermission'],
  ['RoleMapping', 'RoleMapping'],
  ['LocalRole', 'LocalRole'],
  ['InboundProvisioning', 'InboundProvisioningConfig'],
  ['OutboundProvisioning', 'OutboundProvisioningConfig'],
] as const;

const releases = RELEASES.filter(({ framework }) => classNames[framework] !== undefined);
const each =
  releases.length > 0
    ? describe.each(releases)
    : describe.skip.each([{ release: '5.11', framework: '(the list of names is not here)' } as const]);

/** Members without an annotation, which the list of names does not show. */
const PLAIN = new Set(['claimId']);

each('the classes that the sandbox of $release writes and reads', ({ release, framework }) => {
  it.each(CLASSES)('%s has the elements of %s in their order', (own, product) => {
    const expected = Object.values(classNames[framework]?.[product] ?? {}).flatMap(({ names }): string[] => {
      const element = names?.['XmlElement'];
      return element === undefined ? [] : [`${names?.['XmlElementWrapper'] ?? ''}/${element}`];
    });
    const members = membersOf(own, release).filter(
      ({ property, place }) => !PLAIN.has(property) && place === undefined,
    );
    expect(members.length).toBeGreaterThan(0);
    // The description of a setting is a second default value, which the sandbox does not keep.
    expect(members.map(({ wrapper = '', element }) => `${wrapper}/${element}`)).toEqual([...new Set(expected)]);
  });

  it.each([
    ['oAuthAppDO', 'oauth 6.11.23', 'OAuthAppDO'],
    ['samlssoServiceProviderDTO', 'saml 5.11.6', 'SAMLSSOServiceProviderDTO'],
  ])('%s has the lists of %s', (own, jar, product) => {
    const lists = Object.values(classNames[jar]?.[product] ?? {}).flatMap(({ names }) =>
      names?.['XmlElementWrapper'] === undefined ? [] : [`${names['XmlElementWrapper']}/${names['XmlElement'] ?? ''}`],
    );
    const members = membersOf(own, release).filter(({ list }) => list === 'wrapped');
    expect(members.map(({ wrapper = '', element }) => `${wrapper}/${element}`)).toEqual(lists);
  });
});
