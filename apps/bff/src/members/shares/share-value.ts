/** What the vault binds a share's sealed value to. */
export const shareValueRef = (shareId: string) => ({
  table: 'shares',
  row: shareId,
  purpose: 'value',
})
