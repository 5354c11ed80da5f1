-- Prints one line of JSON at the end: requests, seconds, errors and percentiles in microseconds.
done = function(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      'JSON {"requests": %d, "micros": %d, "errors": %d, "p50": %d, "p95": %d, "p99": %d}\n',
      summary.requests, summary.duration,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
