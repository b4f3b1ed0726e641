namespace AiObs.Cost.Pricing;

/// <summary>A multiplier and the calls that it holds for.</summary>
internal sealed record Multiplier(string? Provider, string ModelPrefix, string Name, decimal Value)
{
    private const char Separator = '/';

    /// <summary>Reads <c>name</c>, <c>provider/name</c> or <c>provider/model/name</c>; the model may hold further slashes.</summary>
    public static Multiplier? Parse(string key, decimal value)
    {
        var last = key.LastIndexOf(Separator);
        var first = key.IndexOf(Separator);
        var name = key[(last + 1)..].Trim();
        var provider = first < 0 ? null : key[..first].Trim();
        var model = first == last ? "" : key[(first + 1)..last].Trim();
        return name.Length == 0 || provider?.Length == 0 || (first != last && model.Length == 0)
            ? null
            : new(provider is null ? null : ProviderIds.Canonical(provider), model, name, value);
    }

    public bool Holds(string? provider, string model) =>
        (Provider is null || string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase))
        && model.StartsWith(ModelPrefix, StringComparison.OrdinalIgnoreCase);
}
