import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './route';

const EMPTY = Buffer.alloc(0);

/** Sends an answer; one without a body is empty and has no content type. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = bodyOf(answer);
  writeHead(response, answer, body);
  response.end(body);
}

/** Sends the first bytes of an answer, or half of it, under the length of the whole, and ends the connection. */
export function sendCut(response: ServerResponse, answer: Answer, bytes: number | true): void {
  const body = bodyOf(answer);
  if (body.length === 0) return void response.destroy();
  writeHead(response, answer, body);
  const sent = bytes === true ? Math.floor(body.length / 2) : Math.min(bytes, body.length);
  response.flushHeaders();
  response.write(body.subarray(0, sent), () => response.destroy());
}

/** Sends an answer in pieces, as over a line that hardly carries. Ends early when the other side does. */
export async function sendTrickling(
  response: ServerResponse,
  answer: Answer,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
): Promise<void> {
  const body = bodyOf(answer);
  writeHead(response, answer, body);
  response.flushHeaders();
  for (let at = 0; at < body.length; at += bytes) {
    await pause(everyMs, undefined, { ref: false });
    if (response.destroyed) return;
    response.write(body.subarray(at, at + bytes));
  }
  response.end();
}

/** A page as a proxy in between sends it when a sign-in has run out. */
export function sendHtml(response: ServerResponse): void {
  const page = '<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>';
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length }).end(page);
}

/** What an answer carries, as bytes. */
export function bodyOf({ body, text }: Answer): Buffer {
  if (text !== undefined) return typeof text === 'string' ? Buffer.from(text) : text;
  return body === undefined ? EMPTY : Buffer.from(JSON.stringify(body));
}

/** Of an answer that says nothing about its type: a body is JSON, a text is plain. */
export function contentType({ contentType: own, headers, text }: Answer): string {
  return own ?? headers?.['content-type'] ?? (text === undefined ? 'application/json' : 'text/plain');
}

function writeHead(response: ServerResponse, answer: Answer, body: Buffer): void {
  const { status, headers } = answer;
  const type = body.length === 0 ? {} : { 'content-type': contentType(answer) };
  const length = status === 204 || status === 304 ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...type, ...length });
}
