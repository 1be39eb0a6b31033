import { z } from 'zod';
import { type Change, change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { mark, originalOf, putBack, replaceFile } from '../../host/original.ts';
import { certsDir, configPath, configText } from './config.ts';
import { expected, ofVersion } from './expected.ts';
import { type Registry, registryDir, registryFiles } from './hosts.ts';
import { type Installed, installed } from './installed.ts';
import { proxyPath, proxyText } from './proxy.ts';

/** What containerd reads when it starts: give them to `service` as `newerThan`. It reads hosts.toml at every pull. */
export const containerdFiles: string[] = [configPath, proxyPath];

type RegistryOrNone = Registry | 'absent';
const filesOf = (host: string, registry: RegistryOrNone) => registryFiles(host, registry === 'absent' ? { mirrors: [] } : registry);

const url = () => z.string().regex(/^https?:\/\/[^\s/]+(\/\S*)?$/, 'must be a URL, such as https://mirror.example.org:5000');

const mirror = z.strictObject({
  url: url().describe('The mirror.'),
  capabilities: z.array(z.enum(['pull', 'resolve', 'push'])).min(1).default(['pull', 'resolve']).describe('What it is trusted with: `resolve` lets it say which content a tag stands for.'),
  ca: z.string().includes('BEGIN CERTIFICATE', 'must be a certificate in PEM').optional().describe('The certificate authority that vouches for it, in PEM.'),
  skipVerify: z.boolean().default(false).describe('Any certificate will do. For trials only.'),
  overridePath: z.boolean().default(false).describe('The path in `url` stands for /v2, as with proxies that serve several registries.'),
});

/**
 * The configuration of containerd, in the version that the installed containerd reads. The file is written whole, and
 * containerd must accept it before it is put in place; what came with the package is kept, and comes back with `absent`.
 */
export const containerd = defineModule({
  name: 'containerd',
  summary: 'The configuration of containerd: cgroup driver, sandbox image, registry mirrors, proxy.',

  args: z.strictObject({
    state: z.enum(['present', 'absent']).default('present').describe('`absent` brings back the configuration that came with the package.'),
    expect: z.string().regex(/^v?\d+\.\d+/, 'must be a version such as 2.1.4').optional().describe('The version that an earlier task brings. Only a plan of a node that has none yet looks at it. Default: what its repositories offer.'),
    systemdCgroup: z.boolean().optional().describe("Cgroups are made by systemd. Default: whether systemd runs the node. The kubelet's cgroupDriver must agree."),
    sandboxImage: z.string().regex(/^\S+$/, 'must be the name of an image').optional().describe("The pause image, the one that kubeadm of this version names. Default: containerd's own."),
    cniBinDir: absolutePath().default('/opt/cni/bin').describe('Where CNI plugins are. Debian configures another place, where no CNI of Kubernetes puts its own.'),
    cniConfDir: absolutePath().default('/etc/cni/net.d').describe('Where the CNI is configured.'),
    root: absolutePath().optional().describe('Where images and containers are kept. Default: /var/lib/containerd.'),
    maxConcurrentDownloads: z.int().min(1).optional().describe('Layers of an image fetched at once.'),
    discardUnpackedLayers: z.boolean().optional().describe('Frees the disk of layers that were unpacked; such images cannot be pushed or exported.'),
    registries: z
      .record(
        z.string(),
        z.union([
          z.literal('absent'),
          z.strictObject({
            server: url().optional().describe('Asked when no mirror answers. Default: the registry itself.'),
            mirrors: z.array(mirror).default([]).describe('Asked first, in this order.'),
          }),
        ]),
      )
      .superRefine((hosts, context) => {
        for (const host of Object.keys(hosts)) if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*(:\d+)?$/.test(host)) context.addIssue({ code: 'custom', path: [host], message: 'must be the host of a registry, such as docker.io, or _default' });
      })
      .default({})
      .describe('By the host in names of images; `_default` stands for all others. `absent` takes one away.'),
    proxy: z
      .strictObject({
        http: url().optional().describe('For http.'),
        https: url().optional().describe('For https, which is what registries speak.'),
        noProxy: z.array(z.string().regex(/^[^\s,]+$/, 'must be one host, domain or CIDR')).default([]).describe('Not asked for through it. Name the nodes, the service CIDR and the pod CIDR.'),
      })
      .optional()
      .describe('How containerd reaches registries. Left out: directly.'),
    override: z.record(z.string(), z.json()).default({}).describe('Merged over the configuration last, key by key, in the names of its own version; null takes a key away.'),
  }),

  observe: ({ registries }) => {
    const files = Object.entries(registries).flatMap(([host, registry]) => Object.keys(filesOf(host, registry)));
    return Object.assign(
      { installed: installed(), expected: expected(), config: read.text(configPath), original: read.text(originalOf(configPath)), proxy: read.text(proxyPath) },
      read.each('file', files, read.text),
      read.each('original', files, (path) => read.text(originalOf(path))),
    );
  },

  *plan({ state, registries, proxy, expect, ...settings }, { installed: there, expected: offered, config, original, proxy: proxyFound, ...observed }) {
    function* changes(found: Installed | undefined): Iterable<Change> {
      const wantedProxy = state === 'absent' || !proxy ? undefined : proxyText(proxy);
      if (state === 'present' && found) {
        const text = configText(settings, found);
        const check = sh`containerd --config "$new" config dump >/dev/null`;
        if (config !== text) yield change(configPath, config, text, replaceFile({ path: configPath, text, check }));
      }
      if (state === 'absent' && (original !== undefined || config?.startsWith(mark))) yield change(configPath, config, original, putBack(configPath));
      for (const [host, registry] of Object.entries(registries)) {
        const isWanted = state === 'present' && registry !== 'absent';
        for (const [path, text] of Object.entries(filesOf(host, registry))) {
          const is = observed[`file ${path}`];
          const before = observed[`original ${path}`];
          if (isWanted && is !== text) yield change(path, is, text, replaceFile({ path, text }));
          if (!isWanted && is !== undefined) yield change(path, is, before, sh.lines([putBack(path), sh`rmdir -- ${registryDir(host)} ${certsDir} 2>/dev/null || :`]));
        }
      }
      if (proxyFound !== wantedProxy) {
        yield change(proxyPath, proxyFound, wantedProxy, wantedProxy === undefined ? sh`rm -f -- ${proxyPath}; rmdir -- ${proxyPath.slice(0, proxyPath.lastIndexOf('/'))} 2>/dev/null || :` : replaceFile({ path: proxyPath, text: wantedProxy }));
      }
    }
    if (state === 'present' && !there) {
      const coming = expect === undefined ? offered : ofVersion(expect, offered?.isSystemd ?? true);
      const unless = coming && { brought: ['package containerd', 'package containerd.io', 'program containerd'], changes: [...changes(coming)] };
      return yield refuse('there is no containerd on this node', 'no program of that name is in the PATH', { hint: 'Install it in an earlier task: the package containerd (Debian) or containerd.io (Docker), or from a bundle.', ...(unless && { unless }) });
    }
    if (state === 'present' && there && there.configVersion < 2) return yield refuse(`containerd ${there.version} is too old`, 'its configuration is of version 1', { hint: 'Kubernetes needs 1.6 or newer.' });
    yield* changes(there);
  },

  output: (_, { installed: found }) => ({ version: found?.version, configVersion: found?.configVersion, socket: 'unix:///run/containerd/containerd.sock' }),
});
