// Written by scripts/new-module.mjs --index: do not edit.
