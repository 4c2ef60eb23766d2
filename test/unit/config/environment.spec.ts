import { takeEnvironment } from '../../../src/config/environment.js';

describe('takeEnvironment', () => {
  it('takes the secret away from the process and leaves the rest', () => {
    const variables = { SECRET: 'hush', SECRET_FILE: 'hush?', PORT: '1' };
    expect(takeEnvironment(variables)).toEqual({ SECRET: 'hush', SECRET_FILE: 'hush?', PORT: '1' });
    expect(variables).toEqual({ PORT: '1' });
  });
});
