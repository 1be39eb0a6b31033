export { type DefinedInventory, defineInventory, type InventoryContext, type InventoryInput } from './define.ts';
export type { Explained, Inventory } from './inventory.ts';
export { schemaOf } from './jsonSchema.ts';
export { type InventoryOptions, loadInventory } from './load.ts';
export { findOrigin } from './origin.ts';
export type { Loader } from './source/document.ts';
export type { SecretSources } from './secrets/sources.ts';
