// Business addresses in the invented province.
import type { Random } from './random.ts';
import { regionOf } from './synthetic-region.ts';

const STREETS =
  '晨光路 星河大道 望海街 云杉路 澄湖东路 枫林大街 科创一路 科创三路 新港路 竹溪巷'.split(' ');

/** Draws a business address in a region, in Chinese: city, district, street and number. */
export function addressIn(region: string, random: Random): string {
  const street = random.pick(STREETS);
  const room = random.chance(0.4) ? `${random.integer(1, 30)}层` : '';
  return `${regionOf(region).nameZh}${street}${random.integer(1, 888)}号${room}`;
}
