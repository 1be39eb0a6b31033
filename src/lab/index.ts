export { down } from './down.ts';
export { inventoryYaml, labInventory, type LabHost } from './inventory.ts';
export { type Lab, type LabNode, readLab } from './lab.ts';
export type { Which } from './locate.ts';
export { prerequisites, type Prerequisites } from './prerequisites.ts';
export { restore, snapshot, snapshots } from './snapshot.ts';
export { sshCommand } from './ssh.ts';
export { type LabStatus, type NodeStatus, status } from './status.ts';
export { up, type UpOptions } from './up.ts';
