import { egressOff } from '../../boundary/coded-errors.js';
import { part } from '../kit/parts.js';

interface Options {
  readonly keepAlive?: boolean;
  readonly maxSockets?: number;
  readonly maxFreeSockets?: number;
  readonly maxTotalSockets?: number;
  readonly scheduling?: string;
  readonly host?: string;
  readonly port?: number;
  readonly localAddress?: string;
  readonly family?: number;
}
type Callable = (this: object, options?: Options) => unknown;
export type AgentClass = Callable & Record<string, unknown> & { readonly prototype: object };

const METHODS = {
  getName({ host = 'localhost', port, localAddress = '', family }: Options = {}): string {
    return `${host}:${port ?? ''}:${localAddress}${family === undefined ? '' : `:${family}`}`;
  },
  createConnection({ host = 'localhost', port }: Options = {}): never {
    throw egressOff(`${host}:${port ?? ''}`);
  },
  destroy(): void {},
};

/** Creates a class that packages can also call on an object of theirs, as in Node. */
function callable(construct: (agent: object, options: Options) => void): AgentClass {
  function Agent(this: object, options: Options = {}): unknown {
    if (!(this instanceof Agent)) return Reflect.construct(Agent, [options]) as object;
    construct(this, options);
    return undefined;
  }
  return Agent as unknown as AgentClass;
}

/** Creates `http.Agent`: it keeps its options, and has no connections to pool. */
export function agentClass(): AgentClass {
  const EventEmitter = part('events');
  const Agent = callable((agent, options) => {
    Reflect.apply(EventEmitter, agent, []);
    Object.assign(agent, {
      defaultPort: 80,
      protocol: 'http:',
      options: { ...options, path: null, noDelay: true },
      requests: {},
      sockets: {},
      freeSockets: {},
      keepAlive: options.keepAlive === true,
      keepAliveMsecs: 1000,
      maxSockets: options.maxSockets ?? Infinity,
      maxFreeSockets: options.maxFreeSockets ?? 256,
      maxTotalSockets: options.maxTotalSockets ?? Infinity,
      scheduling: options.scheduling ?? 'lifo',
      totalSocketCount: 0,
    });
  });
  Object.setPrototypeOf(Agent, EventEmitter);
  Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
  Object.assign(Agent.prototype, METHODS);
  return Object.assign(Agent, { defaultMaxSockets: Infinity });
}

/** Creates `https.Agent` from `http.Agent`. */
export function secureAgentClass(HttpAgent: AgentClass): AgentClass {
  const Agent = callable((agent, options) => {
    Reflect.apply(HttpAgent, agent, [options]);
    Object.assign(agent, { defaultPort: 443, protocol: 'https:', maxCachedSessions: 100 });
  });
  Object.setPrototypeOf(Agent, HttpAgent);
  Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
  return Agent;
}
