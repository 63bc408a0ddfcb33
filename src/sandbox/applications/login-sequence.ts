import type { JsonObject } from '../../model/json';
import { isBlank, numberIn, objectsIn, present, textIn, textsIn } from '../fields';
import type { IdentityProviderRecord } from '../identity-providers/record';
import { hashOfText, hashOrder } from '../java-hash';
import type { World } from '../world';
import { badApplication } from './failures';
import type { LoginOption, LoginSequence, LoginStep } from './record';

const LOCAL_AUTHENTICATORS = new Set([
  'BasicAuthenticator',
  'BasicAuthRequestPathAuthenticator',
  'FIDOAuthenticator',
  'IdentifierExecutor',
  'JWTBasicAuthenticator',
  'MagicLinkAuthenticator',
  'OAuthRequestPathAuthenticator',
  'SessionExecutor',
  'active-sessions-limit-handler',
  'backup-code-authenticator',
  'email-otp-authenticator',
  'push-notification-authenticator',
  'sms-otp-authenticator',
  'totp',
  'x509CertificateAuthenticator',
]);

/** All of them, handlers and those that read the credentials in the request too, as the product's code of 6.0 lists them. */
export function localAuthenticators({ addedAuthenticators }: Pick<World, 'addedAuthenticators'>): string[] {
  return [...new Set([...LOCAL_AUTHENTICATORS, ...addedAuthenticators])];
}

/** True for an authenticator that reads the credentials in the request itself. */
export function isRequestPath(name: string): boolean {
  return name.endsWith('RequestPathAuthenticator');
}

/** The sequence of an application that has none of its own. */
export const defaultSequence: LoginSequence = {
  type: 'DEFAULT',
  steps: [],
  requestPathAuthenticators: [],
  subjectStepId: 1,
  attributeStepId: 1,
};

/** What an authenticationSequence in POST or PATCH makes of the stored one (reference §2.1.5). */
export function changedSequence(stored: LoginSequence, body: JsonObject): LoginSequence {
  const requestPathAuthenticators =
    body.requestPathAuthenticators === undefined
      ? stored.requestPathAuthenticators
      : textsIn(body, 'requestPathAuthenticators');
  if (textIn(body, 'type') !== 'USER_DEFINED') {
    return { ...defaultSequence, requestPathAuthenticators };
  }
  const steps = sentSteps(body);
  const script = textIn(body, 'script');
  return {
    type: 'USER_DEFINED',
    steps,
    requestPathAuthenticators,
    // A blank script changes nothing: only DEFAULT, or the script endpoint of 7.2, removes one.
    script: isBlank(script) ? stored.script : script,
    subjectStepId: stepWithin(steps, numberIn(body, 'subjectStepId')),
    attributeStepId: stepWithin(steps, numberIn(body, 'attributeStepId')),
  };
}

/** True when the body would give the application another script than the stored one. */
export function changesScript(stored: LoginSequence, body: JsonObject): boolean {
  const script = textIn(body, 'script');
  return !isBlank(script) && script !== stored.script;
}

/** The sequence with another script; a blank one removes it (PUT …/script, reference §2.1.1). */
export function withScript(stored: LoginSequence, script: string): LoginSequence {
  if (stored.type === 'DEFAULT') throw badApplication('A script needs authentication steps of the application itself.');
  return { ...stored, script: isBlank(script) ? undefined : script };
}

function sentSteps(body: JsonObject): LoginStep[] {
  const steps = objectsIn(body, 'steps')
    .map((step) => ({ id: numberIn(step, 'id') ?? 0, options: objectsIn(step, 'options').map(loginOption) }))
    .sort((left, right) => left.id - right.id);
  if (steps.length === 0) throw badApplication('Authentication steps of a user defined sequence cannot be empty.');
  // The product looks at the last one only, and numbers them anew (UpdateAuthenticationSequence of the REST classes 1.2.6).
  if (steps.at(-1)?.id !== steps.length) {
    throw badApplication('Step ids of an authentication sequence have to be consecutive, from 1.');
  }
  if (steps.some((step) => step.options.length === 0))
    throw badApplication('An authentication step needs at least one option.');
  return steps.map(({ options }, index) => ({ id: index + 1, options: distinct(options) }));
}

