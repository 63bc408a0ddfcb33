import { address, type EnvironmentValues } from './environment-values';

/**
 * The login script of the crew roster: a second factor for officers, and for everybody who is not at the office.
 * The release that prod does not have yet also asks night-time callers, and reports every step-up.
 */
export function crewRosterScript(values: EnvironmentValues, released: boolean): string {
  return released ? newScript(values) : oldScript(values);
}

function oldScript({ officeNetwork }: EnvironmentValues): string {
  return `// Crew roster: officers and people away from the office need a second factor.
var rolesToStepUp = ['Internal/officer', 'Internal/dispatcher'];
var officeNetworks = ['${officeNetwork}', '127.0.0.1/32'];

var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.currentKnownSubject;
            var hasRole = hasAnyOfTheRolesV2(context, rolesToStepUp);
            var atOffice = isInNetwork(context.request.ip, officeNetworks);
            Log.info('Login of ' + user.username + ', at the office: ' + atOffice);
            if (hasRole || !atOffice) {
                executeStep(2);
            }
        }
    });
};

function isInNetwork(ip, networks) {
    return networks.some(function (network) {
        return ip.indexOf(network.split('/')[0].split('.').slice(0, 2).join('.')) === 0;
    });
}
`;
}

function newScript(values: EnvironmentValues): string {
  return `// Crew roster: officers, people away from the office and night owls need a second factor.
var rolesToStepUp = ['Internal/officer', 'Internal/dispatcher', 'Internal/pilot'];
var officeNetworks = ['${values.officeNetwork}', '127.0.0.1/32'];
var nightBegins = 22;
var nightEnds = 5;

var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.currentKnownSubject;
            var hasRole = hasAnyOfTheRolesV2(context, rolesToStepUp);
            var atOffice = isInNetwork(context.request.ip, officeNetworks);
            if (hasRole || !atOffice || isNight(new Date())) {
                httpPost('${address(values, 'alerts', '/step-up')}', { user: user.uniqueId, ip: context.request.ip });
                executeStep(2);
            }
        }
    });
};

function isNight(now) {
    return now.getHours() >= nightBegins || now.getHours() < nightEnds;
}

function isInNetwork(ip, networks) {
    return networks.some(function (network) {
        return ip.indexOf(network.split('/')[0].split('.').slice(0, 2).join('.')) === 0;
    });
}
`;
}
