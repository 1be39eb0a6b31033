import type { Backend } from './backend.ts';
import { docker } from './docker.ts';
import { libvirt } from './libvirt.ts';
import type { Provider } from './options.ts';

export const backends: Readonly<Record<Provider, Backend>> = { docker, libvirt };
