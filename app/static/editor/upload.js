// Sends files and says how far each is, and why one is refused.

const LARGE = 1_000_000; // bytes
const SIDE = 2000; // pixels: the site keeps no larger pictures

export function start(gare) {
  // Gives {name, markup, href} of the files that were taken.
  gare.upload = async (files) => (await Promise.all([...files].map(sendOne))).filter(Boolean);

  async function sendOne(file) {
    const { name } = file;
    const line = document.createElement("li");
    document.getElementById("gc-uploads").append(line);
    gare.pending++;
    try {
      const answer = await send(await shrink(file), (percent) => {
        line.textContent = gare.word("sending", { name, percent });
      });
      line.remove();
      gare.say("sent", { name });
      return answer;
    } catch (error) {
      line.className = "gc-fault";
      line.textContent = `${name}: ${error.message}`;
      gare.say("notSent", { name });
    } finally {
      gare.pending--;
    }
  }

  // Not fetch: it cannot tell how much has been sent.
  function send(file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("file", file);
      request.open("POST", gare.addresses.files);
      for (const name in gare.headers) request.setRequestHeader(name, gare.headers[name]);
      request.upload.onprogress = ({ loaded, total }) => progress(Math.round((100 * loaded) / total));
      request.onloadend = () => {
        const { status, responseText } = request;
        const isJson = /json/.test(request.getResponseHeader("Content-Type"));
        if (isJson && status < 300) resolve(JSON.parse(responseText));
        else reject(status === 200 ? new Error(gare.word("signedOut")) : gare.fault(status, responseText));
      };
      progress(0);
      request.send(body);
    });
  }
}

async function shrink(file) {
  if (file.type !== "image/jpeg" || file.size < LARGE) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width * scale, picture.height * scale];
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((resolve) => canvas.toBlob(resolve, file.type, 0.88));
    return small.size < file.size ? new File([small], file.name, { type: file.type }) : file;
  } catch {
    return file; // an old phone without the memory for it
  }
}
