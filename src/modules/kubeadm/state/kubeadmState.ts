import { z } from 'zod';
import type { Kind, Reading } from '../../../contract/index.ts';
import { type KubeadmState, parseState } from './parse.ts';
import type { Place } from './place.ts';
import { stateScript } from './script.ts';

const place = z.object({
  nodeName: z.string().optional(),
  nodeIp: z.string(),
  bindPort: z.int(),
  endpoint: z.object({ host: z.string(), address: z.string().optional(), port: z.int() }),
  peers: z.array(z.string()),
});

const kind: Kind<KubeadmState> = {
  name: 'kubeadmState',
  script: (keys) => stateScript(keys.map((key) => place.parse(JSON.parse(key)))),
  parse(text) {
    if (text === undefined) throw new Error('nothing was told');
    return parseState(text);
  },
};

/** How far Kubernetes is installed on this node, and what answers around it. */
export const kubeadmState = ({ nodeName, nodeIp, bindPort, endpoint, peers }: Place): Reading<KubeadmState> => ({ kind, key: JSON.stringify({ nodeName, nodeIp, bindPort, endpoint, peers }) });
