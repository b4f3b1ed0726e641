namespace AiObs.Dashboard.Tests;

/// <summary>An endpoint of the dashboard.</summary>
/// <param name="Route">Its route below the mount.</param>
/// <param name="Kind">What it answers.</param>
/// <param name="Query">What stands behind its path, so that it shows as much as it can.</param>
internal sealed record DashboardPage(string Route, PageKind Kind, string Query = "")
{
    /// <summary>Gets a value indicating whether there is nothing in it but content, so that it is not there for who may see none.</summary>
    public bool NeedsContent { get; init; }

    /// <summary>Returns its address below the mount, for what was seeded.</summary>
    public string Address(Seed seed) => Address(seed, seed.SpanId);

    /// <summary>Returns its addresses, one for each span where it is about one.</summary>
    public IEnumerable<string> Addresses(Seed seed) =>
        (Route + Query).Contains("{spanId}", StringComparison.Ordinal) ? seed.SpanIds.Select(span => Address(seed, span)) : [Address(seed)];

    public override string ToString() => Route + Query;

    private string Address(Seed seed, string spanId)
    {
        var id = Route.StartsWith("/conversations", StringComparison.Ordinal) ? seed.ConversationId : seed.TraceId;
        return (Route + Query)
            .Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal)
            .Replace("{kept}", Uri.EscapeDataString(seed.KeptId), StringComparison.Ordinal)
            .Replace("{other}", seed.OtherTraceId, StringComparison.Ordinal)
            .Replace("{spanId}", spanId, StringComparison.Ordinal);
    }
}
