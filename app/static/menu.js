// On every page: Escape closes an open menu, as does a press beside one that lies over the page.
// Without this script a second press on its button does.

const OPEN = "details:is(.more, .fold)[open]";

function close(menu, isByKey) {
  const nav = menu.querySelector("nav") || menu.nextElementSibling;
  const isWithin = nav.contains(document.activeElement);
  menu.open = false;
  if (isByKey && isWithin) menu.querySelector("summary").focus();
}

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") for (const menu of document.querySelectorAll(OPEN)) close(menu, true);
});
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.more[open]")) if (!menu.contains(target)) close(menu, false);
});
