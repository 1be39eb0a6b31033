import { z } from 'zod';
import { defineAction } from '../../../contract/index.ts';
import { unitName } from '../../args/unitName.ts';
import { started } from '../../system/service/started.ts';

/** For units that read their configuration again without being stopped. */
export const reloadService = defineAction({
  name: 'reloadService',
  summary: 'Has a systemd unit read its configuration again, or restarts it where it cannot.',
  args: z.strictObject({ name: unitName().describe('The unit; without an ending it is a service.') }),
  run: ({ name }) => started(name, 'reload-or-restart'),
});
