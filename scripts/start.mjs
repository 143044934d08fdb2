// `npm start`: installs what is missing, builds the site and serves it.
import { install, npm } from './install.mjs';

for (const step of [install, () => npm('run', '--silent', 'build'), () => npm('run', '--silent', 'preview')]) {
  const status = step();
  if (status !== 0) process.exit(status);
}
