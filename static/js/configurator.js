// Quantity control: a slider and two step buttons around the number field, which alone has a name and is sent.
// Without this file the number field works by itself; slider and buttons stay hidden.

const parts = (element) => {
  const box = element.closest("[data-quantity]");
  return { number: box.querySelector("input[type=number]"), range: box.querySelector("input[type=range]") };
};

const paint = (range) => {
  const span = range.max - range.min || 1;
  range.style.setProperty("--filled", `${(100 * (range.value - range.min)) / span}%`);
};

const tell = (number, kind) => number.dispatchEvent(new Event(kind, { bubbles: true }));

const prepare = (root) => {
  for (const box of root.querySelectorAll("[data-quantity]")) {
    for (const hidden of box.querySelectorAll("[data-enhanced]")) hidden.hidden = false;
    const { number, range } = parts(box);
    range.value = number.value;
    paint(range);
  }
};

document.addEventListener("input", ({ target }) => {
  if (!target.closest("[data-quantity]")) return;
  const { number, range } = parts(target);
  if (target === range) {
    number.value = range.value;
    tell(number, "input");
  } else if (target === number) {
    range.value = number.value;
    paint(range);
  }
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-quantity] input[type=range]")) tell(parts(target).number, "change");
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-quantity] [data-step]");
  if (!button) return;
  const { number } = parts(button);
  if (button.dataset.step === "up") number.stepUp();
  else number.stepDown();
  tell(number, "input");
  tell(number, "change");
});

document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:load", ({ target }) => prepare(target));
