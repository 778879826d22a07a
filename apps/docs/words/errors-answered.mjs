/** What each answered error means in Chinese, and what to do. The English meaning is its title. */
export const ANSWERED = {
  ERR_INPUT: {
    zh: '请求不合要求',
    todo: {
      zh: '看 `issues`：每一项写出字段与原因。改正后再发；同样的请求再发没有用。',
      en: 'Read `issues`: each names a field and why. Correct it first; the same request never succeeds.',
    },
  },
  ERR_SESSION: {
    zh: '没有有效的会话',
    todo: {
      zh: '重新登录，再发一次。会话最长三天；被停用、抹除、或证明多次被拒时提前结束。kit 会自己重新登录一次。',
      en: 'Log in again and send it once more. A session lasts three days, or ends earlier: blocked, erased, too many refused proofs. The kit logs in once by itself.',
    },
  },
  ERR_LOGIN_REJECTED: {
    zh: '登录被拒',
    todo: {
      zh: '登录码只能用一次，五分钟内有效：重新调用 `wx.login`。一直如此：运行 `sealcard doctor`，看 appid、secret 与 IP 白名单。',
      en: 'A login code counts once and for five minutes: call `wx.login` again. If it stays: run `sealcard doctor` and look at appid, secret and IP allow-list.',
    },
  },
  ERR_PROOF_REJECTED: {
    zh: '这张卡片在这里打不开',
    todo: {
      zh: '所有“不是接收者”的情形只有这一种回答，故意如此。请对方从聊天里点开卡片本身。管理员在审计里看得到原因，接口与指标都不说。',
      en: 'Every case of “not a recipient” has this one answer, on purpose. Ask the person to tap the card itself in the chat. Administrators find the cause in the audit; no answer and no metric tells it.',
    },
  },
  ERR_VIEW_LIMIT: {
    zh: '这张卡片的次数用完了',
    todo: {
      zh: '发送人可以复制卡片再发一次；公司规则里的上限是 `maxOpensPerViewer` 与 `maxViewers`。',
      en: 'The sender may duplicate the card and share it again. The company’s limits are `maxOpensPerViewer` and `maxViewers`.',
    },
  },
  ERR_FORBIDDEN: {
    zh: '你的角色不允许这样做',
    todo: {
      zh: '请有权限的管理员来做，或用另一个令牌。自动化令牌不能创建账号与令牌。',
      en: 'Ask an administrator who may, or use another token. Automation tokens make neither accounts nor tokens.',
    },
  },
  ERR_NOT_FOUND: {
    zh: '没有这个东西',
    todo: {
      zh: '核对编号与地址。别人的卡片与不存在的卡片回答相同。',
      en: 'Check the id and the address. Another person’s card and one that does not exist have the same answer.',
    },
  },
  ERR_IDEMPOTENCY: {
    zh: '这个 Idempotency-Key 已用于另一个请求体',
    todo: {
      zh: '每次新的书写用一个新的随机串；只有重试同一个请求时才用原来的。',
      en: 'Draw a new key for each writing. Only a retry of the same request keeps its key.',
    },
  },
  ERR_CONFLICT: {
    zh: '别处刚刚改过',
    todo: {
      zh: '重新读取，带上新的 `version` 再改。验证审计与换封密钥同一时间只由一个进程做：等它结束。',
      en: 'Read it again and send the change with the new `version`. One process at a time verifies the audit or rewraps keys: wait for it.',
    },
  },
  ERR_H5_UNVERIFIED: {
    zh: '这个应用的网页还不能分享卡片',
    todo: {
      zh: '管理员运行 `sealcard doctor h5`，把它给出的值写进 `h5.keyDerivation`，重启。',
      en: 'An administrator runs `sealcard doctor h5`, writes the value that it names into `h5.keyDerivation`, and restarts.',
    },
  },
  ERR_CARD_REVOKED: {
    zh: '卡片已被撤回',
    todo: {
      zh: '撤回不能取消；请发送人重新发。',
      en: 'A revocation stays. Ask the sender to send another card.',
    },
  },
  ERR_CARD_EXPIRED: {
    zh: '卡片已到期',
    todo: {
      zh: '请发送人延期，或重新发。',
      en: 'Ask the sender to extend it, or to send another card.',
    },
  },
  ERR_VERIFY_WINDOW_CLOSED: {
    zh: '这次分享已经不能再打开',
    todo: {
      zh: '分享的证明最多 120 天有效（`windows.verifyDays`）。请发送人再分享一次。',
      en: 'A share can be proven for at most 120 days (`windows.verifyDays`). Ask the sender to share it again.',
    },
  },
  ERR_SHARE_WINDOW_CLOSED: {
    zh: '这张卡片已经不能再分享',
    todo: {
      zh: '重新声明一次分享，再发。封笺会自己重新声明。',
      en: 'Declare a new share and send that. Sealcard does so by itself.',
    },
  },
  ERR_TOO_LARGE: {
    zh: '请求体太大',
    todo: {
      zh: '各接口的上限见“限制”一页。',
      en: 'The page of limits has the longest body of each route.',
    },
  },
  ERR_MEDIA_TYPE: {
    zh: '请求体必须是 application/json',
    todo: {
      zh: '写上 `Content-Type: application/json`，正文用 UTF-8 的 JSON。',
      en: 'Send `Content-Type: application/json` and JSON in UTF-8.',
    },
  },
  ERR_RATE_LIMITED: {
    zh: '请求太多',
    todo: {
      zh: '等 `Retry-After` 里的秒数。所有人都这样：反向代理没有写进 `trustedProxies`，大家合用了一个地址。',
      en: 'Wait for the seconds of `Retry-After`. If everyone gets it: the reverse proxy is not in `trustedProxies`, so all share one address.',
    },
  },
  ERR_INTERNAL: {
    zh: '服务器出错',
    todo: {
      zh: '在日志里找 `requestId`：那里有堆栈。这是缺陷，请报告。',
      en: 'Find the `requestId` in the log: the stack is there. It is a fault; please report it.',
    },
  },
  ERR_PLATFORM_UNAVAILABLE: {
    zh: '平台没有回答',
    todo: {
      zh: '等 `Retry-After` 后再试。一直如此：`sealcard doctor` 会说是域名、证书、代理还是平台。',
      en: 'Try again after `Retry-After`. If it stays, `sealcard doctor` says whether it is name, certificate, proxy or platform.',
    },
  },
  ERR_STORAGE_UNAVAILABLE: {
    zh: '数据库没有回答',
    todo: {
      zh: '等 `Retry-After` 后再试；什么也没有发生。看 `GET /readyz`、磁盘空间与数据库的日志。',
      en: 'Try again after `Retry-After`: nothing has happened. Look at `GET /readyz`, the disk and the database’s log.',
    },
  },
}
