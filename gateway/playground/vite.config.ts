// Bundles the page into a folder that the build names, with everything it needs: the page asks no other host for anything.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  root: join(import.meta.dirname, 'page'),
  // The one document answers at several addresses, so that its parts are named from the root.
  base: '/',
  logLevel: 'warn',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    // What the first load consists of is read from it by a test.
    manifest: true,
    // The editor's language workers are large by nature, and loaded only by the editor.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      onLog(level, log, report) {
        // GraphiQL's modules carry a note to the React compiler, which does not run here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});

// Vite reads the default export; nothing else imports this file.
// oxlint-disable-next-line no-restricted-exports
export default config;
