export { defineTemplate, type Rendering, type Template } from './define.ts';
