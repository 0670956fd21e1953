// Plain old JavaScript on purpose: it has to run on the very Node it refuses.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    'This needs Node.js 24 or newer, and found ' +
      process.version +
      '. Run "npm ci" once: it brings a Node of its own, and the npm scripts use that.',
  );
  process.exit(1);
}
