
"use strict";
(() => {
  const steps = [...document.querySelectorAll(".step")];
  const shapes = [...document.querySelectorAll(".graph [data-port]")];
  const routes = [...document.querySelectorAll(".graph [data-route]")];
  const hops = [...document.querySelectorAll("#hops li")];
  const placeOf = port => port.slice(0, port.lastIndexOf("|"));

  /* The shapes of an interface; where it is not drawn, those of its place. */
  function drawn(port) {
    const exact = shapes.filter(shape => shape.dataset.port === port);
    return exact.length ? exact : shapes.filter(shape => shape.dataset.port === placeOf(port) + "|");
  }

  let current = 0;

  function show(index) {
    current = Math.max(0, Math.min(steps.length - 1, index));
    const step = steps[current];
    steps.forEach(other => { other.hidden = other !== step; });
    shapes.forEach(shape => shape.classList.remove("now", "been"));
    steps.slice(0, current)
      .filter(earlier => earlier.dataset.way === step.dataset.way)
      .forEach(earlier => drawn(earlier.dataset.port).forEach(shape => shape.classList.add("been")));
    const now = drawn(step.dataset.port);
    now.forEach(shape => { shape.classList.remove("been"); shape.classList.add("now"); });
    if (now.length) now[0].scrollIntoView({ block: "nearest", inline: "nearest" });
    routes.forEach(route => route.classList.toggle("used", route.dataset.route === step.dataset.route));
    hops.forEach((hop, i) => { hop.className = i === current ? "current" : ""; });
    document.getElementById("position").textContent = (current + 1) + " of " + steps.length;
    document.getElementById("back").disabled = current === 0;
    document.getElementById("next").disabled = current === steps.length - 1;
    history.replaceState(null, "", "#step-" + (current + 1));
  }

  function open(place) {
    const details = [...document.querySelectorAll("details[data-place]")].find(each => each.dataset.place === place);
    if (details) { details.open = true; details.scrollIntoView({ block: "nearest" }); }
  }

  shapes.forEach(shape => shape.addEventListener("click", () => {
    const index = steps.findIndex(step => step.dataset.port === shape.dataset.port);
    if (index >= 0) show(index); else open(placeOf(shape.dataset.port));
  }));

  if (!steps.length) return;
  document.getElementById("steps").hidden = false;
  document.getElementById("back").addEventListener("click", () => show(current - 1));
  document.getElementById("next").addEventListener("click", () => show(current + 1));
  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: steps.length - 1 }[event.key];
    if (target !== undefined) { event.preventDefault(); show(target); }
  });
  hops.forEach((hop, i) => hop.addEventListener("click", event => { event.preventDefault(); show(i); }));
  const asked = /^#step-([0-9]+)$/.exec(location.hash);
  show(asked ? Number(asked[1]) - 1 : 0);
})();
