import { secureAgentClass } from '../http/agent.js';
import { httpModule } from '../http/module.js';

const http = () => require('http') as { Agent: Parameters<typeof secureAgentClass>[0] };

export default httpModule('https', ['Agent'], () => secureAgentClass(http().Agent));
