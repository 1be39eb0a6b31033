import { playbook } from 'plinth';
import { kernelArguments, reboot } from 'plinth/modules';
import { fleet } from '../../../inventory/schema.ts';

/** An argument of the kernel, and the restart that it takes: what only a machine with a kernel of its own can show. */
export default playbook(fleet, ({ play, groups }) => {
  play('Boot with another argument', groups.all, ({ task }) => {
    task('kernel arguments', kernelArguments, { present: ['transparent_hugepage=madvise'] });
    task('restart', reboot, { newerThan: ['/boot/grub/grub.cfg'], kernel: false, timeout: 1_200_000 });
  });
});
