// Words of the frame of every page, of signing in, and of what stands where nothing is yet.
/** The frame. */
export const layout = {
  skip: '跳到正文',
  navigation: '页面',
  language: '语言',
  theme: '主题',
  themes: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
  pages: {
    editor: '查询',
    subjects: '信用报告',
    access: '查询授权',
    map: '图谱总览',
    sectors: '领域维护',
  },
};

/** Who asks. */
export const session = {
  inquiry: '查询人与查询目的',
  who: '查询身份',
  nobody: '匿名',
  pasted: '粘贴的令牌',
  purpose: '目的',
  noPurpose: '未声明目的',
  case: '案件编号',
  dutyIn: '{{sector}}领域履职',
  signIn: '登录',
  signOut: '退出',
  ownToken: '使用其他令牌……',
  signInAgain: '重新登录',
  renew: '续期',
  hoursLeft: '令牌余 {{hours}} 小时 {{minutes}} 分',
  minutesLeft: '令牌余 {{minutes}} 分',
  expired: '令牌已到期',
  expiredHint: '令牌已到期。请续期或重新登录，查询语句会保留。',
  soonHint: '令牌将在五分钟内到期。请续期，查询语句会保留。',
  noReady: '无法列出预置身份。请重新加载页面。',
  failed: '登录未成功。',
  failedHint: '请重试；若仍失败，请联系运维方。查询语句会保留。',
  openIdLead: '在本机构的登录服务登录，完成后会返回本页。',
  openId: '通过本机构登录',
  openIdFailed: '无法连接登录服务。请稍后重试。',
  comingBack: '正在登录……',
  token: '访问令牌',
  tokenHint: '由本网关信任的签发方签发的 JWT。令牌只保存在内存中，关闭页面即清除。',
  tokenWrong: '这不是令牌：令牌由三段字母数字组成，以点分隔。',
  useToken: '使用此令牌',
  gateTitle: '登录',
  gateLead: '运维方规定，登录后方可使用这些页面。',
};

/** Waiting, nothing, and failure. */
export const states = {
  loading: '正在加载……',
  again: '重试',
  close: '关闭',
  cancel: '取消',
  copy: '复制',
  copied: '已复制',
  request: '请求编号 {{id}}',
  place: '第 {{line}} 行第 {{column}} 列',
  moreErrors: '另有 {{count}} 个错误未显示。',
  failure: {
    unreachable: '无法连接网关。',
    deadline: '网关未在时限内应答。',
    'not-an-answer': '返回的内容不是图谱的应答。',
  },
  failureHint: {
    unreachable: '请检查网络后重试。没有任何改动。',
    deadline: '请减少一次查询的内容，或稍后重试。',
    'not-an-answer': '本页与网关之间另有程序代为应答。请联系运维方。',
  },
  broken: '本页出现故障。',
  brokenHint: '请重新加载；编辑器中的内容会保留。若仍失败，请联系运维方。',
  reload: '重新加载页面',
  nothingHere: '此地址没有页面',
  toEditor: '前往查询编辑器',
};
