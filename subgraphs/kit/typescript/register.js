// Lets Node run the sources as they are: `node --import=#typescript <file>`. Newer releases do so by
// themselves, and need nothing of this.
import { register } from 'node:module';

if (!process.features.typescript) register('./load.js', import.meta.url);
