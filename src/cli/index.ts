export { EXIT_CODES } from './exit-codes.js';
export { helpText } from './help.js';
export { readInvocation, type Invocation } from './invocation.js';
export { listenProblem, readyLine, warnings, type Listening } from './notices.js';
export { obeySignals, type SignalActions } from './signals.js';
export { startWarnings } from './start-warnings.js';
export { versionText } from './version.js';
