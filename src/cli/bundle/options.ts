import type { Options } from '../arguments/command.ts';
import { fleetOptions } from '../fleet/options.ts';

/** What `plinth bundle` can be told. */
export const bundleOptions = {
  ...fleetOptions,
  from: { kind: 'text', value: 'DIR', summary: 'create: of files that lie there already as bin/, images/, charts/, manifests/, packages/: any of these.', complete: 'file' },
  to: { kind: 'text', value: 'DIR', summary: 'create: where the bundle is made. Default: in place with --from.', complete: 'file' },
  set: { kind: 'list', value: 'NAME=VERSION', summary: 'create: a version that the files cannot tell, or another one to download, e.g. kubernetes=v1.36.2.' },
  arch: { kind: 'text', value: 'ARCH', summary: 'create: the architecture of the nodes. Default: that of the programs, or of this machine.', complete: ['amd64', 'arm64'] },
  mirror: { kind: 'text', value: 'URL', summary: 'create: downloads by way of this address: URL/dl.k8s.io/... in place of https://dl.k8s.io/...' },
  output: { kind: 'text', value: 'FORM', summary: 'text (the default) or json.', complete: ['text', 'json'] },
} as const satisfies Options;
