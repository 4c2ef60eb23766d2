import { type Tenants } from '../../../src/tenants/tenant.js';
import { TenantDirectory } from '../../../src/tenants/tenant-directory.service.js';
import { TenantsFile } from '../../../src/tenants/tenants-file.js';
import { loadSettings } from '../../../src/config/load-settings.js';
import { ceilingOfSettings } from '../../../src/sandbox-options.js';
import { hashOf } from '../../../src/auth/index.js';
import { until } from '../../support/until.js';

/** A file of which the test says what looking at it and reading it come to. */
class FlakyFile extends TenantsFile {
  looks = 0;
  at = 'first';
  secret = 'one';
  fault: Error | undefined;
  isLookFaulty = false;
  constructor() {
    super('/nowhere', ceilingOfSettings(loadSettings({})));
  }
  override version(): Promise<string> {
    this.looks += 1;
    return this.isLookFaulty ? Promise.reject(new Error('EIO')) : Promise.resolve(this.at);
  }
  override read(): Tenants {
    if (this.fault !== undefined) throw this.fault;
    return new Map([['acme', { name: 'acme', hashes: [hashOf(this.secret)], policy: {} }]]);
  }
}

describe('the watch of the tenants file', () => {
  let file: FlakyFile;
  let directory: TenantDirectory;

  beforeEach(async () => {
    file = new FlakyFile();
    directory = await TenantDirectory.open(file);
    directory.onModuleInit();
  });

  afterEach(() => directory.onModuleDestroy());

  it('goes on after a look that fails, whatever it fails with', async () => {
    file.isLookFaulty = true;
    await until(() => directory.problem === 'EIO');
    expect(directory.identityOf('one')).toMatchObject({ tenant: 'acme' });
    file.isLookFaulty = false;
    file.secret = 'two';
    await until(() => directory.identityOf('two') !== undefined);
    expect(directory.problem).toBeUndefined();
    expect(directory.identityOf('one')).toBeUndefined();
  });

  it('goes on after a read that fails with no error of settings, and reads again', async () => {
    file.fault = new TypeError('a bug');
    file.at = 'second';
    await until(() => directory.problem === 'a bug');
    file.fault = undefined;
    await until(() => directory.problem === undefined);
    const { looks } = file;
    await until(() => file.looks > looks);
    expect(directory.identityOf('one')).toMatchObject({ tenant: 'acme' });
  });

  it('ends with the service', async () => {
    directory.onModuleDestroy();
    const { looks } = file;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(file.looks).toBe(looks);
  });
});
