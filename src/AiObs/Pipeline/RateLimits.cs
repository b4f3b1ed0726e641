using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>What providers say is left of their rate limits, as a gauge.</summary>
internal sealed class RateLimits
{
    private const int MostKeys = 1_000;
    private const string Part = "rate_limits";

    /// <summary>How long a figure stands: limits renew by the minute, so an old one says nothing any more.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly (string Header, string Kind)[] Headers =
    [
        ("x-ratelimit-remaining-requests", "requests"),
        ("x-ratelimit-remaining-tokens", "tokens"),
        ("anthropic-ratelimit-requests-remaining", "requests"),
        ("anthropic-ratelimit-tokens-remaining", "tokens"),
        ("anthropic-ratelimit-input-tokens-remaining", "input_tokens"),
        ("anthropic-ratelimit-output-tokens-remaining", "output_tokens"),
    ];

    private readonly ConcurrentDictionary<(string? Provider, string? Model, string Kind), (long Remaining, DateTimeOffset At)> _latest = new();
    private readonly Faults _faults;
    private readonly TimeProvider _clock;

    public RateLimits(Meter meter, Faults faults, TimeProvider clock)
    {
        _faults = faults;
        _clock = clock;
        meter.Gauge(
            "aiobs.ratelimit.remaining",
            () => faults.Get("metrics", this, static limits => limits.Measure()) ?? [],
            "1",
            "What a provider said with its last response is left of a rate limit.");
    }

    /// <summary>Notes what the headers of a response say.</summary>
    /// <param name="model">The call.</param>
    /// <param name="headers">The headers; <see langword="null"/> values for those that are not there.</param>
    public void Note(ModelOperation model, Func<string, string?> headers)
    {
        foreach (var (header, kind) in Headers)
        {
            if (headers(header) is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var remaining))
            {
                var key = (model.Endpoint.Provider, model.RequestModel, kind);
                if (!_latest.ContainsKey(key) && !HasRoom())
                {
                    _faults.Drop(Part);
                    continue;
                }

                _latest[key] = (remaining, _clock.GetUtcNow());
            }
        }
    }

    /// <summary>Tells whether there is room for one more key, once those that say nothing any more are gone: nobody may have measured since.</summary>
    private bool HasRoom()
    {
        if (_latest.Count >= MostKeys)
        {
            DropExpired();
        }

        return _latest.Count < MostKeys;
    }

    private Measurement<long>[] Measure()
    {
        DropExpired();
        return [.. _latest.Select(static pair => new Measurement<long>(pair.Value.Remaining, TagsOf(pair.Key)))];
    }

    private void DropExpired()
    {
        var since = _clock.GetUtcNow() - Lifetime;
        foreach (var (key, latest) in _latest)
        {
            if (latest.At < since)
            {
                _latest.TryRemove(new(key, latest));
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf((string? Provider, string? Model, string Kind) key)
    {
        yield return new(AiObsAttributes.RateLimitKind, key.Kind);
        if (key.Provider is not null)
        {
            yield return new(GenAiAttributes.ProviderName, key.Provider);
        }

        if (key.Model is not null)
        {
            yield return new(GenAiAttributes.RequestModel, key.Model);
        }
    }
}
