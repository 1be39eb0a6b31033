// Colours, cursor moves (CSI), titles and links (OSC) that a remote program may print.
// oxlint-disable-next-line no-control-regex
const escapes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g;
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** What a node said, made safe for a terminal: no escape sequence passes, other control characters are spelled out. */
export const printable = (text: string): string => text.replace(escapes, '').replaceAll('\r\n', '\n').replace(controls, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** The last line that says something; a progress bar's carriage returns count as line ends. */
export function lastLine(text: string): string | undefined {
  return printable(text.replaceAll('\r', '\n'))
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');
}
