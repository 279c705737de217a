/* A stage's title and colour on the page.
 *
 * Listens on <board-editor> to `stage-paint` {item, title, color}; with a colour it answers in the
 * detail with `text`, the colour of text on it, and `ratio`, its contrast.
 */
document.querySelector("board-editor").addEventListener("stage-paint", ({ detail }) => {
  const { item, title, color } = detail;
  if (title !== undefined) {
    Object.assign(item.querySelector(".name"), { textContent: title, title });
    item.querySelector(".handle").ariaLabel = `Move ${title}`;
    item.querySelector(".actions").ariaLabel = `Actions for ${title}`;
    item.querySelector(".seam").ariaLabel = `Insert after ${title}`;
  }
  if (color !== undefined) {
    for (const rect of item.querySelectorAll("rect")) rect.setAttribute("fill", `#${color}`);
    const light = luminance(color) + 0.05;
    detail.text = light / 0.05 >= 1.05 / light ? "black" : "white";
    detail.ratio = Math.max(light / 0.05, 1.05 / light);
    item.querySelector(".head").className = `head ${detail.text}`;
  }
});

/* https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(digits) {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
