import fc from '../fast-check';
import { formParts } from '../../src/sandbox/http/multipart';

/** What fetch makes of a form, as a recorded request would hold it. */
async function encoded(form: FormData): Promise<[string, Buffer]> {
  const sent = new Response(form);
  return [sent.headers.get('content-type') ?? '', Buffer.from(await sent.arrayBuffer())];
}

const TYPE = 'multipart/form-data; boundary=cut';
const form = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

describe('multipart forms', () => {
  test('files and plain fields come with their names, types and bytes', async () => {
    const sent = new FormData();
    sent.append('file', new Blob(['<a/>'], { type: 'application/xml' }), 'Aldermere "Boats".xml');
    sent.append('name', 'Aldermere');
    expect(formParts(...(await encoded(sent)))).toEqual([
      {
        field: 'file',
        filename: 'Aldermere "Boats".xml',
        contentType: 'application/xml',
        bytes: Buffer.from('<a/>'),
      },
      { field: 'name', contentType: 'text/plain', bytes: Buffer.from('Aldermere') },
    ]);
  });

  test('any bytes survive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), async (files) => {
        const sent = new FormData();
        for (const bytes of files) sent.append('file', new Blob([new Uint8Array(bytes)]), 'f');
        const parts = formParts(...(await encoded(sent)));
        expect(parts?.map((part) => [...part.bytes])).toEqual(files.map((bytes) => [...bytes]));
      }),
    );
  });

  test('a line that only starts like the delimiter is content', () => {
    const disposition = 'Content-Disposition: form-data; name="file"; filename="a;b.txt"';
    const parts = formParts(TYPE, form('--cut', disposition, '', 'one', '--cutlass', 'two', '--cut--', ''));
    expect(parts?.map((part) => [part.filename, part.bytes.toString()])).toEqual([
      ['a;b.txt', 'one\r\n--cutlass\r\ntwo'],
    ]);
  });

  test('a quoted boundary, a preamble and an empty part are fine', () => {
    const body = form('preamble', '--a b', 'content-disposition: form-data; name=file', '', '', '--a b--');
    expect(formParts('multipart/form-data; boundary="a b"', body)).toMatchObject([
      { field: 'file', bytes: Buffer.alloc(0) },
    ]);
  });

  test('without a closing delimiter the last part goes to the end, as the product reads it', () => {
    const disposition = 'Content-Disposition: form-data; name="file"; filename="Tern.yml"';
    const [name, file] = ['Content-Disposition: form-data; name="name"', '\r\nTern\r\n'];
    const parts = formParts(TYPE, form('--cut', name, '', 'Tern', '--cut', disposition, '', file));
    expect(parts?.map((part) => [part.field, part.bytes.toString()])).toEqual([
      ['name', 'Tern'],
      ['file', file],
    ]);
  });

  test.each([
    ['no boundary', 'multipart/form-data', form('--cut--')],
    ['no delimiter', TYPE, form('Content-Disposition: form-data; name="file"', '', 'x', '')],
    ['a part without a field name', TYPE, form('--cut', 'Content-Disposition: form-data', '', 'x', '--cut--')],
    ['a part without headers', TYPE, form('--cut', '', 'x', '--cut--')],
    ['a part without content', TYPE, form('--cut', '--cut--')],
    ['nothing', TYPE, Buffer.alloc(0)],
  ])('%s is no form', (_what, type, body) => expect(formParts(type, body)).toBeUndefined());
});
