export const locale = {
  title: 'Notices',
  bell: 'Notices, {{count}} unread',
  unread: 'unread',
  allRead: 'Mark all as read',
  none: 'No notices yet',
  noneHow: 'When somebody mentions you with @ in a discussion, it is told here.',
  talk: {
    write: 'Write something; @ mentions those who may see the record',
    send: 'Send',
    empty: 'Nobody has written yet',
    emptyHow: 'Write the first above. Whom you mention is told.',
    edited: 'edited',
    deleted: 'This comment was deleted',
    deleteAsk: 'Delete this comment?',
    nobody: 'Nobody of that name may see the record',
    older: 'Earlier ones',
  },
};
