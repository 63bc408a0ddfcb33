import type { Json, JsonObject } from '../../model/json';
import { SEQUENCE } from './application-pairs';
import type { Entry } from './ledger';
import { filled, setAt } from './pairs';

/**
 * The authentication sequence of an application. `default` is the tenant's own and has no steps here; every other type of
 * a file (`flow`, `local`, `federated`, or none with steps) is a sequence of the application (reference, 2.1.4).
 */
export function sequenceFromFile(root: Entry): JsonObject | undefined {
  const config = root.at(SEQUENCE);
  const type = config.text('authenticationType')?.trim().toLowerCase();
  const steps = orderedSteps(config);
  const paths = requestPath(root);
  if (type === 'default' || steps.length === 0) {
    config.leave('authenticationScriptConfig', 'a script needs steps of the application itself');
    for (const step of steps) step.leave('', 'the sequence is the default one of the tenant');
    if (paths.length > 0) return { type: 'DEFAULT', requestPathAuthenticators: paths };
    return type === undefined && !root.has(SEQUENCE) ? undefined : { type: 'DEFAULT' };
  }
  const options = steps.map((step) => optionsOf(step));
  const marked = (flag: string): number | undefined => {
    const found = steps.flatMap((step, index) => (step.flag(flag) === true ? [index + 1] : []));
    for (const other of found.slice(1))
      steps[other - 1]?.leave(flag, 'the API marks one step, and an earlier one is marked');
    return found[0];
  };
  return {
    type: 'USER_DEFINED',
    steps: options.map((list, index) => ({ id: index + 1, options: list })),
    ...filled({
      requestPathAuthenticators: paths,
      script: scriptOf(config.at('authenticationScriptConfig')),
      subjectStepId: marked('subjectStep'),
      attributeStepId: marked('attributeStep'),
    }),
  };
}

function orderedSteps(config: Entry): Entry[] {
  const steps = config.each('authenticationSteps');
  const order = (step: Entry, index: number): number => Number(step.get('stepOrder') ?? index + 1);
  return steps
    .map((step, index) => ({ step, order: order(step, index) }))
    .sort((a, b) => a.order - b.order)
    .map(({ step }) => step);
}

function requestPath(root: Entry): string[] {
  return root.each('requestPathAuthenticatorConfigs').flatMap((entry) => entry.text('name') ?? []);
}

function optionsOf(step: Entry): Json[] {
  const local = step
    .each('localAuthenticatorConfigs')
    .flatMap((entry) => entry.text('name') ?? [])
    .map((name) => ({ idp: 'LOCAL', authenticator: name }));
  const federated = step.each('federatedIdentityProviders').flatMap((entry) => {
    const idp = entry.text('identityProviderName');
    const configs = entry.each('federatedAuthenticatorConfigs');
    const authenticator = entry.text('defaultAuthenticatorConfig.name') ?? configs[0]?.text('name');
    for (const config of configs)
      if (config.text('name') !== authenticator)
        config.leave('name', 'the default authenticator is the one of the step');
    if (idp !== undefined && authenticator !== undefined) return [{ idp, authenticator }];
    entry.leave('', 'the file does not say which authenticator of the identity provider is used');
    return [];
  });
  return [...local, ...federated];
}

function scriptOf(config: Entry): string | undefined {
  if (config.flag('enabled') === false) {
    config.leave('content', 'the script is switched off, which the API cannot say');
    return undefined;
  }
  return config.text('content');
}

/** The sequence as elements of a file; the tenant's default has no steps. */
export function sequenceToFile(value: Entry, tree: JsonObject): void {
  const sequence = value.at('authenticationSequence');
  const isOwn = sequence.text('type') === 'USER_DEFINED';
  const ids = { subject: sequence.get('subjectStepId') ?? 1, attribute: sequence.get('attributeStepId') ?? 1 };
  const steps = isOwn
    ? sequence.each('steps').map((step) => ({ id: step.get('id') ?? 0, options: step.each('options') }))
    : [];
  setAt(
    tree,
    `${SEQUENCE}.authenticationSteps`,
    steps.map(({ id, options }) => ({
      stepOrder: id,
      ...fileOptions(options),
      subjectStep: id === ids.subject,
      attributeStep: id === ids.attribute,
    })),
  );
  setAt(tree, `${SEQUENCE}.authenticationType`, isOwn ? 'flow' : 'default');
  const script = isOwn ? sequence.text('script') : undefined;
  if (script !== undefined) {
    const config = { content: script, enabled: true, language: 'application/javascript' };
    setAt(tree, `${SEQUENCE}.authenticationScriptConfig`, config);
  }
  const paths = sequence.texts('requestPathAuthenticators').map((name) => ({ name, enabled: true }));
  setAt(tree, 'requestPathAuthenticatorConfigs', paths);
}

function fileOptions(options: readonly Entry[]): JsonObject {
  const pairs = options.map((option) => ({ idp: option.text('idp') ?? '', name: option.text('authenticator') ?? '' }));
  const local = pairs.filter(({ idp }) => idp === 'LOCAL').map(({ name }) => ({ name, enabled: true }));
  const federated = pairs
    .filter(({ idp }) => idp !== 'LOCAL')
    .map(({ idp, name }) => ({
      identityProviderName: idp,
      enable: true,
      federatedAuthenticatorConfigs: [{ name, enabled: true }],
      defaultAuthenticatorConfig: { name, enabled: true },
    }));
  return filled({ localAuthenticatorConfigs: local, federatedIdentityProviders: federated }) ?? {};
}
