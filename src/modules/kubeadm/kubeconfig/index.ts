import { change, defineModule, refuse, sh, upload } from '../../../contract/index.ts';
import { kubeconfigArgs } from './args.ts';
import { here } from './here.ts';
import { contextIn, holdsAny, userOf, withContext, withoutContext } from './merge.ts';

/**
 * To be delegated to the controller, with the content that fetchFile read on a control plane:
 *
 *     const conf = play('Credentials', first(groups.controlPlane), ({ task }) => task('read', fetchFile, { path: '/etc/kubernetes/admin.conf' }).output);
 *     ... task('keep', kubeconfig, { context: 'homelab', content: conf.get('content') }, { delegate: 'controller', runOnce: true })
 *
 * Whether the content is new cannot be seen before it is fetched: a context that is there, with the right server, is left alone.
 * So take it away (`absent`) where its cluster is ended.
 */
export const kubeconfig = defineModule({
  name: 'kubeconfig',
  summary: 'The credentials of a cluster in a kubeconfig, as a context beside others.',

  args: kubeconfigArgs,

  observe: ({ path }) => ({ file: here(path) }),

  *plan({ state, context, content, server, select }, { file }) {
    const { path, user, group, text, mode, hasFolder } = file;
    const broken = text === undefined ? undefined : wrong(text);
    if (broken !== undefined) return yield refuse(`${path} is no kubeconfig`, broken, { hint: 'Mend it, or choose another file.', final: true });
    const put = (merged: Parameters<typeof upload>[0]['content']) => upload({ path, content: merged, mode: '0600', owner: user, group });
    if (state === 'absent') {
      if (text !== undefined && holdsAny(text, context)) yield change(`${path}: ${context}`, 'a context', undefined, put(withoutContext(text, context)));
      return;
    }
    const found = text === undefined ? undefined : contextIn(text, context);
    const isRight = found !== undefined && (server === undefined || found.server === server) && (!select || found.isCurrent);
    if (!isRight && content) {
      const parent = path.slice(0, path.lastIndexOf('/'));
      if (!hasFolder) yield change(parent, undefined, 'directory', sh`mkdir -p -m 0700 -- ${parent}`);
      yield change(`${path}: ${context}`, shown(found), `${userOf(context)} at ${server ?? 'the server of the content'}${select ? ', current' : ''}`, put(content.map(`${content.label} as context ${context}`, (fresh) => withContext(text, fresh, { context, server, select }))));
    } else if (mode !== undefined && mode !== '0600') yield change(`${path} mode`, mode, '0600', sh`chmod 0600 -- ${path}`);
  },

  output: ({ context }, { file }) => ({ path: file.path, context }),
});

const shown = (found: { readonly server: string; readonly isCurrent: boolean } | undefined): string | undefined => found && `${found.server}${found.isCurrent ? ', current' : ''}`;

function wrong(text: string): string | undefined {
  try {
    contextIn(text, '');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
