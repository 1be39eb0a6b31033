import { z } from 'zod';
import { isSource, type Source } from '../../contract/index.ts';

/** The content of a file of the controller, read when it is sent. */
export const localContent = () => z.custom<Source>(isSource, 'must be the content of a file that localTree or openBundle read').describe('Read when it is sent.').meta({ title: 'Source' });
