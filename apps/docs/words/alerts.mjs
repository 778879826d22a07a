/** Alerts of deploy/observability/rules.yml: what each means, and what to do, in Chinese and English. */
export const ALERTS = {
  SealcardDown: {
    zh: {
      means: 'Prometheus 两分钟读不到这个进程的指标：进程停了，或者到指标地址的网络断了。',
      todo: [
        '访问 `/healthz`：有回答，就查 `metrics` 的地址与抓取的配置。',
        '没有回答，就看进程的日志。启动失败时最后一行写着该改哪个键。',
        '运行 `sealcard doctor`。',
      ],
    },
    en: {
      means:
        'Prometheus cannot read the metrics of this process for two minutes. The process stopped, or the network to its metrics is cut.',
      todo: [
        'Ask `/healthz`. If it answers, look at the address in `metrics` and at what Prometheus scrapes.',
        'If nothing answers, read the log of the process. After a failed start its last line names the key to change.',
        'Run `sealcard doctor`.',
      ],
    },
  },
  SealcardErrors: {
    zh: {
      means: '五分钟里，百分之一以上的请求得到 5xx。探测不算。卡片此时打不开，也不会错开。',
      todo: [
        '在日志里找 `failed` 的行：`code` 是原因，`requestId` 与应答里的相同。',
        '`ERR_STORAGE_UNAVAILABLE`：看数据库与磁盘。`ERR_PLATFORM_UNAVAILABLE`：看平台与出口网络。',
        '`ERR_INTERNAL`：把这一行连同版本报告给我们。',
      ],
    },
    en: {
      means:
        'More than one in a hundred requests got 5xx for five minutes. Probes do not count. Cards stay closed meanwhile.',
      todo: [
        'Find the lines `failed` in the log. `code` is the cause, and `requestId` is the one in the answer.',
        '`ERR_STORAGE_UNAVAILABLE`: look at the database and its disk. `ERR_PLATFORM_UNAVAILABLE`: look at the platform and your way out.',
        '`ERR_INTERNAL`: report this line, with the version.',
      ],
    },
  },
  SealcardOpeningsSlow: {
    zh: {
      means: '五分钟里，百分之一的打开用了一秒以上。',
      todo: [
        '看提交用时：p99 超过 50 毫秒，是数据库的磁盘慢。',
        '看等写的轮次：p99 超过 100 毫秒，是别的写入挡在前面。',
        '看每组打开数：p99 停在 128，是进程满了，加一个进程。见[容量](../capacity.md)。',
      ],
    },
    en: {
      means: 'One in a hundred openings took longer than a second, for five minutes.',
      todo: [
        'Look at the time of a commit. A p99 over 50 ms means a slow disk of the database.',
        'Look at the wait for the turn. A p99 over 100 ms means that other writes are in the way.',
        'Look at the openings in a group. A p99 of 128 means that the process is full: add one. See [capacity](../capacity.md).',
      ],
    },
  },
  SealcardOpeningsLimited: {
    zh: {
      means: '碰到每人打开次数上限的打开，是平常的十倍：有人在试，或者客户端在反复重试。',
      todo: [
        '在管理后台的打开记录里按结果筛选，看是一个人还是许多人。',
        '一个人：可以停用这个人。许多人：先看小程序的新版本。',
        '确实是正常使用，就提高 `limits.openingsPerPersonPerMinute`。',
      ],
    },
    en: {
      means:
        'Openings meet the limit of their person ten times as often as usual. Somebody tries, or a client repeats.',
      todo: [
        'Filter the openings in the console by outcome: is it one person or many?',
        'One: you may block this person. Many: look at the newest version of the mini-program first.',
        'If it is normal use, raise `limits.openingsPerPersonPerMinute`.',
      ],
    },
  },
  SealcardTurnedAway: {
    zh: {
      means: '五分钟来一直有请求因为等候的位置满了而得到 503。`lane` 写着是哪一种请求。',
      todo: [
        '`openings`、`members`：看提交用时与处理器；满了就加进程。',
        '`platform`：平台答得慢，看 SealcardPlatformUnreachable。',
        '`guesses`：有人在猜管理员的密码，看审计里失败的登录。',
      ],
    },
    en: {
      means:
        'Requests got 503 for five minutes because no place to wait was free. `lane` says which kind.',
      todo: [
        '`openings`, `members`: look at commits and the processor. If they are full, add a process.',
        '`platform`: the platform answers slowly. See SealcardPlatformUnreachable.',
        '`guesses`: somebody guesses passwords of administrators. Look at failed logins in the audit.',
      ],
    },
  },
  SealcardAuditStands: {
    zh: {
      means: '打开在继续，审计却没有提交。两者在同一个事务里，所以这不该发生。',
      todo: [
        '停掉这个进程，保留它的数据库与日志。',
        '运行 `sealcard audit verify`。',
        '报告给我们；查明之前不要从备份还原。',
      ],
    },
    en: {
      means:
        'Openings go on and the audit commits nothing. Both are one transaction, so this must not happen.',
      todo: [
        'Stop this process. Keep its database and its log.',
        'Run `sealcard audit verify`.',
        'Report it. Restore no backup before the cause is known.',
      ],
    },
  },
  SealcardPlatformUnreachable: {
    zh: {
      means:
        '对微信或企业微信的调用接连失败，断路器已打开五分钟。新的登录会失败，已登录的人不受影响。',
      todo: [
        '运行 `sealcard doctor`，它逐个应用取令牌并说出原因。',
        '看出口网络、代理与防火墙；看平台的公告。',
        '平台恢复后断路器自己关上，不用重启。',
      ],
    },
    en: {
      means:
        'Calls of WeChat or WeCom failed one after another, and the breaker is open for five minutes. New logins fail. Who is logged in is not concerned.',
      todo: [
        'Run `sealcard doctor`. It asks a token for each app and says what is wrong.',
        'Look at your way out, the proxy and the firewall, and at the news of the platform.',
        'The breaker closes by itself when the platform is back. No restart is needed.',
      ],
    },
  },
  SealcardRetentionLate: {
    zh: {
      means: '清理每十分钟运行一次，却有两小时没有完整做完：到期的内容还在数据库里。',
      todo: [
        '在日志里找 `job failed` 里 `job` 以 `retention` 开头的行，它写着哪一条规则。',
        '看数据库能不能写，磁盘有没有满。',
        '机器的时间不对时任务都停：看 `sealcard doctor` 的 `clock`。',
      ],
    },
    en: {
      means:
        'Retention runs each ten minutes, and did not end well for two hours. What is due is still in the database.',
      todo: [
        'Find lines `job failed` in the log whose `job` begins with `retention`. They name the rule.',
        'Can the database be written? Is its disk full?',
        'By a wrong time of the machine all jobs stop: see `clock` of `sealcard doctor`.',
      ],
    },
  },
  SealcardJobFails: {
    zh: {
      means: '一个后台任务半小时里失败了三次以上。它每次都会再试。',
      todo: [
        '在日志里找 `job failed`，`job` 是它的名字，`err` 是原因。',
        '只有一个任务：按原因处理。几个任务一起：多半是数据库。',
      ],
    },
    en: {
      means:
        'A job in the background failed more than three times in half an hour. It tries again each time.',
      todo: [
        'Find `job failed` in the log. `job` is its name and `err` is the cause.',
        'One job: see to its cause. Several at once: it is most likely the database.',
      ],
    },
  },
  SealcardCheckpointFails: {
    zh: {
      means: 'SQLite 的日志没能拷进数据库。数据没有丢，但日志会变长，提交会变慢。',
      todo: [
        '日志里写着原因。看磁盘的空间与权限。',
        '有没有别的程序长时间开着这个数据库？关掉它。',
      ],
    },
    en: {
      means:
        'The log of SQLite could not be copied into the database. Nothing is lost. The log grows and commits get slow.',
      todo: [
        'The log of the service says why. Look at the room on the disk and at its rights.',
        'Does another program keep this database open for long? Close it.',
      ],
    },
  },
  SealcardWebhookLate: {
    zh: {
      means: '发往这个 webhook 的最早一条消息等了一小时以上。三天之后就不再试。',
      todo: [
        '看 `sealcard_webhook_messages_total` 的 `outcome`：它说为什么失败。',
        '在管理后台对它发一条测试消息。见 [Webhook](../../backend/webhooks.md)。',
      ],
    },
    en: {
      means:
        'The oldest message to this webhook waits for more than an hour. After three days it is given up.',
      todo: [
        'Look at `outcome` of `sealcard_webhook_messages_total`: it says why it fails.',
        'Send it a test message from the console. See [webhooks](../../backend/webhooks.md).',
      ],
    },
  },
  SealcardUntrustedProxy: {
    zh: {
      means: '请求经过一个 `trustedProxies` 里没有的代理：它后面的人合用一个地址的上限。',
      todo: [
        '日志里有一行写着这个代理的地址。',
        '是你的代理，就写进 `trustedProxies` 并重启；不是，就别让外面直接连到服务。',
      ],
    },
    en: {
      means:
        'Requests came through a proxy that `trustedProxies` does not name. All people behind it share the limits of one address.',
      todo: [
        'A line of the log has the address of this proxy.',
        'If it is yours, name it in `trustedProxies` and restart. If not, let nobody outside reach the service directly.',
      ],
    },
  },
  SealcardEventLoopLate: {
    zh: {
      means: '五分钟里，这个进程的事件循环有百分之一的时候晚了 200 毫秒以上：所有请求都跟着慢。',
      todo: [
        '看处理器：满了就加进程，或给机器加核。',
        '看内存：一直在涨就重启，并报告版本与图。',
        '机器上有没有别的程序占着处理器？',
      ],
    },
    en: {
      means:
        'The event loop of this process was more than 200 ms late one time in a hundred, for five minutes. All requests slow down.',
      todo: [
        'Look at the processor. If it is full, add a process, or cores.',
        'Look at the memory. If it grows without end, restart, and report the version with the picture.',
        'Does another program of the machine take the processor?',
      ],
    },
  },
}
