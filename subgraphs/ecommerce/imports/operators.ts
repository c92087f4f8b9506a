// Identities of operators as platforms verify and report them. Of contacts only a service line and,
// unless it may be a dwelling, the address of business is read.
import { z } from 'zod';
import {
  categoryOf,
  column,
  endClock,
  parseCreditCode,
  recordFile,
  runClocks,
} from '../../kit/index.ts';
import { IDENTITY_CLOCKS } from '../clocks.ts';
import { operators } from '../records.ts';
import {
  platformCode,
  publisherCode,
  required,
  requiredDay,
  retrievedAt,
  serviceTelephone,
  subjectCode,
  subjectName,
  VERIFICATIONS,
} from './shared-columns.ts';
import { readServiceTelephone } from './telephone.ts';
import { readWebAddress } from './web-address.ts';

const LICENCES = z
  .array(
    z.strictObject({
      kind: z.string().trim().min(1).max(100),
      number: z.string().trim().min(1).max(100),
      issuer: z.string().trim().min(1).max(200).optional(),
      validUntil: z.iso.date().optional(),
    }),
  )
  .max(50);

/** The file format of operators. */
export const operatorFile = recordFile({
  name: 'operators',
  table: operators,
  changedBy: ['verifiedOn', 'closureAnnouncedOn', 'closedOn'],
  columns: {
    subjectCode,
    subjectName,
    operatorType: column.choice(
      ['经营者类型', 'operator_type'],
      { 平台经营者: 'PLATFORM', 平台内经营者: 'ON_PLATFORM', 自建网站经营者: 'OWN_SITE' },
      required,
    ),
    platform: column.text(['平台名称', 'platform'], { required: true, max: 200 }),
    platformCode,
    licenceNumber: column.text(['营业执照注册号', 'licence_number'], { required: true, max: 30 }),
    licenceName: column.text(['营业执照名称', 'licence_name'], { required: true, max: 200 }),
    licences: column.json(['其他行政许可', 'licences']),
    licencePage: column.text(['证照公示链接', 'licence_page'], { max: 500 }),
    licenceShown: column.boolean(['是否公示营业执照', 'licence_shown']),
    verification: column.choice(['身份核验状态', 'verification'], VERIFICATIONS, required),
    verifiedOn: column.date(['核验日期', 'verified_on'], requiredDay),
    reverifyBy: column.date(['下次核验期限', 'reverify_by'], { open: 'none' }),
    closureAnnouncedOn: column.date(['终止经营公示日期', 'closure_announced_on'], {
      open: 'none',
    }),
    closedOn: column.date(['终止经营日期', 'closed_on'], { open: 'none' }),
    businessAddress: column.text(['经营地址', 'business_address'], { max: 300 }),
    serviceTelephone,
    publisher: column.text(['报送机构', 'authority'], { required: true, max: 200 }),
    publisherCode,
    retrievedAt,
  },
  draft: (cells, reject) => {
    const licence = parseCreditCode(cells.licenceNumber);
    if (licence.valid && licence.normalized !== cells.subjectCode) {
      return reject('licenceNumber', 'the licence is that of another subject');
    }
    const { closureAnnouncedOn, closedOn, licencePage } = cells;
    if (closedOn !== undefined && closureAnnouncedOn !== undefined) {
      if (closedOn < closureAnnouncedOn)
        return reject('closedOn', 'closed before it was announced');
    }
    const licences = LICENCES.safeParse(cells.licences ?? []);
    if (!licences.success) return reject('licences', 'not a list of licences as the format says');
    const isHousehold = categoryOf(cells.subjectCode) === 'INDIVIDUAL_HOUSEHOLD';
    const clocks = runClocks(IDENTITY_CLOCKS, cells.verifiedOn, {
      DECIDED: cells.verifiedOn,
      ACT_ENDED: closedOn,
    });
    return {
      subjectCode: cells.subjectCode,
      values: {
        operatorType: cells.operatorType,
        platform: cells.platform,
        platformCode: cells.platformCode,
        licenceNumber: licence.valid ? licence.normalized : cells.licenceNumber,
        licenceName: cells.licenceName,
        licences: licences.data,
        licencePage:
          licencePage === undefined
            ? undefined
            : readWebAddress(licencePage, (reason) => reject('licencePage', reason)),
        licenceShown: cells.licenceShown,
        verification: cells.verification,
        verifiedOn: cells.verifiedOn,
        reverifyBy: cells.reverifyBy,
        closureAnnouncedOn,
        closedOn,
        businessAddress: isHousehold ? undefined : cells.businessAddress,
        serviceTelephone: readServiceTelephone(cells.serviceTelephone),
        subjectName: cells.subjectName,
      },
      source: {
        publisher: cells.publisher,
        publisherCode: cells.publisherCode,
        decidedOn: cells.verifiedOn,
        retrievedAt: cells.retrievedAt,
      },
      clocks:
        closedOn === undefined
          ? clocks
          : { ...clocks, display: endClock(clocks.display, closedOn) },
      sortDate: cells.verifiedOn,
    };
  },
});
