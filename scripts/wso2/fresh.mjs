// What a server ships: its scopes, dialects and claims, asked for before the first write.
import { readFile } from 'node:fs/promises';
import https from 'node:https';

/**
 * @param {{ url: string, ca: string }} server
 * @returns {Promise<{ scopes: object[], dialects: object[], claims: Record<string, object[]> }>} claims by the URI of
 *   their dialect
 */
export async function shippedBy(server) {
  const ca = await readFile(server.ca);
  const list = (where) => get(new URL(`/api/server/v1/${where}`, server.url), ca);
  const dialects = await list('claim-dialects');
  const claims = {};
  for (const { id, dialectURI } of dialects) claims[dialectURI] = await list(`claim-dialects/${id}/claims`);
  return { scopes: await list('oidc/scopes'), dialects, claims };
}

function get(address, ca) {
  return new Promise((resolve, reject) => {
    const request = https.get(address, { ca, auth: 'admin:admin', agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`GET ${address} was answered with ${answer.statusCode}: ${text}`));
      });
    });
    request.once('error', reject);
  });
}
