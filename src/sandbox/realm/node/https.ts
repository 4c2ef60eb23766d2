import { type AgentClass, secureAgentClass } from '../http/agent.js';
import { httpModule } from '../http/module.js';
import { part } from '../kit/parts.js';

export default httpModule('https', ['Agent'], () => secureAgentClass(part('http').Agent as AgentClass));
