import { z } from 'zod';
import { defineAction, sh } from '../../../contract/index.ts';

/** The `service` module does this by itself for its own unit. */
export const daemonReload = defineAction({
  name: 'daemonReload',
  summary: 'Has systemd read all unit files again.',
  args: z.strictObject({}),
  run: () => sh`systemctl daemon-reload`,
});
