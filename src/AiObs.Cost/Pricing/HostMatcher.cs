using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Finds out who sends the bill for a call: what the options say, then the address, and what a client calls itself only where neither says it.</summary>
/// <param name="options">The options, which do not change any more.</param>
internal sealed class HostMatcher(PricingOptions options)
{
    private const int CacheGeneration = 128;

    private readonly BoundedCache<EndpointKey, Known> _cache = new(CacheGeneration);
    private Known? _latest;

    /// <summary>Finds who sends the bill.</summary>
    public Seller Of(ModelEndpoint endpoint)
    {
        // A client has one endpoint, and its calls come in runs.
        var latest = _latest;
        if (latest is not null && ReferenceEquals(latest.Endpoint, endpoint))
        {
            return latest.Seller;
        }

        var key = new EndpointKey(endpoint.Provider, endpoint.HostProvider, endpoint.Address, endpoint.Port);
        var known = _cache.Find(key);
        if (known is null)
        {
            known = new(endpoint, Find(endpoint));
            _cache.Add(key, known);
        }

        _latest = ReferenceEquals(known.Endpoint, endpoint) ? known : latest;
        return known.Seller;
    }

    private Seller Find(ModelEndpoint endpoint)
    {
        if (Declared(endpoint) is { } declared)
        {
            return declared == Seller.Free ? new(OwnName(endpoint)) { IsFree = true } : new(declared);
        }

        if (endpoint.Address is not { } host)
        {
            return new(endpoint.Provider) { WhyUnlisted = endpoint.Provider is null ? Seller.Unknown : null };
        }

        if (endpoint.HostProvider is { } known)
        {
            return new(known);
        }

        var isLocal = LocalHosts.Contain(host);
        if (isLocal && options.LocalCalls == LocalCallPricing.LikeProvider)
        {
            return new(endpoint.Provider) { WhyUnlisted = endpoint.Provider is null ? Seller.Unknown : null };
        }

        if (!isLocal && !ProviderNames.IsProtocol(endpoint.Provider))
        {
            return new(endpoint.Provider);
        }

        return new(OwnName(endpoint))
        {
            IsFree = isLocal && options.LocalCalls == LocalCallPricing.Free,
            WhyUnlisted = Seller.WhyUnlistedHost(host, isLocal),
            Url = $"https://{host}",
        };
    }

    /// <summary>Returns what the options say: of the host with its port, of the host, of all calls.</summary>
    private string? Declared(ModelEndpoint endpoint)
    {
        var host = endpoint.Address?.Trim('[', ']');
        return host is not null && (options.Hosts.TryGetValue($"{host}:{endpoint.Port}", out var provider) || options.Hosts.TryGetValue(host, out provider))
            ? Normalize(provider)
            : options.Provider is null ? null : Normalize(options.Provider);
    }

    private static string Normalize(string provider) => string.Equals(provider.Trim(), Seller.Free, StringComparison.OrdinalIgnoreCase) ? Seller.Free : provider.Trim();

    /// <summary>Returns what a client calls itself, where that is not only the name of a protocol.</summary>
    private static string? OwnName(ModelEndpoint endpoint) => ProviderNames.IsProtocol(endpoint.Provider) ? null : endpoint.Provider;

    private readonly record struct EndpointKey(string? Provider, string? HostProvider, string? Address, int? Port);

    private sealed record Known(ModelEndpoint Endpoint, Seller Seller);
}
