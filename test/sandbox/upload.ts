import { basic, type Api } from './api';

const ADMIN = basic('admin', 'admin');

/** What an upload was answered with. */
export interface UploadReply {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** Sends a file as the part `file` of a form, with the content type that says its format. */
export async function upload(
  api: Api,
  method: 'POST' | 'PUT',
  path: string,
  content: string,
  type: string,
  authorization = ADMIN,
): Promise<UploadReply> {
  const form = new FormData();
  form.append('file', new Blob([content], { type }), 'export');
  return sendForm(api, method, path, form, authorization);
}

/** Sends a form, whatever its parts are. */
export async function sendForm(
  api: Api,
  method: 'POST' | 'PUT',
  path: string,
  form: FormData,
  authorization = ADMIN,
): Promise<UploadReply> {
  const response = await fetch(address(api, path), { method, body: form, headers: { authorization } });
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
}

/** A file as the server exports it for an Accept header. */
export interface Download {
  readonly status: number;
  readonly type: string;
  readonly disposition: string;
  readonly text: string;
  readonly headers: Headers;
}

export async function download(api: Api, path: string, accept: string, authorization = ADMIN): Promise<Download> {
  const response = await fetch(address(api, path), { headers: { authorization, accept } });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    disposition: response.headers.get('content-disposition') ?? '',
    text: await response.text(),
    headers: response.headers,
  };
}

function address(api: Api, path: string): string {
  if (path.startsWith('http')) return path;
  const mounted = path.startsWith('/t/') ? '' : '/api/server/v1';
  return `${api.sandbox.url}${mounted}${path}`;
}
