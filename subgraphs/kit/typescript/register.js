// Lets Node run the sources as they are: `node --import=#typescript <file>`. Newer releases can do so by
// themselves, as they do in the images; like this, errors read the same on all of them.
import { register } from 'node:module';

register('./load.js', import.meta.url);
