import { existsSync } from 'node:fs';
import type { RealServer } from './requests';

export { emptyServer } from './empty-server';
export { read, request, type Answer, type RealServer } from './requests';

/** The servers of a run. */
export interface RealServers {
  readonly dev: RealServer;
  readonly prod: RealServer;
  readonly level70?: RealServer;
}

/**
 * The servers named by the environment variable LIFTLOCK_REAL_WSO2, a JSON object of the form
 * `{"dev":{"url":"https://localhost:9443","ca":"ca.pem"},"prod":{…}}`. Throws where it is not set: `npm run test:wso2`
 * starts servers and sets it.
 */
export function realServers(): RealServers {
  const text = process.env['LIFTLOCK_REAL_WSO2'];
  if (text === undefined || text === '') {
    throw new Error('LIFTLOCK_REAL_WSO2 names no servers. Run `npm run test:wso2`, or set it to servers that run.');
  }
  const given = JSON.parse(text) as Record<string, Partial<RealServer> | undefined>;
  const { dev, prod, level70 } = given;
  return {
    dev: completed('dev', dev, '6.0'),
    prod: completed('prod', prod, '6.0'),
    ...(level70 && { level70: completed('level70', level70, '7.0') }),
  };
}

function completed(name: string, server: Partial<RealServer> = {}, version: RealServer['version']): RealServer {
  const { url, ca } = server;
  if (url === undefined || ca === undefined) throw new Error(`LIFTLOCK_REAL_WSO2 has no "url" or no "ca" of ${name}.`);
  if (!existsSync(ca)) throw new Error(`LIFTLOCK_REAL_WSO2: the certificate of ${name} is not there: ${ca}`);
  return { user: 'admin', password: 'admin', version, ...server, url: url.replace(/\/$/, ''), ca };
}
