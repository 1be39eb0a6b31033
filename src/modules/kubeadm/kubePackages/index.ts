import { z } from 'zod';
import { type Bundle, change, defineModule, read, refuse, sh, type Unit } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';
import { bundle as bundleOf } from '../../args/bundle.ts';
import { mark } from '../../host/original.ts';
import { packageRepository } from '../../packages/packageRepository/index.ts';
import { packages } from '../../packages/packages/index.ts';
import { foreign, machine } from '../../runtime/programs/machine.ts';
import { observePrograms, planNoPrograms, planPrograms } from '../../runtime/programs/planPrograms.ts';
import { kubeletDropIn, kubeletDropInPath, kubeletUnit, kubeletUnitPath } from './kubeletUnit.ts';
import { kubeletVersion, minorOf, ofPackage, refusedStep, versionPattern } from './versions.ts';

const programs = ['kubeadm', 'kubelet', 'kubectl'];

const repository = z.strictObject({
  apt: z.string().optional().describe('The address of a mirror for apt, such as https://mirror.example.org/core:/stable:/v1.36/deb/.'),
  dnf: z.string().optional().describe('The address of a mirror for dnf.'),
  key: packageRepository.args.shape.key.describe('What it is signed with, where that is not the key of Kubernetes.'),
  replaces: z.array(absolutePath()).default([]).describe('Source files of the same packages, left by others, that are removed.'),
});

/**
 * kubeadm, kubelet, kubectl and cri-tools of one version: from the repository of its minor version, pinned and held, or from a bundle.
 * An upgrade to the next minor version rewrites the repository. The kubelet starts at boot, and is not started before kubeadm does.
 */
export const kubePackages = defineModule({
  name: 'kubePackages',
  summary: 'Programs of Kubernetes at one version, from its repository or from a bundle.',

  args: z
    .strictObject({
      version: z.string().regex(versionPattern, 'must be a whole version such as v1.36.2').optional().describe('The version. May be left out with a bundle, which says it.'),
      bundle: bundleOf().optional().describe("What openBundle gave. Left out: packages of the node's package manager."),
      dir: absolutePath().default('/usr/local/bin').describe("Where a bundle's programs go: a folder of the PATH."),
      repository: repository.optional().describe('Another source of packages than pkgs.k8s.io.'),
      criTools: z.boolean().default(true).describe('With packages: crictl as well.'),
      hold: z.boolean().default(true).describe('Packages stay at their version when the system is upgraded.'),
      allowDowngrade: z.boolean().default(false).describe('Goes back to an older version. Never on a node that is in a cluster.'),
      state: z.enum(['present', 'absent']).default('present').describe('`absent` takes programs, unit, packages and repository away.'),
    })
    .superRefine(({ version, bundle, state }, context) => {
      if (state === 'absent') return;
      if (version === undefined && bundle?.versions.kubernetes === undefined) context.addIssue({ code: 'custom', path: ['version'], message: bundle ? `is missing: bundle.yaml of ${bundle.name} does not say it either` : 'is missing' });
      if (!bundle) return;
      const has = bundle.versions.kubernetes;
      if (version !== undefined && has !== undefined && has !== version) context.addIssue({ code: 'custom', path: ['version'], message: `is ${version}, and the bundle ${bundle.name} holds ${has}` });
      const missing = programs.filter((name) => !bundle.programs.some(({ path }) => path === name));
      if (missing.length > 0) context.addIssue({ code: 'custom', path: ['bundle'], message: `${bundle.name} lacks ${missing.map((name) => `bin/${name}`).join(', ')}: put it there and run \`plinth bundle create --from ${bundle.name}\`` });
    }),

  observe: (args) =>
    Object.assign(
      {
        machine: machine(),
        unit: read.unit('kubelet.service'),
        member: read.stat('/etc/kubernetes/kubelet.conf'),
        placed: kubeletVersion(`${args.dir}/kubelet`),
        service: read.text(kubeletUnitPath),
        dropIn: read.text(kubeletDropInPath),
      },
      observePrograms(pathsIn(args.dir)),
      packageRepository.observe(repositoryArgs(args)),
      packages.observe(packagesArgs(args)),
    ),

  *plan(args, found) {
    const { bundle, dir, state, allowDowngrade } = args;
    const { unit, service, dropIn } = found;
    if (state === 'absent') {
      const isThere = service?.startsWith(mark) || found['package kubelet'];
      if (isThere && unit && ['active', 'reloading', 'activating'].includes(unit.active)) yield change('kubelet.service', unit.active, 'stopped', sh`systemctl stop kubelet.service`);
      if (isThere && isEnabled(unit)) yield change('kubelet.service at boot', unit?.file, 'disabled', sh`systemctl disable kubelet.service`);
      yield* packages.plan(packagesArgs(args), found);
      yield* packageRepository.plan(repositoryArgs(args), found);
      yield* planNoPrograms(pathsIn(dir), found);
      if (dropIn?.startsWith(mark)) yield change(kubeletDropInPath, dropIn, undefined, sh`rm -f -- ${kubeletDropInPath}; rmdir -- ${`${kubeletUnitPath}.d`} 2>/dev/null || :; systemctl daemon-reload`);
      if (service?.startsWith(mark)) yield change(kubeletUnitPath, service, undefined, sh`rm -f -- ${kubeletUnitPath}; systemctl daemon-reload`);
      return;
    }
    const version = versionOf(args);
    const packaged = found['package kubelet'];
    const before = bundle ? found.placed : packaged && ofPackage(packaged.version);
    const refused = before === undefined ? undefined : refusedStep({ found: before, wanted: version, allowDowngrade, isMember: found.member !== undefined });
    if (refused) return yield refused;
    if (!bundle) {
      yield* packageRepository.plan(repositoryArgs(args), found);
      yield* packages.plan(packagesArgs(args), found);
    } else {
      const stranger = foreign(bundle, found.machine);
      if (stranger) return yield stranger;
      if (packaged) return yield refuse('the package kubelet is installed on this node', `version ${packaged.version}: its unit and programs would stand beside those of the bundle`, { hint: "Take it away first (`kubePackages` with `state: 'absent'` and no bundle), or install from packages here too." });
      yield* planPrograms(programsOf(bundle, dir), found, version);
      for (const [path, text, is] of [[kubeletUnitPath, kubeletUnit(dir), service], [kubeletDropInPath, kubeletDropIn(dir), dropIn]] as const) {
        if (is !== text) yield change(path, is, text, sh`mkdir -p -- ${path.slice(0, path.lastIndexOf('/'))}
umask 022
printf %s ${text} >${`${path}.plinth`}
mv -f -- ${`${path}.plinth`} ${path}
systemctl daemon-reload`);
      }
    }
    if (!isEnabled(unit)) yield change('kubelet.service at boot', 'disabled', 'enabled', sh`systemctl enable kubelet.service`);
  },

  brings: ({ state, bundle }) => (state === 'absent' ? [] : [...programs, ...(bundle ? [] : ['crictl'])].map((name) => `program ${name}`)),

  output: (args) => ({ version: args.state === 'absent' ? undefined : versionOf(args) }),
});