/** An authenticator stands in a step once. */
function distinct(options: readonly LoginOption[]): LoginOption[] {
  const keys = options.map(({ idp, authenticator }) => JSON.stringify([idp, authenticator]));
  return options.filter((_option, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Every authenticator of an application has to be there, and be of the kind of its place. */
export function refuseUnknownAuthenticators(world: World, sequence: LoginSequence): void {
  for (const option of sequence.steps.flatMap((step) => step.options)) refuseUnknownOption(world, option);
  const unknown = sequence.requestPathAuthenticators.find((name) => !isLocal(world, name, true));
  if (unknown !== undefined) throw badApplication(`The authenticator ${unknown} is not available in the server.`);
}

/** Authenticators that read the credentials in the request itself are no step, and no other one can stand before them. */
const IN_REQUEST = /RequestPath|JWTBasic/;

function isLocal(world: World, name: string, inRequest: boolean): boolean {
  if (world.addedAuthenticators.includes(name) || world.isBeingFilled) return true;
  return LOCAL_AUTHENTICATORS.has(name) && IN_REQUEST.test(name) === inRequest;
}

function loginOption(option: JsonObject): LoginOption {
  return { idp: textIn(option, 'idp') ?? '', authenticator: textIn(option, 'authenticator') ?? '' };
}

function refuseUnknownOption(world: World, { idp, authenticator }: LoginOption): void {
  if (idp === 'LOCAL') {
    if (isLocal(world, authenticator, false)) return;
    throw badApplication(`The authenticator ${authenticator} is not available in the server.`);
  }
  const provider = world.identityProviders.find('name', idp);
  if (!provider) throw badApplication(`The federated identity provider ${idp} is not available in the server.`);
  if (!hasAuthenticator(provider, authenticator)) {
    throw badApplication(`The identity provider ${idp} has no authenticator ${authenticator}.`);
  }
}

function hasAuthenticator(provider: IdentityProviderRecord, name: string): boolean {
  return provider.authenticators.some((authenticator) => authenticator.name === name);
}

function stepWithin(steps: readonly LoginStep[], wanted: number | undefined): number {
  return wanted !== undefined && wanted >= 1 && wanted <= steps.length ? wanted : 1;
}

/**
 * The authenticationSequence of a GET. A DEFAULT application shows the sequence of the server's default application
 * instead of its own; the options of a step come grouped, not in the order in which they were sent (reference §2.1.4).
 */
export function shownSequence(world: World, sequence: LoginSequence): JsonObject {
  return present({
    type: sequence.type,
    steps: stepsOf(sequence).map((step) => ({ id: step.id, options: groupedOptions(step.options) })),
    requestPathAuthenticators: [...sequence.requestPathAuthenticators],
    script: sequence.script,
    subjectStepId: sequence.subjectStepId,
    attributeStepId: sequence.attributeStepId,
  });
}

/** The steps in force: an application without a sequence of its own has that of the server's default application. */
function stepsOf({ type, steps }: LoginSequence): readonly LoginStep[] {
  return type === 'DEFAULT' ? [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }] : steps;
}

/**
 * Identity providers before local authenticators, each in the order of a HashMap by their names (measured on the
 * product's code of 6.0).
 */
function groupedOptions(options: readonly LoginOption[]): LoginOption[] {
  const [local, federated] = [true, false].map((isLocal) => options.filter(({ idp }) => (idp === 'LOCAL') === isLocal));
  const providers = hashOrder([...new Set((federated ?? []).map(({ idp }) => idp))], hashOfText);
  return [
    ...providers.flatMap((name) => (federated ?? []).filter(({ idp }) => idp === name)),
    ...hashOrder(local ?? [], ({ authenticator }) => hashOfText(authenticator)),
  ];
}

/** The read-only view GET /applications/{id}/authenticators (6.1 on): the options by step and kind. */
export function usedAuthenticators(world: World, sequence: LoginSequence): JsonObject[] {
  return stepsOf(sequence).map((step) => {
    const [local, federated] = [true, false].map((isLocal) =>
      groupedOptions(step.options)
        .filter((option) => (option.idp === 'LOCAL') === isLocal)
        .map((option) => ({ name: isLocal ? option.authenticator : option.idp, type: option.authenticator })),
    );
    return { stepId: step.id, localAuthenticators: local ?? [], federatedAuthenticators: federated ?? [] };
  });
}
