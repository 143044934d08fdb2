/** Files dropped anywhere on the page. */

/**
 * Watches for files that are dragged over the page and dropped on it.
 * @param hovering hears whether a file is over the page
 * @returns a function that ends it
 */
export function watchDrops(hovering: (over: boolean) => void, dropped: (file: File) => void): () => void {
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  // Every element on the way is entered and left; what counts is how many more were entered.
  let depth = 0;
  const enter = (event: DragEvent) => {
    if (!holdsFile(event)) return;
    depth++;
    hovering(true);
  };
  const leave = (event: DragEvent) => {
    if (!holdsFile(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) hovering(false);
  };
  const over = (event: DragEvent) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    depth = 0;
    hovering(false);
    if (!holdsFile(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) dropped(file);
  };
  document.addEventListener('dragenter', enter);
  document.addEventListener('dragleave', leave);
  document.addEventListener('dragover', over);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragenter', enter);
    document.removeEventListener('dragleave', leave);
    document.removeEventListener('dragover', over);
    document.removeEventListener('drop', drop);
  };
}
