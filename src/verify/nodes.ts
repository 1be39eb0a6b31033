import { type Check, sh } from '../contract/index.ts';
import { asking, count, failed, heard, ok } from './ask.ts';
import type { ExpectedNode } from './input.ts';

/** Ready, at the version that is wanted, all of them and no others. */
export const nodesReady = (version: string, expected: readonly ExpectedNode[]): Check => ({
  name: `nodes are Ready at ${version}`,
  reading: asking(sh`k get nodes -o 'jsonpath={range .items[*]}{.metadata.name}{"|"}{.status.nodeInfo.kubeletVersion}{"|"}{range .status.conditions[?(@.type=="Ready")]}{.status}{"|"}{.message}{end}{"\n"}{end}'`),
  judge: heard((lines) => {
    const found = lines.map((line) => {
      const [name = '', kubelet = '', ready = '', message = ''] = line.split('|');
      return { name, kubelet, ready, message };
    });
    const missing = expected.filter(({ name }) => !found.some((one) => one.name === name)).map(({ name }) => `${name} is not in the cluster`);
    const bad = found.flatMap(({ name, kubelet, ready, message }) => [...(ready === 'True' ? [] : [`${name} is not Ready: ${message || 'it has not said so yet'}`]), ...(kubelet === version ? [] : [`${name} is at ${kubelet}, not at ${version}`])]);
    const strangers = expected.length === 0 ? [] : found.filter(({ name }) => !expected.some((one) => one.name === name)).map(({ name }) => `${name} is in the cluster, and not in the inventory`);
    if (missing.length + bad.length + strangers.length > 0) return failed([...missing, ...bad, ...strangers].join('\n'), 'On that node: systemctl status kubelet, journalctl -u kubelet');
    return ok(`${count(found.length, 'node')} Ready at ${version}: ${found.map(({ name }) => name).join(', ')}`);
  }),
});
