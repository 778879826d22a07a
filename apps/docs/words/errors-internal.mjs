/** Errors that stay in logs, on the command line and on the phone: their meaning in Chinese, and what to do. */
export const INTERNAL = {
  ERR_AUDIT_BROKEN: {
    zh: '存着的审计链不是签过名的那一条，不再往上写',
    todo: {
      zh: '运行 `sealcard audit verify`，查明谁改了数据库；从备份还原。',
      en: 'Run `sealcard audit verify`, find out who changed the database, and restore a backup.',
    },
  },
  ERR_BACKUP: {
    zh: '备份、还原或搬家没有完成',
    todo: {
      zh: '消息写着哪一步、为什么；改正后重新运行同一条命令。还原之前的内容留作还原点。',
      en: 'The message names the step and the cause. Correct it and run the same command again. What was there before a restore stays as a restore point.',
    },
  },
  ERR_BFF_UNREACHABLE: {
    zh: '手机上：服务没有回答',
    todo: {
      zh: '看网络；小程序后台的 request 合法域名里有没有服务的域名；证书是否完整。',
      en: 'Look at the network, at the request domains in the console of the mini-program, and at the certificate chain.',
    },
  },
  ERR_BULKHEAD_FULL: {
    zh: '等候这种工作的位置都满了',
    todo: {
      zh: '稍后再试。经常如此：看“容量”一页。',
      en: 'Try again later. If it comes often, see the page on capacity.',
    },
  },
  ERR_CALLBACK_REJECTED: {
    zh: '平台的回调不真实或不新鲜',
    todo: {
      zh: '日志的 `cause` 说是哪一步；逐条的办法见“智能机器人”一页。',
      en: 'The log’s `cause` names the step; the page on bots has what to do for each.',
    },
  },
  ERR_CLOCK: {
    zh: '机器的时钟与数据库的时间相差超过 60 秒',
    todo: {
      zh: '用 NTP 对时：`timedatectl set-ntp true`。对准之前每个请求都是 503。',
      en: 'Set the clock by NTP: `timedatectl set-ntp true`. Until then each request gets 503.',
    },
  },
  ERR_CONFIG: {
    zh: '配置不能用',
    todo: {
      zh: '每行写出键名与改法；改完再启动。',
      en: 'Each line names a key and what to do. Correct them and start again.',
    },
  },
  ERR_DEADLINE: {
    zh: '超过了时限',
    todo: {
      zh: '看平台或数据库为什么慢：`/metrics` 的耗时与 `sealcard doctor`。',
      en: 'Find out what is slow, the platform or the database: the durations in `/metrics`, and `sealcard doctor`.',
    },
  },
  ERR_ENVELOPE_KEY_UNKNOWN: {
    zh: '封存的内容写着一把不在 keyring 里的钥匙',
    todo: {
      zh: '把那把旧钥放回 `SEALCARD_KEYRING` 末尾，运行 `sealcard keys rewrap` 之后再删。',
      en: 'Put that old key back at the end of `SEALCARD_KEYRING`. Remove it only after `sealcard keys rewrap`.',
    },
  },
  ERR_ENVELOPE_REJECTED: {
    zh: '封存的内容损坏了，或者属于另一行',
    todo: {
      zh: '运行 `sealcard doctor`：多半是 keyring 不对，否则有人改了数据库。',
      en: 'Run `sealcard doctor`: mostly it is another keyring, otherwise somebody changed the database.',
    },
  },
  ERR_LEASE_LOST: {
    zh: '这件工作被另一个进程接走了',
    todo: { zh: '不用做什么：另一个进程会做完。', en: 'Nothing: the other process finishes it.' },
  },
  ERR_LISTEN: {
    zh: '服务不能在它的地址上监听',
    todo: {
      zh: '端口被占用：换 `PORT`，或停掉占用它的程序；低于 1024 的端口需要权限。',
      en: 'The port is taken: choose another `PORT` or stop what has it. Ports below 1024 need a right.',
    },
  },
  ERR_MEDIA_REJECTED: {
    zh: '加密的图片或文件打不开',
    todo: {
      zh: '核对 EncodingAESKey；文件要整个下载。',
      en: 'Check the EncodingAESKey, and that the file is whole.',
    },
  },
  ERR_PLATFORM: {
    zh: '平台回答了一个重试也没有用的错误码',
    todo: {
      zh: '按错误码查“平台的错误码”一页。',
      en: 'Look the errcode up on the page of errcodes.',
    },
  },
  ERR_PLATFORM_LOGIN: {
    zh: '平台不接受这个人的登录码',
    todo: {
      zh: '登录码用过了、过期了，或属于另一个应用：核对 appid 与小程序。',
      en: 'The code was used, is too old, or is another app’s: check the appid and the mini-program.',
    },
  },
  ERR_PLATFORM_MESSAGE: {
    zh: '平台不向这个人发消息',
    todo: {
      zh: '这个人没有订阅，或不在应用的可见范围；请本人再接受一次。',
      en: 'The person did not accept messages, or is outside the app’s visible range. They have to accept again.',
    },
  },
  ERR_PLATFORM_UNREACHABLE: {
    zh: '平台没有回答，或者回答读不懂',
    todo: {
      zh: '`sealcard doctor` 会说是域名、连接还是证书；走代理时看 `HTTPS_PROXY`。',
      en: '`sealcard doctor` says whether it is name, connection or certificate. With a proxy, look at `HTTPS_PROXY`.',
    },
  },
  ERR_QUEUE_TIMEOUT: {
    zh: '排队太久',
    todo: {
      zh: '稍后再试。经常如此：看“容量”一页。',
      en: 'Try again later. If it comes often, see the page on capacity.',
    },
  },
  ERR_SQLITE_CLOSED: {
    zh: 'SQLite 数据库没有打开',
    todo: {
      zh: '先连接，再查询；正在退出的程序不再查询。',
      en: 'Connect before you query; a program that ends asks nothing more.',
    },
  },
  ERR_SQLITE_LEASE: {
    zh: 'SQLite 的写者忙了太久',
    todo: {
      zh: '别的程序正占着这个文件（备份、sqlite3 命令行）：等它结束。',
      en: 'Another program holds the file, such as a backup or a sqlite3 shell: wait until it ends.',
    },
  },
  ERR_SQLITE_PACKAGE: {
    zh: 'SQLite 引擎的包没有装，或在这里加载不了',
    todo: {
      zh: '按消息里的命令安装它，或换另一个引擎。',
      en: 'Install it by the command in the message, or choose the other engine.',
    },
  },
  ERR_SQLITE_WAL: {
    zh: '这个文件系统不支持预写日志',
    todo: {
      zh: '把数据库放在本机磁盘上，不要放在网络盘上。',
      en: 'Keep the database on a local disk, not on a network share.',
    },
  },
  ERR_STORAGE_CONFIG: {
    zh: '数据库这样设置不能用',
    todo: {
      zh: '消息写着怎么改，例如 PostgreSQL 的 `synchronous_commit`。',
      en: 'The message says what to change, such as `synchronous_commit` of PostgreSQL.',
    },
  },
  ERR_TEMPLATE_CARD: {
    zh: '模板卡片不是文档规定的形式',
    todo: {
      zh: '消息写出字段；按企业微信的文档改正。',
      en: 'The message names the field; correct it by WeCom’s document.',
    },
  },
  ERR_USAGE: {
    zh: '命令行写错了',
    todo: {
      zh: '消息写着缺什么；`sealcard help` 列出全部命令。',
      en: 'The message says what is missing; `sealcard help` lists all commands.',
    },
  },
  ERR_WEBHOOK_ADDRESS: {
    zh: 'Webhook 的主机是内网地址，而配置不允许',
    todo: {
      zh: '确实要发往内网时，写 `"allowPrivate": true`。',
      en: 'If it is meant to go to your own network, write `"allowPrivate": true`.',
    },
  },
  ERR_WRITE_LEASE: {
    zh: '数据库的写者忙了太久',
    todo: {
      zh: '看磁盘是否变慢，是否有长事务。',
      en: 'Look for a slow disk or a long transaction.',
    },
  },
  ERR_WRITER_UNAVAILABLE: {
    zh: '前一件工作因数据库而失败，这一件没有开始',
    todo: { zh: '稍后再试；看数据库的日志。', en: 'Try again later; look at the database’s log.' },
  },
  ERR_WX_CALL: {
    zh: '手机上：平台的一个调用失败了',
    todo: {
      zh: '看 `errMsg`：用户取消、没有权限，或客户端太旧。',
      en: 'Read `errMsg`: cancelled, not allowed, or a client that is too old.',
    },
  },
  ERR_WX_FAULT: {
    zh: '手机上：平台的一个调用失败了，以及这对卡片意味着什么',
    todo: {
      zh: '`kind` 说是重试、换客户端，还是从聊天里重新打开。',
      en: '`kind` says whether to retry, to update the client, or to open it anew from the chat.',
    },
  },
}
