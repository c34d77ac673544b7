-- wrk's requests: METHOD DEPTH [FIELD VALUE]...
init = function(args)
  wrk.method = args[1]
  for i = 3, #args, 2 do
    wrk.headers[args[i]] = args[i + 1]
  end
  local one, all = wrk.format(), {}
  for i = 1, tonumber(args[2]) do
    all[i] = one
  end
  requests = table.concat(all)
end

request = function()
  return requests
end

-- What Wrk.cs reads.
done = function(summary)
  local errors = summary.errors
  print(string.format("answered %d bytes %d refused %d broken %d", summary.requests, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
