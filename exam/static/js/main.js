// An element names its module: <form data-module="confirm">. Each module exports mount(element).
for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    if (/^[a-z][a-z/-]*$/.test(name)) {
      import(`./${name}.js`).then((module) => module.mount(element));
    }
  }
}
