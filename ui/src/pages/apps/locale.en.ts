export const locale = {
  title: 'Apps',
  beside: 'Make forms of your own papers: draw, publish, fill in at the desk and on the phone',
  forms: 'Forms',
  count: '{{count}} forms',
  empty: 'No apps yet',
  emptyAdvice:
    'An app is a set of forms used together, such as incoming and final inspection. Add an app first, then its forms.',
  emptyAsk: 'There is no form here that you can use yet; ask an administrator to publish one.',
  noForms: 'No forms in this app yet',
  noFormsAdvice:
    'A form is one kind of paper, such as a product passport. Add one, place its fields, publish it.',
  codeHow: 'Used in addresses and by other programs; cannot be changed later',
  published: 'Published v{{version}}',
  unpublished: 'Not published',
  draft: 'Draft not published',
  updated: 'Changed {{at}}',
  openList: 'Records',
  openDesigner: 'Design',
  newApp: { title: 'New app', how: 'Name the forms that are used together.', example: 'e.g. Quality' },
  newForm: {
    title: 'New form',
    how: 'Name the paper; next you place its fields.',
    example: 'e.g. Product passport',
  },
};
