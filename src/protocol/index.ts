export type { Handler } from './run-handler.js';
export { Channel } from './channel.js';
export { DuplexAdapter } from './duplex.adapter.js';
export { channelOf, CurrentChannel, DuplexErrorFilter } from './duplex-error.filter.js';
export { DuplexGateway } from './duplex-gateway.decorator.js';
export {
  DuplexError,
  errorOf,
  PROTOCOL_ERRORS,
  type CatalogueEntry,
  type DuplexErrorBody,
} from './errors.js';
export { describeFault } from './fault.js';
export type { ProtocolObserver, Settlement } from './observer.js';
export { Peer } from './peer.js';
export { DEFAULT_PROTOCOL_OPTIONS, type Admission, type ProtocolOptions } from './protocol.options.js';
export { asText } from './text-method.js';
