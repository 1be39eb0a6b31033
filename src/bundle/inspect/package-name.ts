/**
 * What the name of a package's file says: `kubelet_1.36.2-1.1_amd64.deb`, with `%3a` for the colon of an epoch, and
 * `kubelet-1.36.2-150500.1.1.x86_64.rpm`. Undefined where it follows neither.
 */
export function packageOf(file: string): { readonly name: string; readonly version: string } | undefined {
  const [, deb, debVersion] = /^([^_/]+)_([^_/]+)_[^_/]+\.deb$/.exec(file) ?? [];
  if (deb !== undefined && debVersion !== undefined) return { name: deb, version: decodeURIComponent(debVersion) };
  const [, rpm, version, release] = /^(.+)-([^-]+)-([^-]+)\.[^.-]+\.rpm$/.exec(file) ?? [];
  return rpm === undefined ? undefined : { name: rpm, version: `${version}-${release}` };
}
