import { change, defineModule, type KubeRelease, read, refuse, sh, upload } from '../../../contract/index.ts';
import { grace } from '../objects/plan-object.ts';
import { type ReleaseArgs, releaseArgs } from './args.ts';
import { chartPath, folder, installing, uninstalling } from './effects.ts';
import { isSameTree, toldRelease } from './told.ts';

/**
 * Helm renders and applies; what there is, is read from the Secret in which Helm keeps a release. A release that was made by hand is
 * adopted, one that was cut off or has failed is repaired.
 */
export const helmRelease = defineModule({
  name: 'helmRelease',
  summary: 'A Helm release: its chart, version and values.',

  args: releaseArgs,

  observe: ({ name, namespace, file, version, kubeconfig }) => ({
    found: read.kubeRelease(namespace, name, kubeconfig),
    helm: read.condition('command -v helm'),
    ...(file === undefined ? {} : { folder: read.stat(folder), sent: read.sha256(chartPath(name, version)) }),
  }),

  *plan(args, { found: { release }, helm, folder: there, sent }) {
    const { name, version, file, state, timeout } = args;
    const what = `release ${args.namespace}/${name}`;
    const from = release && toldRelease({ ...release, note: noteOf(release) });
    const options = { timeout: timeout * (args.wait ? 2 : 1) + grace, critical: true };
    if (state === 'absent' ? !release : release && isAsWanted(args, release)) return;

    const changes =
      state === 'absent'
        ? [change(what, from, undefined, uninstalling(args), options)]
        : [
            ...(file && !there ? [change(folder, undefined, 'directory 0700', sh`install -d -m 0700 -- ${folder}`)] : []),
            ...(file && sent !== file.sha256 ? [change(chartPath(name, version), sent === undefined ? undefined : `sha256 ${sent}`, `sha256 ${file.sha256}, ${file.size} bytes`, upload({ path: chartPath(name, version), content: file, mode: '0600', owner: 'root', group: 'root' }))] : []),
            change(what, from, toldRelease({ chart: nameOf(args), version: version ?? '', values: args.values, note: 'deployed' }), installing(args, release), options),
          ];
    if (helm?.holds === false) return yield refuse('there is no helm on this node', 'no program of that name is in the PATH', { hint: 'Install it in an earlier task: helm, from a bundle or by download.', unless: { brought: ['program helm'], changes } });
    yield* changes;
  },
});

const nameOf = ({ chart = '' }: ReleaseArgs): string => chart.slice(chart.lastIndexOf('/') + 1);

const isAsWanted = (args: ReleaseArgs, { status, chart, version, values }: KubeRelease): boolean => status === 'deployed' && chart === nameOf(args) && bare(version) === bare(args.version ?? '') && isSameTree(values, args.values);

const bare = (version: string): string => version.replace(/^v/, '');

const noteOf = ({ status, revision, description }: KubeRelease): string => `${status}, revision ${revision}${status === 'deployed' || description === '' ? '' : `: ${description.split('\n')[0]?.slice(0, 200)}`}`;
