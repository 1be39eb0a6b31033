import { mark } from '../../host/original.ts';
import { certsDir } from './config.ts';
import { tomlDocument } from './tomlDocument.ts';

export interface Mirror {
  readonly url: string;
  readonly capabilities: readonly ('pull' | 'resolve' | 'push')[];
  readonly ca?: string | undefined;
  readonly skipVerify: boolean;
  readonly overridePath: boolean;
}

export interface Registry {
  readonly server?: string | undefined;
  readonly mirrors: readonly Mirror[];
}

export const registryDir = (host: string): string => `${certsDir}/${host}`;
const hostsPath = (host: string): string => `${registryDir(host)}/hosts.toml`;
const caPath = (host: string, index: number): string => `${registryDir(host)}/mirror-${index + 1}.crt`;

/** Every file of a registry's folder, by path. Source: containerd, docs/hosts.md. */
export function registryFiles(host: string, { server, mirrors }: Registry): Readonly<Record<string, string>> {
  const tables = mirrors.map(({ url, capabilities, ca, skipVerify, overridePath }, index) => [
    url,
    { capabilities, ...(ca === undefined ? {} : { ca: caPath(host, index) }), ...(skipVerify ? { skip_verify: true } : {}), ...(overridePath ? { override_path: true } : {}) },
  ] as const);
  const text = tomlDocument({ ...(server === undefined ? {} : { server }), ...(tables.length > 0 ? { host: Object.fromEntries(tables) } : {}) });
  const cas = mirrors.flatMap(({ ca }, index) => (ca === undefined ? [] : [[caPath(host, index), ca.endsWith('\n') ? ca : `${ca}\n`] as const]));
  return { ...Object.fromEntries(cas), [hostsPath(host)]: `${mark}\n${text}` };
}
