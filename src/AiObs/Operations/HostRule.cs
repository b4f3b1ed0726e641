namespace AiObs.Operations;

/// <summary>Addresses of a provider.</summary>
/// <param name="Provider">The provider, in OpenTelemetry's spelling where there is one, else by its id in the price table.</param>
/// <param name="Suffix">What the host is, or ends with after a dot.</param>
internal sealed record HostRule(string Provider, string Suffix)
{
    /// <summary>Gets what stands before the region, which is all there is between this and <see cref="Suffix"/>; <see langword="null"/> where hosts name no region.</summary>
    public string? BeforeRegion { get; init; }

    /// <summary>Gets what the path begins with; <see langword="null"/> where it makes no difference.</summary>
    public string? Path { get; init; }

    /// <summary>Says whether an address is one of these.</summary>
    /// <param name="host">The host, in lower case.</param>
    /// <param name="path">The path.</param>
    /// <param name="region">The region that the host names.</param>
    public bool Holds(string host, string? path, out string? region)
    {
        region = null;
        if (!host.EndsWith(Suffix, StringComparison.Ordinal) || (Path is not null && path?.StartsWith(Path, StringComparison.Ordinal) is not true))
        {
            return false;
        }

        var before = host.AsSpan(0, host.Length - Suffix.Length);
        if (BeforeRegion is null)
        {
            return before.IsEmpty || before[^1] == '.';
        }

        if (!before.StartsWith(BeforeRegion, StringComparison.Ordinal) || before.Length <= BeforeRegion.Length)
        {
            return false;
        }

        var name = before[BeforeRegion.Length..];
        region = name.Contains('.') ? null : name.ToString();
        return region is not null;
    }
}
