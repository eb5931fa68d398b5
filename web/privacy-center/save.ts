/** Hands a file to the browser, to be saved where the person likes. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Chromium reads it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function saveReceipt(receipt: unknown, name: string): void {
  saveFile(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }), name);
}
