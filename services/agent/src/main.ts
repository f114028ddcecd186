// unbroken-agent: runs the agent, or does one of its errands, under the settings of its environment.

import 'reflect-metadata';
import { agentCommand } from './command.js';

await agentCommand(process.env).parseAsync(process.argv);
