-- The script of wrk. Each thread sends the requests of a file in turn, from its own starting point.
-- At the end it prints the result as a line of JSON. Arguments: the file (raw requests, separated
-- by \1), and a word that is unique to the run. The word, the thread and a number replace {key}.
local threads, requests, keyed, at, sent = 0, {}, false, 0, 0

function setup(thread)
  threads = threads + 1
  thread:set("thread", threads)
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for one in file:read("*a"):gmatch("[^\1]+") do requests[#requests + 1] = one end
  file:close()
  keyed = requests[1]:find("{key}", 1, true) ~= nil
  word = args[2] .. "-" .. thread .. "-"
  at = (thread - 1) * math.floor(#requests / 2)
end

function request()
  at = at % #requests + 1
  if not keyed then return requests[at] end
  sent = sent + 1
  return (requests[at]:gsub("{key}", word .. sent, 1))
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %.6f, "bytes": %d, "refused": %d, "lost": %d, "p50": %.3f, "p99": %.3f, "max": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
