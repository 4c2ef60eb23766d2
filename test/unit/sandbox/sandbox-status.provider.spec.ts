import { SandboxStatus } from '../../../src/sandbox/index.js';

describe('the status of a sandbox', () => {
  it('says that it has not started, until the sandbox speaks for itself', () => {
    const status = new SandboxStatus();
    expect(status.state.problem).toBe('the sandbox has not started');
    const state = { ...status.state, problem: undefined, queued: 3 };
    status.follow(() => state);
    expect(status.state).toBe(state);
  });
});
