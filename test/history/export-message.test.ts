import fc from '../fast-check';
import { exportMessage } from '../../src/history/export-message';
import type { ExportedFile } from '../../src/model/report';

const file = (kind: string, key: string, change: ExportedFile['change']): ExportedFile => ({
  kind,
  key,
  change,
  file: `artifacts/${kind}/${key}.yaml`,
});

describe('exportMessage', () => {
  test('counts in the subject and lists what changed per kind', () => {
    const files = [
      file('identity-provider', 'Azure', 'updated'),
      file('application', 'Travel Portal', 'updated'),
      file('application', 'Harbour Kiosk', 'created'),
      file('application', 'Old', 'removed'),
      file('application', 'Same', 'unchanged'),
    ];
    expect(exportMessage('dev', files)).toBe(
      [
        'Export dev: 1 added, 2 changed, 1 removed',
        '',
        'application: 1 added, 1 changed, 1 removed',
        '+ Harbour Kiosk',
        '~ Travel Portal',
        '- Old',
        '',
        'identity-provider: 1 changed',
        '~ Azure',
        '',
      ].join('\n'),
    );
  });

  test('names a single change, and folds long lists', () => {
    expect(exportMessage('dev', [file('application', 'A', 'created')])).toMatch(/^Export dev: added application A\n/);
    const many = Array.from({ length: 60 }, (_, n) => file('application', `A${n}`, 'created'));
    expect(exportMessage('dev', many)).toContain('… and 10 more');
  });

  test('keeps the subject within 72 characters on one line', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 3 }), (environment, keys) => {
        const message = exportMessage(
          environment,
          keys.map((key) => file('application', key, 'created')),
        );
        const [subject, blank] = message.split('\n');
        expect((subject ?? '').length).toBeLessThanOrEqual(72);
        expect(blank).toBe('');
      }),
    );
  });
});
