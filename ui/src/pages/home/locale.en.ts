export const locale = { title: 'Home' };
