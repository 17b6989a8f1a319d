-- wrk asks for the addresses of a file, in random order. A line: address, ETag, cookie, between tabs;
-- the last two may be empty.
local requests = {}

function init(args)
  math.randomseed(tonumber(args[2]))
  for line in io.lines(args[1]) do
    local target, etag, cookie = line:match("^([^\t]+)\t([^\t]*)\t([^\t]*)$")
    local headers = {}
    if etag ~= "" then headers["If-None-Match"] = etag end
    if cookie ~= "" then headers["Cookie"] = cookie end
    requests[#requests + 1] = wrk.format("GET", target, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
