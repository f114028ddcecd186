export { buildAgent } from './build-agent.js';
export { readAgentSettings, witnessName } from './settings.js';
export type { AgentSettings } from './settings.js';
