import fc from 'fast-check';

// Properties look at other cases in every run, which is how they find things. In CI they look at the same ones each time, so
// that a failure there is the fault of the change.
if (process.env.CI !== undefined) fc.configureGlobal({ seed: 20_261_120 });
