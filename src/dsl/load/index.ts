export { type LoadedModule, loadModule } from './load-module.ts';
export { type LoadedPlaybook, loadPlaybook } from './load-playbook.ts';
export type { LoadOptions } from './options.ts';
