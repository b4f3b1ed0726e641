using System.Diagnostics.CodeAnalysis;

namespace AiObs.Cost.Pricing;

/// <summary>What a deployment serves.</summary>
internal sealed record ModelAlias(string Provider, string Model)
{
    /// <summary>Reads <c>provider/model</c>; the model may hold further slashes.</summary>
    public static bool TryParse(string? target, [NotNullWhen(true)] out ModelAlias? alias)
    {
        alias = target?.Split('/', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } provider, { Length: > 0 } model]
            ? new(provider, model)
            : null;
        return alias is not null;
    }
}
