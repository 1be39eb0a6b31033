import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';

/** Handlebars takes 20 ms to load: only a playbook that renders pays for it. The bundle has it within (`scripts/build.mjs`). */
export const loadHandlebars = (): typeof Handlebars => createRequire(import.meta.url)('handlebars');
