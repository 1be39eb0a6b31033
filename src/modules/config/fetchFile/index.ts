import { z } from 'zod';
import { defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { absolutePath } from '../../args/absolutePath.ts';

/** In bytes. It travels as a reading, each time. */
const limit = 1024 * 1024;

/**
 * Reads a small file of a node, for other tasks. To keep it on this machine, hand its output to a command here:
 *
 *     const conf = task('read it', fetchFile, { path: '/etc/kubernetes/admin.conf' });
 *     task('keep it', command, { run: 'umask 077; cat >admin.conf', stdin: conf.output.get('content') }, { delegate: 'controller' });
 */
export const fetchFile = defineModule({
  name: 'fetchFile',
  summary: 'A small file of the node, read for other tasks.',

  args: z.strictObject({
    path: absolutePath().describe('The file, at most 1 MiB. A link is followed.'),
    as: z.enum(['text', 'base64']).default('text').describe('How the output gives its content: as it is, or in base64 where it is no text.'),
    optional: z.boolean().default(false).describe('Takes it that there is no such file: the content is then empty and `found` is false.'),
  }),

  observe: ({ path, as }) => ({
    target: read.target(path),
    content: read.shell(
      sh`f=${path}; if [ -f "$f" ] && [ "$(wc -c <"$f")" -le ${limit} ]; then ${as === 'text' ? sh`cat -- "$f"` : sh`base64 <"$f"`}; fi`,
      z.string().transform((text) => (as === 'base64' ? text.replaceAll('\n', '') : text)),
    ),
  }),

  *plan({ path, as, optional }, { target, content }) {
    if (!target) {
      if (!optional) yield refuse(`there is no file ${path}`, 'nothing to read', { hint: 'Let an earlier task bring it, or say optional: true.' });
    } else if (target.type !== 'file') yield refuse(`${path} is not a file`, `there is a ${target.type}`, { hint: 'Name a file.' });
    else if (target.size > limit) yield refuse(`${path} is too large to be read here`, `it has ${target.size} bytes, more than ${limit}`, { hint: 'Move it by scp, or by a command of your own.' });
    else if (as === 'text' && content !== undefined && Buffer.byteLength(content) !== target.size) yield refuse(`${path} is not a text in UTF-8`, `it has ${target.size} bytes, which do not come through as text`, { hint: "Say as: 'base64'." });
  },

  output: ({ path }, { target, content }) => ({ path, found: target !== undefined, content: content ?? '' }),
});