interface Asked {
  readonly version?: string | undefined;
  readonly bundle?: Bundle | undefined;
  readonly repository?: z.output<typeof repository> | undefined;
  readonly criTools: boolean;
  readonly hold: boolean;
  readonly allowDowngrade: boolean;
  readonly state: 'present' | 'absent';
}

const pathsIn = (dir: string): string[] => programs.map((name) => `${dir}/${name}`);
const programsOf = (bundle: Bundle, dir: string) => bundle.programs.filter(({ path }) => programs.includes(path)).map((file) => ({ file, to: `${dir}/${file.path}` }));

/** Either is there: the arguments are refused otherwise. What goes needs none. */
const versionOf = ({ version, bundle }: Pick<Asked, 'version' | 'bundle'>): string => version ?? bundle?.versions.kubernetes ?? 'v1.0.0';

const repositoryArgs = ({ repository: { apt, dnf, key, replaces = [] } = { replaces: [] }, state, ...args }: Asked) =>
  packageRepository.args.parse({
    name: 'kubernetes',
    state,
    kubernetes: minorOf(versionOf(args)),
    replaces,
    ...(key ? { key } : {}),
    ...(apt === undefined ? {} : { apt: { url: apt } }),
    ...(dnf === undefined ? {} : { dnf: { url: dnf } }),
  });

const packagesArgs = ({ criTools, hold, allowDowngrade, state, ...args }: Asked) =>
  packages.args.parse({
    names: [...programs.map((name) => (state === 'absent' ? name : `${name}=${versionOf(args).slice(1)}-*`)), ...(criTools ? ['cri-tools'] : [])],
    state,
    allowDowngrade,
    startServices: false,
    recommends: false,
    purge: true,
    ...(state === 'absent' ? {} : { hold }),
  });

const isEnabled = (unit: Unit | undefined): boolean => unit !== undefined && ['enabled', 'alias', 'indirect', 'generated'].includes(unit.file);
