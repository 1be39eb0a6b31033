import type { Diagnostic } from '../../contract/index.ts';
import { showPath } from '../source/tree.ts';
import type { Conflict } from './merge.ts';

/** Two equal layers that contradict each other, once for all hosts that are in both. */
export function conflictDiagnostics(hosts: readonly { readonly host: { readonly name: string }; readonly conflicts: readonly Conflict[] }[]): readonly Diagnostic[] {
  const found = new Map<string, { readonly conflict: Conflict; readonly hosts: string[] }>();
  for (const { host, conflicts } of hosts) {
    for (const conflict of conflicts) {
      const id = JSON.stringify([conflict.path, conflict.places]);
      const entry = found.get(id);
      if (entry) entry.hosts.push(host.name);
      else found.set(id, { conflict, hosts: [host.name] });
    }
  }
  return [...found.values()].map(({ conflict: { path, places, layers }, hosts }) => {
    const between = layers[0]?.name === layers[1]?.name ? `two entries for ${hosts.join(', ')}` : layers.map((layer) => layer.name).join(' and ');
    const ofGroups = layers[0]?.name.startsWith('group ');
    return {
      cause: 'inventory',
      summary: `${between} set ${showPath(path)} differently, and neither is the stronger`,
      at: places,
      ...(ofGroups ? { detail: `hosts: ${hosts.slice(0, 5).join(', ')}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ''}` } : {}),
      hint: ofGroups ? 'set it on the hosts, or give one of the groups a `priority` above 0' : 'keep one of the two',
    };
  });
}
