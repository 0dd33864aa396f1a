/* Shortens the way in questions with steps or places; both work without it.
   data-steps    a list whose rows are moved by their buttons or dragged
   data-places   radios that stand for places on the picture */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Steps: the order of the rows is the order in which their hidden fields are sent. */
  const setUpSteps = (list) => {
    const said = document.querySelector("[data-steps-said]");
    const rows = () => all("[data-step]", list);
    const textOf = (row) => row.querySelector(".step-text").textContent.trim();

    const number = () => rows().forEach((row, place, whole) => {
      row.querySelector("[data-place]").textContent = String(place + 1);
      const [up, down] = all("[name=move]", row);
      up.disabled = place === 0;
      down.disabled = place === whole.length - 1;
    });

    const say = (row) => {
      said.textContent = `${textOf(row)}: now ${rows().indexOf(row) + 1} of ${rows().length}`;
    };

    const move = (row, up, button) => {
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (up) other.before(row); else other.after(row);
      number();
      (button.disabled ? all("[name=move]", row).find((one) => !one.disabled) : button).focus();
      say(row);
    };

    list.addEventListener("click", (event) => {
      const button = event.target.closest("[name=move]");
      if (!button) return;
      event.preventDefault();
      move(button.closest("[data-step]"), button.value.endsWith(" up"), button);
    });

    let moving = null;
    rows().forEach((row) => { row.draggable = true; });
    list.addEventListener("dragstart", (event) => {
      moving = event.target.closest("[data-step]");
      moving.classList.add("is-moving");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", textOf(moving));
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-step]");
      if (!moving || !over) return;
      event.preventDefault();
      if (over === moving) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(moving); else over.after(moving);
    });
    list.addEventListener("drop", (event) => event.preventDefault());
    list.addEventListener("dragend", () => {
      if (!moving) return;
      moving.classList.remove("is-moving");
      number();
      say(moving);
      moving = null;
    });
  };

  /* Places: a press on the drawing chooses the radio of the same name, and the other way round. */
  const setUpPlaces = (box) => {
    const picture = document.querySelector(".picture");
    if (!picture) return;
    picture.classList.add("has-places");
    const regions = all("[data-region]", picture);
    const show = () => {
      const chosen = box.querySelector("input:checked");
      regions.forEach((region) => {
        region.classList.toggle("is-chosen", Boolean(chosen) && region.dataset.region === chosen.value);
      });
    };
    picture.addEventListener("click", (event) => {
      const region = event.target.closest("[data-region]");
      const input = region && box.querySelector(`input[value="${CSS.escape(region.dataset.region)}"]`);
      if (!input) return;
      input.checked = true;
      input.focus();
      show();
    });
    box.addEventListener("change", show);
    show();
  };

  all("[data-steps]").forEach(setUpSteps);
  all("[data-places]").forEach(setUpPlaces);
})();
