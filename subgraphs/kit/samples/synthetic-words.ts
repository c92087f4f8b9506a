// The word lists that invented names are made of. Brands are drawn from nature and weather, begin
// with no common family name and with no known brand, so that no name is a person or a firm.

/** A word in Chinese and in English or pinyin. */
export interface Word {
  readonly zh: string;
  readonly en: string;
}

/** A division of the industrial classification GB/T 4754, with words for names of its firms. */
export interface SyntheticIndustry {
  /** Section letter and division, for example E47. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Share among enterprises, relative to the others. */
  readonly weight: number;
  readonly words: readonly Word[];
}

/** Gives the syllables that a brand begins with. */
export const BRAND_FIRST: readonly Word[] = wordsOf(
  '星xing 云yun 晨chen 岚lan 霁ji 澜lan 清qing 松song 竹zhu 枫feng 禾he 溪xi 湖hu 瀚han 远yuan ' +
    '恒heng 启qi 新xin 泰tai 瑞rui 嘉jia 锦jin 昊hao 晟sheng 鼎ding 铭ming 天tian 海hai 东dong ' +
    '北bei 南nan 翠cui 碧bi 青qing 玉yu 宏hong 鸿hong 祥xiang 福fu 智zhi 曦xi 沐mu',
);

/** Gives the syllables that a brand goes on with. */
export const BRAND_NEXT: readonly Word[] = wordsOf(
  '河he 岭ling 川chuan 原yuan 泽ze 湾wan 辉hui 源yuan 峰feng 益yi 程cheng 途tu 帆fan 港gang ' +
    '桥qiao 越yue 晖hui 洲zhou 屿yu 渡du 岩yan 野ye 园yuan 棠tang 荷he 梧wu 榆yu 雁yan 鹭lu ' +
    '鹤he 屏ping 衡heng 策ce 尚shang 佳jia 润run 翔xiang 诚cheng 和he 堤di 潮chao 曜yao',
);

/** Lists the industries of enterprises. */
export const INDUSTRIES: readonly SyntheticIndustry[] = [
  industry('A01', '农业', 'Agriculture', 3, '农业发展=Agricultural Development 种业=Seeds'),
  industry('C13', '农副食品加工业', 'Food processing', 4, '食品=Foods 粮油=Grain and Oil'),
  industry('C17', '纺织业', 'Textiles', 3, '纺织=Textile 织造=Weaving'),
  industry('C26', '化学原料和化学制品制造业', 'Chemicals', 4, '化工=Chemical 新材料=New Materials'),
  industry('C30', '非金属矿物制品业', 'Mineral products', 3, '建材=Building Materials 水泥=Cement'),
  industry('C33', '金属制品业', 'Metal products', 4, '金属制品=Metal Products 表面处理=Plating'),
  industry('C35', '专用设备制造业', 'Special equipment', 4, '机械=Machinery 装备制造=Equipment'),
  industry(
    'C39',
    '计算机、通信和其他电子设备制造业',
    'Electronics',
    4,
    '电子=Electronics 光电=Optics',
  ),
  industry('D44', '电力、热力生产和供应业', 'Power and heat', 2, '能源=Energy 热力=Heating'),
  industry('E47', '房屋建筑业', 'Building', 7, '建设=Construction 建筑工程=Building Engineering'),
  industry(
    'E48',
    '土木工程建筑业',
    'Civil engineering',
    5,
    '市政工程=Municipal Works 路桥=Bridges',
  ),
  industry('E50', '建筑装饰业', 'Decoration', 4, '装饰工程=Decoration 幕墙=Curtain Wall'),
  industry('F51', '批发业', 'Wholesale', 10, '贸易=Trading 供应链=Supply Chain 商贸=Commerce'),
  industry(
    'F52',
    '零售业',
    'Retail',
    9,
    '商业=Commercial 电子商务=E-Commerce 百货=Department Store',
  ),
  industry('G54', '道路运输业', 'Road transport', 5, '物流=Logistics 运输=Transport'),
  industry('H62', '餐饮业', 'Catering', 3, '餐饮管理=Catering Management 餐饮=Catering'),
  industry(
    'I65',
    '软件和信息技术服务业',
    'Software',
    8,
    '信息技术=Information Technology 软件=Software',
  ),
  industry('K70', '房地产业', 'Real estate', 4, '置业=Real Estate 物业服务=Property Services'),
  industry('L72', '商务服务业', 'Business services', 6, '咨询=Consulting 企业管理=Management'),
  industry(
    'M74',
    '专业技术服务业',
    'Technical services',
    4,
    '工程咨询=Engineering Consulting 检测=Testing',
  ),
  industry(
    'N77',
    '生态保护和环境治理业',
    'Environmental services',
    3,
    '环保科技=Environmental Technology',
  ),
];

/** Lists the shops of individual households, each with its industry. */
export const SHOPS: readonly SyntheticIndustry[] = [
  industry(
    'F52',
    '零售业',
    'Retail',
    6,
    '便民超市=Convenience Store 五金店=Hardware 水果店=Fruit Shop',
  ),
  industry(
    'H62',
    '餐饮业',
    'Catering',
    4,
    '面馆=Noodle House 小吃店=Snack Bar 茶餐厅=Tea Restaurant',
  ),
  industry('O80', '居民服务业', 'Personal services', 2, '洗衣店=Laundry 理发店=Hairdresser'),
  industry(
    'O81',
    '机动车和日用产品修理业',
    'Repair',
    2,
    '汽车维修部=Car Repair 家电维修部=Repair Shop',
  ),
];

function industry(
  code: string,
  nameZh: string,
  nameEn: string,
  weight: number,
  words: string,
): SyntheticIndustry {
  const pairs = words.split(/ (?=[^ -~])/u).map((word): Word => {
    const [zh = '', en = ''] = word.split('=');
    return { zh, en };
  });
  return { code, nameZh, nameEn, weight, words: pairs };
}

function wordsOf(text: string): readonly Word[] {
  return text.split(' ').map((word) => ({ zh: word.charAt(0), en: word.slice(1) }));
}
