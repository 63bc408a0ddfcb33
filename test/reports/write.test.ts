import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiftlockError } from '../../src/model/problem';
import { checkReportFile, writeReport } from '../../src/reports/write';
import { plan } from './samples';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liftlock-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeReport', () => {
  test.each(['md', 'html', 'json', 'xml', 'sarif', 'HTML'])(
    'writes .%s, makes the folder and leaves nothing else',
    async (ending) => {
      const file = join(folder, 'deep/er', `plan.${ending}`);
      await writeReport(file, plan, 'plan');
      expect(readFileSync(file, 'utf8')).toContain('Harbour Kiosk');
      expect(readdirSync(join(folder, 'deep/er'))).toEqual([`plan.${ending}`]);
    },
  );

  test('refuses endings that name no format, also before the work starts', async () => {
    for (const file of ['plan.pdf', 'plan', 'plan.constructor', '.html']) {
      expect(() => checkReportFile(file)).toThrow(LiftlockError);
      await expect(writeReport(join(folder, file), plan, 'plan')).rejects.toThrow(LiftlockError);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says when it cannot write, and leaves no half file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(writeReport(join(folder, 'file/plan.md'), plan, 'plan')).rejects.toMatchObject({
      problems: [{ code: 'report-not-written' }],
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
