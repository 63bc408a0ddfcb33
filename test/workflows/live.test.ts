import { application } from '../../src/products/wso2-is/kinds/application';
import { listKind } from '../../src/workflows/live';
import { serverWith } from '../products/wso2-is/answering-server';
import { problemsOf } from '../workspace/temporary-folder';

test('two artifacts with one key are an error: either could be the one that is meant', async () => {
  const items = [
    { id: '1', name: 'Ferry' },
    { id: '2', name: 'Ferry' },
  ];
  const server = serverWith({ applications: { totalResults: 2, applications: items } });
  const [problem] = await problemsOf(() => listKind(server, application));
  expect(problem).toMatchObject({
    code: 'ambiguous-key',
    message: 'dev has two artifacts named application/Ferry',
    environment: 'dev',
  });
});
