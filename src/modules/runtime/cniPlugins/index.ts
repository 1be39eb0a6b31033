import { z } from 'zod';
import { type Change, change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

/**
 * The plugins that every CNI counts on, where containerd and the CNI look for them. kubernetes-cni brings its own into
 * /opt/cni/bin; Debian and Fedora put theirs elsewhere, so links lead there; an unpacked bundle is copied.
 */
export const cniPlugins = defineModule({
  name: 'cniPlugins',
  summary: 'Plugins of CNI where the container runtime looks for them.',

  args: z.strictObject({
    names: z.array(z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a plugin, such as loopback')).min(1, 'must name at least one plugin').default(['loopback']).describe('Which plugins. Cilium needs loopback and brings its own; most others want bridge, host-local and portmap as well.'),
    dir: absolutePath().default('/opt/cni/bin').describe('Where they are looked for.'),
    from: absolutePath().optional().describe("A folder on the node that has them: /usr/lib/cni of Debian's containernetworking-plugins, /usr/libexec/cni of Fedora's, or an unpacked bundle. Left out: they must be there already, as kubernetes-cni brings them."),
    how: z.enum(['link', 'copy']).default('link').describe('Links follow upgrades of the package; copies stay when the folder goes.'),
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes these plugins away from `dir`.'),
  }),

  observe: ({ names, dir, from }) =>
    Object.assign(
      read.each('plugin', names, (name) => read.stat(`${dir}/${name}`)),
      read.each('link', names, (name) => read.link(`${dir}/${name}`)),
      read.each('sum', names, (name) => read.sha256(`${dir}/${name}`)),
      read.each('source', from === undefined ? [] : names, (name) => read.sha256(`${from}/${name}`)),
    ),

  *plan({ names, dir, from, how, state }, observed) {
    if (state === 'absent') {
      for (const name of names) {
        const is = observed[`plugin ${name}`];
        if (is) yield change(`${dir}/${name}`, observed[`link ${name}`] ?? is.type, undefined, sh`rm -f -- ${`${dir}/${name}`}`);
      }
      return;
    }
    const missing = names.filter((name) => (from === undefined ? !observed[`sum ${name}`] : !observed[`source ${name}`]));
    const changes = from === undefined ? [] : [...placed(from)];
    if (missing.length > 0) {
      const where = from ?? dir;
      return yield refuse(`there is no CNI plugin ${missing.join(', ')} in ${where}`, missing.map((name) => `no file ${where}/${name}`).join(', '), {
        hint: 'Install containernetworking-plugins (kubernetes-cni where Kubernetes comes from pkgs.k8s.io) in an earlier task, and give its folder by `from`.',
        unless: { brought: ['package containernetworking-plugins', 'package kubernetes-cni', `tree ${where}`], changes },
      });
    }
    yield* changes;

    function* placed(source: string): Iterable<Change> {
      for (const name of names) {
        const path = `${dir}/${name}`;
        const link = observed[`link ${name}`];
        const is = link ?? (observed[`sum ${name}`] === undefined ? undefined : `sha256 ${observed[`sum ${name}`] ?? ''}`);
        const sum = observed[`source ${name}`];
        const should = how === 'link' ? `${source}/${name}` : sum === undefined ? `as ${source}/${name}` : `sha256 ${sum}`;
        if (is === should) continue;
        const put = how === 'link' ? sh`ln -sfn -- ${`${source}/${name}`} ${`${path}.plinth`}` : sh`cp -L -- ${`${source}/${name}`} ${`${path}.plinth`}
chmod 0755 -- ${`${path}.plinth`}`;
        yield change(path, is, should, sh`mkdir -p -m 0755 -- ${dir}
${put}
mv -f -- ${`${path}.plinth`} ${path}`);
      }
    }
  },
});
