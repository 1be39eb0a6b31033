import type { Mapping } from '../../config/keyed/value.ts';
import { extraArgs } from './api.ts';
import { said } from './document.ts';
import { ignored } from './preflight.ts';

export interface NodeSettings {
  readonly version: string;
  readonly nodeName?: string | undefined;
  readonly nodeIp: string;
  readonly criSocket: string;
  readonly kubeletExtraArgs: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string | undefined; readonly effect: string }[] | undefined;
  readonly ignorePreflightErrors: readonly string[];
}

/** What init and join say of their node alike. --node-ip: the kubelet would take the VIP for its own address when it restarts. */
export const nodeRegistration = ({ version, nodeName, nodeIp, criSocket, kubeletExtraArgs, taints, ignorePreflightErrors }: NodeSettings): Mapping =>
  said({
    name: nodeName,
    criSocket,
    taints: taints?.map((taint) => said({ ...taint })),
    ignorePreflightErrors: ignorePreflightErrors.length > 0 ? ignored(ignorePreflightErrors) : undefined,
    kubeletExtraArgs: extraArgs(version, { 'node-ip': nodeIp, ...kubeletExtraArgs }),
  });
