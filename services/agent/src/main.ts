// unbroken-agent: runs the agent, or does one of its errands, under the settings of its environment.

import 'reflect-metadata';
import { agentCommand } from './command.js';

// The command's own settings, which whoever starts an agent in the same terminal may have: an unknown one is refused.
const { UNBROKEN_HUB: _hub, UNBROKEN_HOME: _home, ...env } = process.env;

await agentCommand(env).parseAsync(process.argv);
