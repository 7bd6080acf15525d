export const locale = {
  title: '通知',
  bell: '通知，{{count}} 条未读',
  unread: '未读',
  allRead: '全部标为已读',
  none: '还没有通知',
  noneHow: '别人在讨论里用 @ 提到您时，会在这里看到。',
  talk: {
    write: '写点什么，用 @ 提到能看到这条记录的人',
    send: '发送',
    empty: '还没有人讨论',
    emptyHow: '在上面写第一条。提到的人会收到通知。',
    edited: '改过',
    deleted: '这条讨论已删除',
    deleteAsk: '删除这条讨论？',
    nobody: '没有能看到这条记录的人叫这个名字',
    older: '看更早的',
  },
};
