export { FairScheduler } from './fair-scheduler.js';
export { bytesOf, jsonParts, type TextParts } from './json-parts.js';
export { scanJson } from './json-scanner.js';
export { JsonText } from './json-text.js';
export { DIRECT_BYTES, scanInTurns, workInTurns } from './scan-in-turns.js';
export { piecesOf } from './text-pieces.js';
export { isLongerThan, sizeOf } from './text-size.js';
