// Lets Node run the sources as they are: `node --import=#typescript <file>`. Newer releases can do so by
// themselves, as they do in the images; like this it takes less time, and errors read the same.
import { register } from 'node:module';

register('./load.js', import.meta.url);
