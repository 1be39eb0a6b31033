export { advise, byFacts, cardsBehind, type FleetRow, fleetAdvice, mainNic, type Row, type Verdict, type WishesInput } from './advise/index.ts';
export * from './contract/index.ts';
export type { Handle, Handler, PerHost, PlaybookContext, PlayResult, TaskContext } from './dsl/context.ts';
export { defineFleet, first, type FleetSchema, type Group, type GroupsOf, type Host, rest } from './dsl/fleet.ts';
export { type Playbook, playbook } from './dsl/playbook.ts';
export type { PlayOptions, TaskOptions } from './dsl/program.ts';
export { localTree, type LocalTree } from './dsl/local-tree.ts';
export { defineTemplate, type Rendering, type Template } from './dsl/template/index.ts';
export { type DefinedInventory, defineInventory, type InventoryContext, type InventoryInput } from './inventory/define.ts';
