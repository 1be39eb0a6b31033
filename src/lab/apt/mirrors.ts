import type { Apt } from './read-apt.ts';
import type { Source } from './parse-sources.ts';

/** A host that nodes reach through the lab: they find `host` in /etc/hosts, and the relay carries the port. */
export interface Mirror {
  readonly host: string;
  readonly port: number;
}

/** Whom apt on the nodes talks to: the proxy where there is one, else the hosts of the sources. Each host and port once. */
export function mirrors(sources: readonly Source[], proxies: Apt['proxies']): Mirror[] {
  const urls = sources.flatMap(({ uris }) => uris).map((uri) => {
    const { protocol } = new URL(uri);
    return (protocol === 'https:' ? proxies.https : proxies.http) ?? uri;
  });
  const found = urls.map((text) => {
    const url = new URL(text);
    return { host: url.hostname, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) };
  });
  return [...new Map(found.map((mirror) => [`${mirror.host}:${mirror.port}`, mirror])).values()];
}
