import type { Wanted } from '../../kube/objects/manifest.ts';

/** Annotations of the CRDs: gateway-api.sigs.k8s.io, Versioning. */
const versionKey = 'gateway.networking.k8s.io/bundle-version';
const channelKey = 'gateway.networking.k8s.io/channel';

export interface GatewayBundle {
  readonly version: string;
  readonly channel: string;
}

/** Of which release a CRD is; undefined where it does not say. */
export function bundleOf({ metadata: { annotations = {} } }: { readonly metadata: { readonly annotations?: Readonly<Record<string, unknown>> | undefined } }): GatewayBundle | undefined {
  const version = annotations[versionKey];
  const channel = annotations[channelKey];
  return typeof version === 'string' ? { version, channel: typeof channel === 'string' ? channel : 'standard' } : undefined;
}

/** What a file is that was given as the CRDs of a version and channel; undefined where it is just that. */
export function unfit(objects: readonly Wanted[], { version, channel }: GatewayBundle): string | undefined {
  const crds = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const bundles = crds.flatMap((crd) => bundleOf(crd) ?? []);
  if (bundles.length === 0) return 'holds no CRD of Gateway API';
  const versions = [...new Set(bundles.map((one) => one.version))];
  const channels = [...new Set(bundles.map((one) => one.channel))];
  if (versions.some((one) => one !== version)) return `holds the CRDs of ${versions.join(' and ')}, not of ${version}`;
  return channels.some((one) => one !== channel) ? `holds the CRDs of the ${channels.join(' and ')} channel, not of ${channel}` : undefined;
}

/** Whether a version comes before another: `v1.2.0` before `v1.10.0`. */
export function isOlder(one: string, other: string): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

const numbersOf = (version: string): number[] => version.replace(/^v/, '').split(/[.-]/).slice(0, 3).map(Number);
