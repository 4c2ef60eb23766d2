import { InstalledModules } from '../../../../src/sandbox/packages/installed-modules.service.js';
import { ModuleSurvey } from '../../../../src/sandbox/packages/module-survey.service.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../../../src/sandbox/sandbox.options.js';
import { FakeSandbox } from '../../../support/fake-sandbox.js';
import { installFixtures } from '../../../support/modules.js';

describe('a survey of the packages', () => {
  it('gives its runner processes back, though a package could not be tried', async () => {
    const moduleDir = installFixtures({ 'a/package.json': '{"name":"a","version":"1.0.0"}' });
    const modules = new InstalledModules({ ...DEFAULT_SANDBOX_OPTIONS, moduleDirs: [moduleDir] });
    await modules.onModuleInit();
    const sandbox = new FakeSandbox();
    sandbox.answer = () => Promise.reject(new Error('busy'));
    const released: string[] = [];
    sandbox.release = (tenant) => released.push(tenant);
    await expect(new ModuleSurvey(modules, sandbox).modulesOf(['*'])).rejects.toThrow('busy');
    expect(released).toHaveLength(1);
  });
});
