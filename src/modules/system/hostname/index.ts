import { z } from 'zod';
import { change, defineModule, read, sh, upload } from '../../../contract/index.ts';

const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export const hostname = defineModule({
  name: 'hostname',
  summary: 'The name of the node, now and at every boot.',

  args: z.strictObject({
    name: z
      .string()
      .max(64, 'must not be longer than 64 characters, which is all the kernel takes')
      .refine((name) => name.split('.').every((part) => label.test(part)), 'must be letters, digits and hyphens, in parts between dots')
      .describe('The name, as in node1 or node1.example.org. Kubernetes wants small letters.'),
  }),

  observe: () => ({ saved: read.text('/etc/hostname'), live: read.sysctl('kernel.hostname') }),

  *plan({ name }, { saved, live }) {
    // Comments are allowed in the file: the first other line counts.
    const boot = saved?.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'));
    if (boot !== name) yield change('/etc/hostname', boot, name, upload({ path: '/etc/hostname', content: `${name}\n`, mode: '0644', owner: 'root', group: 'root' }));
    if (live !== name) yield change('hostname', live, name, sh`if command -v hostname >/dev/null 2>&1; then hostname ${name}; else printf %s ${name} >/proc/sys/kernel/hostname; fi`);
  },
});
