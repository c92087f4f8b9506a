// What a discharge permit lists in nested form, as the format accepts it: outlets with their
// pollutants, monitoring duties, and processes.
import { z } from 'zod';

const text = z.string().trim().min(1).max(200);
const amount = z.number().min(0).max(1e9);

/** The outlets of a site, at most 200 with 100 pollutants each. */
export const OUTLETS = z
  .array(
    z.strictObject({
      number: z.string().trim().min(1).max(40),
      medium: z.enum(['WATER', 'AIR', 'SOLID_WASTE']),
      position: text.optional(),
      mode: text.optional(),
      destination: text.optional(),
      pollutants: z
        .array(
          z.strictObject({
            name: text,
            concentrationLimit: amount.optional(),
            concentrationUnit: z.string().trim().min(1).max(20).optional(),
            yearlyTonnes: amount.optional(),
          }),
        )
        .max(100),
    }),
  )
  .max(200);

/** The monitoring duties of a site, at most 500. */
export const MONITORING_DUTIES = z
  .array(
    z.strictObject({
      outlet: z.string().trim().min(1).max(40).optional(),
      factor: text,
      method: z.enum(['AUTOMATIC', 'MANUAL']),
      frequency: text,
    }),
  )
  .max(500);

/** The processes of a site, at most 100. */
export const PROCESSES = z
  .array(
    z.strictObject({
      name: text,
      yearlyCapacity: text.optional(),
      materials: z.array(text).max(100),
    }),
  )
  .max(100);
