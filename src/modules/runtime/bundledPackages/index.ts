import { z } from 'zod';
import { type BundledPackage, change, defineModule, read, refuse, type Script, sh, upload } from '../../../contract/index.ts';
import { bundle as bundleOf } from '../../args/bundle.ts';

/** A package manager is never cut off half-way. */
const careful = { critical: true, timeout: 30 * 60_000 };
const folder = '/var/lib/plinth/packages';

/** Packages that a bundle carries for nodes without repositories. All are given to dpkg or rpm at once, so they may need each other. */
export const bundledPackages = defineModule({
  name: 'bundledPackages',
  summary: 'Packages of a bundle, installed by dpkg or rpm without any repository.',

  args: z
    .strictObject({
      bundle: bundleOf().describe('What openBundle gave.'),
      names: z.array(z.string()).optional().describe('Only these. Left out: all that are of the kind of the node.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` removes them.'),
    })
    .superRefine(({ bundle, names = [] }, context) => {
      for (const [i, name] of names.entries()) if (!bundle.packages.some((one) => one.name === name)) context.addIssue({ code: 'custom', path: ['names', i], message: `${name} is not in the bundle ${bundle.name}: put its file into packages/` });
    }),

  observe: (args) => {
    const packages = packagesOf(args);
    return Object.assign({ manager: read.packageManager(), parent: read.stat(folder) }, read.each('package', [...new Set(packages.map(({ name }) => name))], read.package), read.each('file', packages.map(pathOf), read.sha256));
  },

  *plan({ state, ...args }, { manager, parent, ...observed }) {
    const format = manager === 'dnf' ? 'rpm' : 'deb';
    const packages = packagesOf(args).filter((one) => one.format === format);
    const found = ({ name }: BundledPackage) => observed[`package ${name}`];
    if (manager === undefined) return yield refuse('this node has no package manager that Plinth knows', 'neither apt-get nor dnf is there', { final: true });
    if (state === 'absent') {
      const there = packages.filter(found);
      const names = there.map(({ name }) => name);
      if (there.length > 0) yield change(names.join(', '), there.map((one) => `${one.name} ${found(one)?.version ?? ''}`).join('\n'), undefined, manager === 'apt' ? sh`export DEBIAN_FRONTEND=noninteractive
dpkg --remove -- ${names}` : sh`rpm -e -- ${names}`, careful);
      return;
    }
    const missing = packages.filter((one) => found(one)?.version !== one.version || found(one)?.broken);
    if (missing.length === 0) return;
    if (!parent) yield change(folder, undefined, 'directory 0700 root:root', sh`mkdir -p -m 0700 -- ${folder}`);
    for (const one of missing) {
      const path = pathOf(one);
      const sum = observed[`file ${path}`];
      if (sum !== one.file.sha256) yield change(path, sum && `sha256 ${sum}`, `sha256 ${one.file.sha256}, ${one.file.size} bytes`, upload({ path, content: one.file.content, mode: '0600', owner: 'root', group: 'root' }), { timeout: careful.timeout });
    }
    const before = missing.filter(found).map((one) => `${one.name} ${found(one)?.version ?? ''}${found(one)?.broken ? ' (not configured)' : ''}`);
    yield change(missing.map(({ name }) => name).join(', '), before.length > 0 ? before.join('\n') : undefined, missing.map(({ name, version }) => `${name} ${version}`).join('\n'), installing(manager, missing.map(pathOf)), careful);
  },

  brings: (args) => (args.state === 'absent' ? [] : packagesOf(args).map(({ name }) => `package ${name}`)),
});

const packagesOf = ({ bundle, names }: { readonly bundle: { readonly packages: readonly BundledPackage[] }; readonly names?: readonly string[] | undefined }): readonly BundledPackage[] =>
  bundle.packages.filter(({ name }) => names === undefined || names.includes(name));

const pathOf = ({ file }: BundledPackage): string => `${folder}/${file.path.slice(file.path.lastIndexOf('/') + 1)}`;

const installing = (manager: 'apt' | 'dnf', files: readonly string[]): Script =>
  manager === 'apt'
    ? sh`export DEBIAN_FRONTEND=noninteractive
dpkg --force-confdef --force-confold --install -- ${files}
rm -f -- ${files}`
    : sh`rpm --upgrade --oldpackage --replacepkgs -- ${files}
rm -f -- ${files}`;
