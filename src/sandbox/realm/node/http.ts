import { agentClass } from '../http/agent.js';
import { clientClasses } from '../http/client-request.js';
import { validateHeaderName, validateHeaderValue } from '../http/headers.js';
import { httpModule } from '../http/module.js';

let made: Readonly<Record<string, unknown>> | undefined;

function classOf(name: string): unknown {
  if (name === 'Agent') return agentClass();
  made ??= clientClasses();
  return made[name];
}

export default Object.assign(
  httpModule('http', ['Agent', 'ClientRequest', 'IncomingMessage', 'OutgoingMessage'], classOf),
  {
    maxHeaderSize: 16_384,
    validateHeaderName,
    validateHeaderValue,
    setMaxIdleHTTPParsers: () => undefined,
  },
);
