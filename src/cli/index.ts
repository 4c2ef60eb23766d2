export { EXEC_EXIT_CODES, type ExecEnd } from './exec-exit-codes.js';
export type { ExecRequest } from './exec-invocation.js';
export { EXIT_CODES } from './exit-codes.js';
export { helpText } from './help.js';
export { readInvocation, type Invocation } from './invocation.js';
export { listenProblem, networkLine, readyLine, warnings, type Listening } from './notices.js';
export { handleSignals, type SignalActions } from './signals.js';
export { startWarnings } from './start-warnings.js';
export { versionText } from './version.js';
