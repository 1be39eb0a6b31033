import { mark } from '../../host/original.ts';
import type { Installed } from './installed.ts';
import { mergeTables, type Toml, type TomlTable, tomlDocument } from './tomlDocument.ts';

export const configPath = '/etc/containerd/config.toml';
export const certsDir = '/etc/containerd/certs.d';

export interface Settings {
  readonly systemdCgroup?: boolean | undefined;
  readonly sandboxImage?: string | undefined;
  readonly cniBinDir: string;
  readonly cniConfDir: string;
  readonly root?: string | undefined;
  readonly maxConcurrentDownloads?: number | undefined;
  readonly discardUnpackedLayers?: boolean | undefined;
  readonly override: TomlTable;
}

/** Only what was said: the rest are containerd's own defaults. */
const said = (table: Readonly<Record<string, Toml | undefined>>): TomlTable => Object.fromEntries(Object.entries(table).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

/**
 * The text of config.toml in the version that the installed containerd writes itself. In version 2 one plugin holds
 * everything; from version 3 on it is two, for images and for the runtime, and the sandbox image is one of the pinned ones.
 * Source: containerd, docs/cri/config.md.
 */
export function configText(settings: Settings, { configVersion: version, cniKey, isSystemd }: Installed): string {
  const { cniBinDir, cniConfDir, root, sandboxImage } = settings;
  // A runtime replaces the default one whole, so its type is said too.
  const runtimes = { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: settings.systemdCgroup ?? isSystemd } } };
  const cni = { [cniKey]: cniKey === 'bin_dirs' ? [cniBinDir] : cniBinDir, conf_dir: cniConfDir };
  const registry = { config_path: certsDir };
  const images = { max_concurrent_downloads: settings.maxConcurrentDownloads };
  const layers = { discard_unpacked_layers: settings.discardUnpackedLayers };
  const plugins: TomlTable =
    version <= 2
      ? { 'io.containerd.grpc.v1.cri': said({ sandbox_image: sandboxImage, ...images, containerd: said({ ...layers, runtimes }), cni, registry }) }
      : {
          'io.containerd.cri.v1.images': said({ ...images, ...layers, pinned_images: sandboxImage === undefined ? undefined : { sandbox: sandboxImage }, registry }),
          'io.containerd.cri.v1.runtime': { containerd: { runtimes }, cni },
        };
  return `${mark}\n${tomlDocument(mergeTables(said({ version, root, plugins }), settings.override))}`;
}
