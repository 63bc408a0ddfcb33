import { isObject, type JsonObject } from '../../../model/json';
import type { Expectation } from '../../../model/kind';
import { filledText, objectOf } from '../json-fields';
import { objectsIn } from './references';

/**
 * What an application expects of identity providers besides that they are there: a login step uses an authenticator of
 * one that is enabled, and so does outbound provisioning. The server takes a change that breaks it, and nobody gets in
 * by that step any more.
 */
export function applicationExpectations(value: JsonObject): Expectation[] {
  const steps = objectsIn(objectOf(value.authenticationSequence)?.steps);
  const options = steps.flatMap((step) =>
    objectsIn(step.options).map((option) => ({
      path: `authenticationSequence.steps[${String(step.id)}].options`,
      key: filledText(option, 'idp') ?? 'LOCAL',
      authenticator: filledText(option, 'authenticator') ?? '',
    })),
  );
  const outbound = objectsIn(objectOf(value.provisioningConfigurations)?.outboundProvisioningIdps);
  return [
    ...options
      .filter(({ key }) => key !== 'LOCAL')
      .map(({ path, key, authenticator }): Expectation => ({
        path,
        kind: 'identity-provider',
        key,
        unmet: (provider) => disabled(provider) ?? withoutAuthenticator(provider, authenticator),
      })),
    ...outbound.map((target): Expectation => ({
      path: 'provisioningConfigurations.outboundProvisioningIdps',
      kind: 'identity-provider',
      key: filledText(target, 'idp') ?? '',
      unmet: disabled,
    })),
  ];
}

function disabled(provider: JsonObject): string | undefined {
  return provider.isEnabled === false ? 'which is disabled' : undefined;
}

/** A provider of which no authenticator is said has those that the server has. */
function withoutAuthenticator(provider: JsonObject, name: string): string | undefined {
  const { federatedAuthenticators } = provider;
  if (!isObject(federatedAuthenticators)) return undefined;
  const found = objectsIn(federatedAuthenticators.authenticators).find((each) => each.name === name);
  if (!found) return `which has no ${name}`;
  return found.isEnabled === false ? `whose ${name} is disabled` : undefined;
}
