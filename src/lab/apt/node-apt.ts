import { isIP } from 'node:net';
import type { Apt } from './read-apt.ts';
import { mirrors } from './mirrors.ts';
import { showSources } from './debian-sources.ts';

/** apt as a node has it: same sources, reached through the lab's gateway. */
export interface NodeApt {
  /** Text of sources.list.d/debian.sources. */
  readonly sources: string;
  /** Text of apt.conf.d/90lab. */
  readonly conf: string;
  /** The machine's keyrings that the sources name, where the image has none at that path. */
  readonly keyrings: readonly string[];
  /** Each needs an address of its own, since two of them may share a port: the node's name for it, and where it really is. */
  readonly relays: readonly { readonly name: string; readonly port: number; readonly target: string }[];
}

export function nodeApt(apt: Apt, suite: string): NodeApt {
  const sources = apt.sources(suite);
  const found = mirrors(sources, apt.proxies);
  const hosts = [...new Set(found.map(({ host }) => host))];
  // An address has no line in /etc/hosts to bend it by, and localhost would be the node itself: these get a name.
  const names = new Map(hosts.map((host, i) => [host, isIP(host.replace(/^\[|\]$/g, '')) || host === 'localhost' ? `mirror${i + 1}.lab` : host]));
  const rename = (text: string) => {
    const url = new URL(text);
    const name = names.get(url.hostname);
    return name && name !== url.hostname ? text.replace(url.hostname, name) : text;
  };
  const proxies = Object.entries(apt.proxies).map(([scheme, url]) => `Acquire::${scheme}::Proxy "${rename(url)}";`);
  return {
    sources: showSources(sources.map((source) => ({ ...source, uris: source.uris.map(rename) }))),
    conf: [...apt.conf, ...proxies, 'APT::Install-Recommends "false";', 'Acquire::Languages "none";', ''].join('\n'),
    keyrings: [...new Set(sources.flatMap(({ signedBy }) => signedBy ?? []))].filter((path) => !path.startsWith('/usr/share/keyrings/debian-archive-')),
    relays: found.map(({ host, port }) => ({ name: names.get(host) ?? host, port, target: `${host}:${port}` })),
  };
}
