import { z } from 'zod';
import { change, defineModule, read } from '../../../contract/index.ts';
import { mark, originalOf, putBack, replaceFile } from '../../host/original.ts';

const path = '/etc/crictl.yaml';

/** Tells crictl where the runtime answers, so that it need not try all sockets it has heard of, with a warning each time. */
export const crictl = defineModule({
  name: 'crictl',
  summary: 'Where crictl finds the container runtime.',

  args: z.strictObject({
    state: z.enum(['present', 'absent']).default('present').describe('`absent` takes the file away, or brings back what was there before.'),
    endpoint: z.string().regex(/^(unix|tcp):\/\/\S+$/, 'must be a socket, such as unix:///run/containerd/containerd.sock').default('unix:///run/containerd/containerd.sock').describe('The socket of the runtime.'),
    timeoutSeconds: z.int().min(0).default(10).describe('How long crictl waits for an answer, in seconds. Its own default of 2 is short while a node is busy.'),
    debug: z.boolean().default(false).describe('Prints what is asked and answered.'),
    pullImageOnCreate: z.boolean().default(false).describe('Fetches an image when a container is created by hand.'),
  }),

  observe: () => ({ found: read.text(path), original: read.text(originalOf(path)) }),

  *plan({ state, endpoint, timeoutSeconds, debug, pullImageOnCreate }, { found, original }) {
    if (state === 'absent') {
      if (original !== undefined || found?.startsWith(mark)) yield change(path, found, original, putBack(path));
      return;
    }
    const text = `${mark}\nruntime-endpoint: ${endpoint}\nimage-endpoint: ${endpoint}\ntimeout: ${timeoutSeconds}\ndebug: ${debug}\npull-image-on-create: ${pullImageOnCreate}\n`;
    if (found !== text) yield change(path, found, text, replaceFile({ path, text }));
  },
});
