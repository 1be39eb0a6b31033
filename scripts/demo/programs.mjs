import { spawn } from 'node:child_process';
import { root } from '../setup.mjs';

/** Programs of the demo, one at a time: whoever interrupts the demo ends the one that runs. */
export function programs() {
  let running;
  const start = (command, args, stdio) => {
    // Without a Node warning or a colour in what is captured.
    running = spawn(command, args, { cwd: root, stdio: ['ignore', ...stdio] });
    return running;
  };
  const ended = (child, what, expected, output = () => '') =>
    new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => (code === expected ? resolve(output()) : reject(new Error(`${what} ended with ${signal ?? code}\n${output()}`.trimEnd()))));
    });
  return {
    /** Lets the program write to the screen. */
    show: (command, args, expected = 0) => ended(start(command, args, ['inherit', 'inherit']), [command, ...args].join(' '), expected),
    /** Gives what the program writes. */
    capture(command, args) {
      const child = start(command, args, ['pipe', 'pipe']);
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
      return ended(child, [command, ...args].join(' '), 0, () => out).catch((error) => {
        throw new Error(`${error.message}\n${err}`.trimEnd(), { cause: error });
      });
    },
    end: (signal) => running?.kill(signal),
  };
}
