// Disclosed emissions: public for holders of key permits, and records for them only.
import { column, recordFile, runClocks } from '../../kit/index.ts';
import { EMISSION_CLOCKS } from '../clocks.ts';
import { emissions } from '../records.ts';
import { TIERS } from './permits.ts';
import {
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  subjectCode,
  subjectName,
} from './shared-columns.ts';

const tonnes = { min: 0, max: 1e9 } as const;

/** The file format of disclosed emissions. */
export const emissionFile = recordFile({
  name: 'emissions',
  table: emissions,
  columns: {
    subjectCode,
    subjectName,
    certificateNumber: column.text(['许可证编号', 'certificate_number'], {
      required: true,
      max: 100,
    }),
    tier: column.choice(['管理类别', 'tier'], TIERS, required),
    period: column.text(['排放时段', 'period'], { required: true, max: 6 }),
    medium: column.choice(
      ['排放类型', 'medium'],
      { 废水: 'WATER', 废气: 'AIR', 固体废物: 'SOLID_WASTE' },
      required,
    ),
    pollutant: column.text(['污染物名称', 'pollutant'], { required: true, max: 100 }),
    tonnes: column.decimal(['实际排放量(吨)', 'tonnes'], { ...tonnes, required: true }),
    permittedTonnes: column.decimal(['许可排放量(吨)', 'permitted_tonnes'], tonnes),
    meanConcentration: column.decimal(['平均浓度', 'mean_concentration'], tonnes),
    concentrationUnit: column.text(['浓度单位', 'concentration_unit'], { max: 20 }),
    exceedances: column.integer(['超标次数', 'exceedances']),
    disclosedOn: column.date(['公开日期', 'disclosed_on'], requiredDay),
    publisher: column.text(['公开平台主管机关', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    if (cells.tier !== 'KEY') {
      return reject('tier', 'only holders of key permits disclose emissions');
    }
    if (!/^\d{4}(?:Q[1-4])?$/.test(cells.period)) {
      return reject('period', 'a period is written 2025 or 2025Q1');
    }
    if (cells.disclosedOn < cells.period.slice(0, 4)) {
      return reject('disclosedOn', 'disclosed before the period began');
    }
    if (cells.meanConcentration !== undefined && cells.concentrationUnit === undefined) {
      return reject('concentrationUnit', 'a concentration without its unit');
    }
    return {
      subjectCode: cells.subjectCode,
      values: {
        certificateNumber: cells.certificateNumber,
        period: cells.period,
        year: Number(cells.period.slice(0, 4)),
        medium: cells.medium,
        pollutant: cells.pollutant,
        tonnes: cells.tonnes,
        permittedTonnes: cells.permittedTonnes,
        meanConcentration: cells.meanConcentration,
        concentrationUnit: cells.concentrationUnit,
        exceedances: cells.exceedances,
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        documentNumber: cells.certificateNumber,
        publishedOn: cells.disclosedOn,
        decidedOn: cells.disclosedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks: runClocks(EMISSION_CLOCKS, cells.disclosedOn, { DECIDED: cells.disclosedOn }),
      sortDate: cells.disclosedOn,
    };
  },
});
