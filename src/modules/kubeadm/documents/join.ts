import type { Mapping } from '../../config/keyed/value.ts';
import type { Credentials } from '../args/credentials.ts';
import type { Endpoint } from '../args/fields.ts';
import { apiVersionOf, timeoutsOf } from './api.ts';
import { merged, said } from './document.ts';
import { endpointOf } from './init.ts';
import { nodeRegistration, type NodeSettings } from './node.ts';

export interface JoinSettings extends NodeSettings {
  readonly role: 'controlPlane' | 'worker';
  readonly endpoint: Endpoint;
  readonly bindPort: number;
  readonly skipPhases: readonly string[];
  readonly patches?: string | undefined;
  readonly timeouts: Readonly<Record<string, string>>;
  readonly override: { readonly join: Mapping };
}

/** What `kubeadm join --config` reads. It holds the credentials: readable by root alone, and taken away after use. */
export function joinDocument(settings: JoinSettings, { token, caCertHash, certificateKey }: Credentials): Mapping {
  const { version, role, endpoint, nodeIp, bindPort, skipPhases, patches, timeouts, override } = settings;
  const join = said({
    apiVersion: apiVersionOf(version),
    kind: 'JoinConfiguration',
    nodeRegistration: nodeRegistration(settings),
    discovery: { bootstrapToken: { token, apiServerEndpoint: endpointOf(endpoint), caCertHashes: [caCertHash] } },
    controlPlane: role === 'controlPlane' ? { localAPIEndpoint: { advertiseAddress: nodeIp, bindPort }, certificateKey } : undefined,
    skipPhases: skipPhases.length > 0 ? skipPhases : undefined,
    patches: { directory: patches },
    timeouts: timeoutsOf(version, timeouts),
  });
  return merged(join, override.join);
}
